"""The blueprint that the modules of this package fill, and the address of a question."""

from typing import Final

from flask import Blueprint

bp = Blueprint("answers", __name__)

# Numbers as the database holds them: a larger one names nothing, and is answered 404.
QUESTION: Final = "/consultations/<slug>/questions/<int(max=32767):theme>-<int(max=32767):number>"
