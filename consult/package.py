"""Where the folders beside the package are: in a checkout, or installed inside it."""

from pathlib import Path

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `migrations` or `translations`."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name
