"""Where the pages of open calls hang."""

from flask import Blueprint

bp = Blueprint("open_calls", __name__)
