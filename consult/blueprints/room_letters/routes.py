"""The blueprint that the modules of this package fill."""

from flask import Blueprint

bp = Blueprint("room_letters", __name__)
