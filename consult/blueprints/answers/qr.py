"""Pictures of links, to be read by a telephone's camera."""

from urllib.parse import quote

import segno
from flask import current_app


def picture(path: str) -> str:
    """Return the picture of a path of this site, as the address of an image."""
    code = segno.make(current_app.config["BASE_URL"] + path, error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))


def of_number(number: str) -> str:
    """Return the picture of the page where a contribution is followed."""
    return picture(f"/follow-up?number={quote(number)}")
