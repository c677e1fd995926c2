"""The blueprint that the modules of this package fill."""

from flask import Blueprint

bp = Blueprint("quoted", __name__)
