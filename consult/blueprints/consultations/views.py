"""The list of consultations and the page of each."""

from flask import Blueprint

bp = Blueprint("consultations", __name__)
