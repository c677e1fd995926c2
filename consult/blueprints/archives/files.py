"""Where the files of whole consultations lie; a file that is not finished has another name."""

from collections.abc import Iterable
from pathlib import Path

FOLDER = "archives"


def path(data_dir: Path, aid_id: str) -> Path:
    """Return where the file of an archive is kept."""
    return data_dir / FOLDER / f"{aid_id}.zip"


def partial(data_dir: Path, aid_id: str) -> Path:
    """Return where the file of an archive is written until it is whole."""
    return data_dir / FOLDER / f"{aid_id}.partial"


def sweep(data_dir: Path, held: Iterable[str]) -> int:
    """Delete the files of archives that are no more; return how many."""
    known = set(held)
    gone = [file for file in sorted((data_dir / FOLDER).glob("*.*")) if file.stem not in known]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
