"""The home page, the language, health checks."""

from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from ... import cache, clock, i18n, security
from ...access import public
from ...domain import open_calls as calls
from ...domain import outcomes, phases
from ...extensions import csrf, db
from ...queries import consultations, open_calls, outlines
from ..consultations import cards, load
from .bp import bp

OPEN = 20
LATEST = 3


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what is open, one question to answer, and what the answers changed."""
    now, reader = clock.now(), load.reader()
    is_open = consultations.matching(reader, now, consultations.Filters(phase=phases.OPEN))
    latest = consultations.cards(is_open, now)
    latest = latest.order_by(*(column.desc() for column in consultations.LATEST)).limit(OPEN)
    return cache.page(
        "pages/home.html",
        cards=cards.cards(db.session.execute(latest).all(), now),
        question=db.session.execute(outlines.to_answer(is_open)).first(),
        outcomes=db.session.execute(
            outlines.outcomes(consultations.matching(reader, now, consultations.Filters()), LATEST)
        ).all(),
        calls=[
            (row, calls.OPEN) for row in db.session.execute(open_calls.open_now(now, LATEST)).all()
        ],
        labels=calls.LABELS,
        verdicts=outcomes.LABELS,
        phases=phases,
    )


@bp.post("/language")
@csrf.exempt
@public
def language() -> ResponseReturnValue:
    """Keep the language chosen, and return to the page it was chosen on.

    Its form is on every page and holds no token: it only changes what this browser is shown, and
    the origin is checked (docs/decisions/0008).
    """
    response = redirect(security.safe_path(request.form.get("next")), 303)
    if (chosen := request.form.get("locale", "")) in i18n.LOCALES:
        security.keep(response, "LANGUAGE_COOKIE_NAME", chosen)
    return response


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
