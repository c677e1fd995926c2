"""Files that something holds: known by their bytes, counted, kept under a random name."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import clean, erasures, files
from ..domain.errors import RuleBroken
from ..models import StoredFile, new_id

TITLE_LIMIT = 200
UNNAMED = "document"
_APART = re.compile(r"[\W_]+")
File = TypeVar("File", bound=StoredFile)


@dataclass(frozen=True)
class Upload:
    """A file as it arrives: its name, which proves nothing, its bytes, and a title."""

    name: str
    content: bytes
    title: str = ""

    def read(self) -> dict[str, Any]:
        """Return the columns of a file, or raise what `domain.files.sniff` raises."""
        kind = files.sniff(self.content, self.name)
        name = files.clean_name(self.name, kind)
        return {
            "title": clean.line(self.title, TITLE_LIMIT) or name.rsplit(".", 1)[0],
            "file_name": name,
            "media_type": files.TYPES[kind],
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


@dataclass(frozen=True)
class Shelf(Generic[File]):
    """Where the files of one kind are: their table, the folder of their bytes, how many at most."""

    table: type[File]
    folder: str
    most: int

    def join(
        self,
        session: Session,
        columns: Mapping[str, Any],
        holder: Mapping[str, str],
        *,
        now: datetime,
        **more: str,
    ) -> File:
        """Keep what a file is for its holder, which the caller claimed; documents-too-many.

        The caller writes its bytes with `keep` before it commits: bytes without a row are swept.
        """
        held = select(func.count()).select_from(self.table).filter_by(**holder)
        if (session.scalar(held) or 0) >= self.most:
            raise RuleBroken("documents-too-many", max=self.most)
        made = self.table(id=new_id(), created_at=now, **columns, **holder, **more)
        session.add(made)
        session.flush()
        return made

    def drop(self, session: Session, joined: File) -> None:
        """Take a file away, once; the caller removes its bytes once that is committed."""
        gone: Any = session.execute(delete(self.table).where(self.table.id == joined.id))
        if gone.rowcount != 1:
            raise RuleBroken("taken-away", 404)

    def unname(self, session: Session, words: Sequence[str]) -> None:
        """Take the names of a person, `words`, off what files are called."""
        table, plain = self.table, [_APART.sub(" ", word).strip() for word in words]
        rows = session.execute(select(table.id, table.title, table.file_name).order_by(table.id))
        for key, title, name in rows.all():
            if erasures.names(_APART.sub(" ", f"{title} {name}"), plain):
                bare = f"{UNNAMED}.{name.rsplit('.', 1)[-1]}"
                session.execute(
                    update(table).where(table.id == key).values(title=bare, file_name=bare)
                )

    def path(self, data_dir: Path, file_id: str) -> Path:
        """Return where the bytes of a file lie."""
        return data_dir / self.folder / file_id

    def keep(self, data_dir: Path, file_id: str, content: bytes) -> None:
        """Write the bytes of a file."""
        target = self.path(data_dir, file_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def forget(self, data_dir: Path, ids: Iterable[str]) -> None:
        """Delete the bytes of files that are no more."""
        for file_id in ids:
            self.path(data_dir, file_id).unlink(missing_ok=True)

    def sweep(self, session: Session, data_dir: Path, *, before: datetime) -> int:
        """Delete the bytes that no row knows any more, written before an instant; how many."""
        known = set(session.scalars(select(self.table.id).order_by(self.table.id)))
        left = [
            file.name
            for file in sorted((data_dir / self.folder).glob("*"))
            if file.name not in known and file.stat().st_mtime < before.timestamp()
        ]
        self.forget(data_dir, left)
        return len(left)
