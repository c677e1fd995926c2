"""The list of what was erased, as lines of text beside the database: a restore leaves it alone."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from .domain import erasures as rules
from .services import erasures

NAME = "erasures.txt"


def keep(session: Session, folder: Path) -> None:
    """Add what the file of the data folder lacks; what it holds is never rewritten."""
    file = folder / NAME
    known = {one.mark for one in read(file)}
    new = [one for one in erasures.listed(session) if one.mark not in known]
    if new:
        with file.open("a") as out:
            out.writelines(f"{one}\n" for one in new)


def read(*files: Path) -> Iterator[rules.Listed]:
    """Read lists of what was erased, those that exist; raises ValueError at a line that is none."""
    for file in files:
        if file.exists():
            yield from rules.lines(file.read_text().splitlines())
