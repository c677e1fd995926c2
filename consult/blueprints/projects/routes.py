"""The blueprint that the modules of this package fill."""

from flask import Blueprint

bp = Blueprint("projects", __name__)
