"""The blueprint that the modules of this package fill, and the words of its addresses."""

from typing import Final

from flask import Blueprint

bp = Blueprint("replies", __name__)

PLACES: Final = {"answers": "answer", "proposals": "proposal"}
KINDS: Final = {
    "arguments": "argument",
    "sources": "source",
    "amendments": "amendment",
    "comments": "comment",
}
UNDER: Final = f"/<any({', '.join(PLACES)}):place>/<statement_id>/<any({', '.join(KINDS)}):what>"
