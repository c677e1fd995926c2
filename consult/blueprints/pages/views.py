"""Health checks; the fixed pages."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from ...access import public
from ...extensions import db

bp = Blueprint("pages", __name__)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process is alive."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> Response:
    """Say that the database answers."""
    db.session.execute(text("select 1"))
    return jsonify(status="ok")
