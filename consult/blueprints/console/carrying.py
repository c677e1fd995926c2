"""Texts of the consultation followed, brought into the one that follows."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, ngettext, sentence
from ...models import Consultation, Question, Theme
from ...queries import console
from ...services import copies
from ..consultations import load
from . import lifecycle
from .blueprint import actor, bp, managed, part
from .choices import Pairs

LABEL = 120


@bp.get("/consultations/<slug>/carry")
@requires("consultation.manage")
def carrying(slug: str) -> ResponseReturnValue:
    """Choose what comes over of the consultation followed, and where it goes."""
    return _page(managed(slug))


@bp.post("/consultations/<slug>/carry")
@requires("consultation.manage")
def carry(slug: str) -> ResponseReturnValue:
    """Bring answers or proposals over, each with a link to its origin."""
    consultation = managed(slug)
    source, target = _places(consultation)
    try:
        count = copies.carry_over(
            db.session(), target, source=source, actor=actor(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(consultation, sentence(broken)), broken.status
    db.session.commit()
    flash(_said(target, count), "success" if count else "info")
    return htmx.see_other("console.carrying", slug=slug)


def _places(consultation: Consultation) -> tuple[copies.Place, copies.Place]:
    """Return where the texts come from and where they go, both among those offered."""
    sent = request.form
    followed = load.visible_by_id_or_404(consultation.follows_id or "none")
    source: copies.Place
    target: copies.Place
    if "target_theme" in sent:
        target = part(Theme, consultation, sent["target_theme"])
        source = part(Theme, followed, sent.get("source_theme", ""))
        offered = themes(followed)
    else:
        target = part(Question, consultation, sent.get("target", ""))
        source = part(Question, followed, sent.get("source", ""))
        offered = questions(followed)
    if source.id not in dict(offered):
        abort(404)
    return source, target


def _said(target: copies.Place, count: int) -> str:
    if not count:
        return gettext("Nothing new to bring over from there.")
    if isinstance(target, Theme):
        return ngettext("%(num)s proposal brought over.", "%(num)s proposals brought over.", count)
    return ngettext("%(num)s answer brought over.", "%(num)s answers brought over.", count)


def _page(consultation: Consultation, refusal: str = "") -> str:
    followed = None
    if consultation.follows_id:
        followed = load.visible_by_id_or_404(consultation.follows_id)
    return render_template(
        "console/carry.html",
        consultation=consultation,
        followed=followed,
        sources=questions(followed) if followed else [],
        targets=questions(consultation),
        source_themes=themes(followed) if followed else [],
        target_themes=[(theme.theme_id, _name(theme)) for theme, _asked in _shown(consultation)],
        refusal=refusal,
    )


def questions(consultation: Consultation) -> Pairs:
    """Return the questions whose answers may be brought over."""
    return [
        (row.id, f"{theme.label}.{row.number} {row.wording}"[:LABEL])
        for theme, asked in _shown(consultation)
        for row in asked
    ]


def themes(consultation: Consultation) -> Pairs:
    """Return the themes that hold proposals, with how many."""
    return [
        (theme.theme_id, f"{_name(theme)} ({theme.articles})")
        for theme, _asked in _shown(consultation)
        if theme.articles
    ]


def _shown(consultation: Consultation) -> Sequence[tuple[Any, list[Any]]]:
    """Return the themes with their questions; hidden ones are for their organiser alone."""
    rows = db.session.execute(console.structure(consultation.id)).all()
    whole = viewer().may("consultation.manage", consultation)
    return [pair for pair in lifecycle.chapters(rows) if whole or not pair[0].hidden]


def _name(theme: Any) -> str:
    return f"{theme.label}. {theme.title}"[:LABEL]
