"""The published heads of the journal, as lines of text: what a copy outside the database holds."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from .queries import journal
from .services.audit import Head

NAME = "journal-heads.txt"


def lines(session: Session) -> list[str]:
    """Write each published head on a line: day, number of entries, hash; the oldest first."""
    rows = session.execute(journal.heads()).all()
    return [f"{row.day.isoformat()} {row.position} {row.hash}" for row in reversed(rows)]


def keep(session: Session, folder: Path) -> None:
    """Add the heads that the file of the data folder lacks; what it holds is never rewritten."""
    file = folder / NAME
    held = set(file.read_text().splitlines()) if file.exists() else set()
    with file.open("a") as out:
        out.writelines(f"{line}\n" for line in lines(session) if line not in held)


def read(file: Path) -> Iterator[Head]:
    """Read a file of heads; raises ValueError at a line that is not one."""
    for line in file.read_text().splitlines():
        _day, position, digest = line.split()
        yield Head(int(position), digest)
