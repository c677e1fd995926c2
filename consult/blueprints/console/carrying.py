"""Answers of the consultation followed, brought into the one that follows."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import ngettext, sentence
from ...models import Consultation, Question
from ...queries import console
from ...services import copies
from ..consultations import load
from . import lifecycle
from .blueprint import actor, bp, managed, part


@bp.get("/consultations/<slug>/carry")
@requires("consultation.manage")
def carrying(slug: str) -> ResponseReturnValue:
    """Choose a question of the consultation followed, and where its answers go."""
    return _page(managed(slug))


@bp.post("/consultations/<slug>/carry")
@requires("consultation.manage")
def carry(slug: str) -> ResponseReturnValue:
    """Bring the answers over, each with a link to its origin."""
    consultation = managed(slug)
    target = part(Question, consultation, request.form.get("target", ""))
    followed = load.visible_by_id_or_404(consultation.follows_id or "none")
    source = part(Question, followed, request.form.get("source", ""))
    try:
        count = copies.carry_over(
            db.session(), target, source=source, actor=actor(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(consultation, sentence(broken)), broken.status
    db.session.commit()
    flash(ngettext("%(num)s answer brought over.", "%(num)s answers brought over.", count))
    return htmx.see_other("console.carrying", slug=slug)


def _page(consultation: Consultation, refusal: str = "") -> str:
    followed = None
    if consultation.follows_id:
        followed = load.visible_by_id_or_404(consultation.follows_id)
    return render_template(
        "console/carry.html",
        consultation=consultation,
        followed=followed,
        sources=_questions(followed),
        targets=_questions(consultation),
        refusal=refusal,
    )


def _questions(consultation: Consultation | None) -> list[tuple[str, str]]:
    if consultation is None:
        return []
    rows = db.session.execute(console.structure(consultation.id)).all()
    return [
        (row.id, f"{theme.label}.{row.number} {row.wording}"[:120])
        for theme, asked in lifecycle.chapters(rows)
        for row in asked
        if consultation.owner_id is not None or not theme.hidden
    ]
