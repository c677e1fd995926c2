"""Where the pages of splits hang."""

from flask import Blueprint

bp = Blueprint("splits", __name__)
