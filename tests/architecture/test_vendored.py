"""What others wrote is here byte for byte: versions and SHA-384 of what we vendor."""

import base64
import hashlib
import re

from tests.architecture import project

FOLDER = project.ROOT / "consult/static/vendor"
# htmx 4.0.1 (0BSD), as its authors publish it.
DIGESTS = {
    "htmx.min.js": "Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn",
}


def digest(path) -> str:
    return base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def test_vendored_files_are_the_published_ones():
    assert {path.name: digest(path) for path in FOLDER.iterdir()} == DIGESTS


def test_integrity_attributes_match():
    for path in project.files("*.html", "consult/templates"):
        for found in re.findall(r"sha384-([A-Za-z0-9+/=]+)", path.read_text()):
            assert found in DIGESTS.values(), project.name(path)
