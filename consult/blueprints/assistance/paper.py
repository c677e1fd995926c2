"""The consultation as a form to print: large letters, lines to write on, a code to scan."""

from flask.typing import ResponseReturnValue

from ... import cache
from ...access import requires
from ...extensions import db
from ...queries import answers as queries
from ...services import answers
from ..answers import load, qr
from ..consultations.load import visible_or_404
from .routes import bp


@bp.get("/consultations/<slug>/paper")
@requires("consultation.read")
def paper(slug: str) -> ResponseReturnValue:
    """Show the paper form of a consultation."""
    consultation = visible_or_404(slug)
    rows = db.session.execute(queries.questions_in_full(consultation.id)).all()
    asked = [
        {
            "question": row.Question,
            "options": answers.options_of(row.Question),
            "theme": row.Theme,
            "picture": qr.picture(
                load.address(consultation.slug, row.Theme.number, row.Question.number)
            ),
        }
        for row in rows
    ]
    return cache.page("assistance/paper.html", consultation=consultation, asked=asked)
