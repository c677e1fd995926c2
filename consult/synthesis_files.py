"""The files of published syntheses, made once and kept: a version always gives the same bytes."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from . import synthesis_documents
from .domain.syntheses.composed import Composed, canonical, digest, encoded, read
from .models import SynthesisVersion
from .services import pictures, taken_back
from .synthesis_documents import JSON, NAMES, Form

FOLDER = "syntheses"


class Version(NamedTuple):
    """A version as it may be read today: its number, its canonical content and its digest.

    The digest is that of the published version until something in it is taken back.
    """

    number: int
    content: str
    digest: str


def version(number: int, whole: Composed) -> Version:
    """Return a composition as a version that files are made from; 0 for a draft."""
    text = canonical(whole)
    return Version(number, text, digest(text))


@dataclass(frozen=True)
class Offered:
    """A file as a page announces it: its address, what it is, how many bytes where it is known."""

    path: str
    label: str
    size: int | None


def readable(session: Session, kept: SynthesisVersion) -> Version:
    """Return a version without what was taken back since."""
    return version(kept.number, taken_back.readable(session, read(kept.content)))


def made(version: Version, kind: str, *, data_dir: Path, base_url: str) -> bytes:
    """Return a version as the bytes of a file; document-kind-lacking (409) where it cannot be.

    Its pictures are read in the data folder.
    """
    if kind == JSON:
        return encoded(version.content)
    whole = read(version.content)
    return synthesis_documents.written(
        whole,
        kind,
        base_url=base_url,
        mark=version.digest,
        pictures=pictures.bytes_of(data_dir, whole),
    )


def path(data_dir: Path, mark: str, form: Form) -> Path:
    """Return where the file of a version is kept, known by the digest of its content."""
    return data_dir / FOLDER / f"{mark}.{form.extension}"


def content(data_dir: Path, version: Version, form: Form, *, base_url: str) -> bytes:
    """Return the bytes of a file: those that were kept or, before that, made now."""
    kept = path(data_dir, version.digest, form)
    return (
        kept.read_bytes()
        if kept.is_file()
        else made(version, form.kind, data_dir=data_dir, base_url=base_url)
    )


def lacking(data_dir: Path, mark: str) -> list[Form]:
    """Return the forms of a version that are not kept yet."""
    return [
        form for form in synthesis_documents.ready() if not path(data_dir, mark, form).is_file()
    ]


def keep(data_dir: Path, version: Version, *, base_url: str) -> int:
    """Make and keep the files that a version lacks; return how many."""
    forms = lacking(data_dir, version.digest)
    (data_dir / FOLDER).mkdir(parents=True, exist_ok=True)
    for form in forms:
        target = path(data_dir, version.digest, form)
        partial = target.with_name(f".partial-{target.name}.{os.getpid()}")
        partial.write_bytes(made(version, form.kind, data_dir=data_dir, base_url=base_url))
        partial.replace(target)
    return len(forms)


def sweep(data_dir: Path, known: Iterable[str]) -> int:
    """Delete the files of versions that are no more; return how many."""
    held = set(known)
    gone = [
        file for file in sorted((data_dir / FOLDER).glob("*.*")) if _mark(file.name) not in held
    ]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _mark(name: str) -> str:
    """Return the digest in the name of a file; one that was never finished has none."""
    return name.split(".")[0]


def offered(data_dir: Path, slug: str, version: Version) -> list[Offered]:
    """Return the files of a version for its page: `ui/downloads.html` writes them."""
    sizes = _sizes(data_dir, version.digest)
    return [
        Offered(
            f"/syntheses/{slug}.{form.extension}?version={version.number}",
            NAMES[form.kind],
            sizes.get(form.kind),
        )
        for form in synthesis_documents.ready()
    ]


def _sizes(data_dir: Path, mark: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for form in synthesis_documents.ready():
        file = path(data_dir, mark, form)
        if file.is_file():
            found[form.kind] = file.stat().st_size
    return found
