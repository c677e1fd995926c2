"""What may be left out when the platform is installed, and is asked for before it is used."""

from importlib.util import find_spec

NUMBERS = ("numpy",)
LEARNING = ("numpy", "scipy", "sklearn")


def has(*packages: str) -> bool:
    """Tell whether all these packages are installed; nothing is imported for it."""
    return all(find_spec(package) is not None for package in packages)
