"""The static files beside their compressed forms, in the data folder."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from whitenoise.compress import Compressor


def compressed(source: Path, folder: Path) -> Path:
    """Return a copy of `source` with its compressed forms, made once for these contents."""
    target = folder / "static" / _digest(source)
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        made = Path(work) / target.name
        shutil.copytree(source, made)
        compressor = Compressor(quiet=True)
        for file in _files(made):
            if compressor.should_compress(file.name):
                compressor.compress(str(file))
        _publish(made, target)
    return target


def _publish(made: Path, target: Path) -> None:
    """Put the folder in its place; another process may have done so meanwhile."""
    try:
        os.rename(made, target)
    except OSError:
        if not target.is_dir():
            raise


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(folder: Path) -> str:
    mark = hashlib.sha256()
    for file in _files(folder):
        mark.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode())
        mark.update(file.read_bytes())
    return mark.hexdigest()[:16]
