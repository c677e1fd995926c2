"""The page of a synthesis: how it was made first, then its chapters, each with its proofs."""

from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app, request
from flask.typing import ResponseReturnValue

from ... import cache, clock, htmx, synthesis_files
from ...access import requires
from ...domain import follow_ups
from ...domain.errors import RuleBroken
from ...domain.syntheses import composed
from ...domain.syntheses.composed import Composed, Followed, Part
from ...extensions import db, limiter
from ...i18n import day, gettext, locale, sentence
from ...models import Consultation, Synthesis
from ...queries import follow_ups as follow_up_queries
from ...queries import syntheses as queries
from ...queries import synthesis_sources as sources
from ...services import composing, contributions, drafts, given_outcomes
from ...speech import Speech
from ..answers import followed
from ..consultations.load import reader
from . import load, wording
from .routes import bp


class Edition(NamedTuple):
    """A next edition: its consultation, and what it says of the parts of this synthesis."""

    title: str
    path: str
    rows: list[Followed]


@bp.get("/syntheses/<slug>")
@requires("synthesis.read")
def show(slug: str) -> ResponseReturnValue:
    """Show a version of a synthesis, the one in force by default."""
    found, consultation = load.visible_or_404(slug)
    return cache.page("syntheses/show.html", **_context(found, consultation))


@bp.post("/syntheses/<slug>/find")
@requires("synthesis.read")
@limiter.limit("20 per minute")
def find(slug: str) -> ResponseReturnValue:
    """Say what became of the texts of a tracking number; nothing is kept of it."""
    found, consultation = load.visible_or_404(slug)
    context = _context(found, consultation)
    typed, status = request.form.get("number", ""), 200
    try:
        contribution = contributions.by_number(db.session(), typed)
        if not _draws_on(found, contribution.consultation_id):
            raise RuleBroken("tracking-number-elsewhere", 404)
        context["texts"] = _texts(contribution.id, context["whole"])
    except RuleBroken as broken:
        context["error"], status = sentence(broken), broken.status
    context["typed"] = drafts.plain(typed[:40])
    text = htmx.render("syntheses/show.html", "syntheses/_find.html", **context)
    response = followed.quiet(text)
    response.status_code = status
    return response


def _context(found: Synthesis, consultation: Consultation) -> dict[str, Any]:
    versions = db.session.execute(queries.versions(found.id)).all()
    version, whole = load.version_or_404(found.slug, request.args.get("version", ""))
    say = Speech(locale(), consultation.time_zone)
    given = given_outcomes.today(db.session(), found, whole, say)
    return {
        "consultation": consultation,
        "whole": wording.in_words_of(whole, say),
        "period": composing.period(consultation, say),
        "number": version.number,
        "digest": version.digest,
        "reason": version.reason,
        "published_at": version.published_at,
        "versions": versions,
        "in_force": version.number == versions[0].number,
        "files": _files(version.number, whole),
        "given": given,
        "by_part": {one.part: one for one in given if one.part},
        "next_editions": _next_editions(found, whole),
        "texts": None,
        "error": "",
        "typed": "",
    }


def _next_editions(found: Synthesis, whole: Composed) -> list[Edition]:
    """Return what the next editions say of the parts of a version, each with its page."""
    parts = {part.id: part for part in whole.parts}
    editions: dict[str, Edition] = {}
    rows = db.session.execute(follow_up_queries.of_synthesis(found.id, reader(), clock.now()))
    for row in rows:
        part = parts.get(row.FollowUp.part_id)
        if part is not None:
            path = f"/consultations/{row.slug}"
            edition = editions.setdefault(row.slug, Edition(row.title, path, []))
            edition.rows.append(_followed(row, part))
    return list(editions.values())


def _followed(row: Any, part: Part) -> Followed:
    said = row.FollowUp
    return Followed(
        part.kind,
        part.title or part.body,
        f"#b-{part.id}",
        said.state,
        gettext(follow_ups.LABELS[said.state]),
        said.body,
        said.link,
        day(said.updated_at, row.time_zone),
    )


def _files(number: int, whole: Composed) -> list[synthesis_files.Offered]:
    version = synthesis_files.version(number, whole)
    return synthesis_files.offered(Path(current_app.config["DATA_DIR"]), whole.slug, version)


def _texts(contribution_id: str, whole: Composed) -> list[dict[str, Any]]:
    """Return the texts of a contribution, each with the parts that quote it.

    For one that is grouped, `leaders` are the parts that quote the text that says the same.
    """
    parts = composed.quoting(whole)
    rows = db.session.execute(queries.texts_of(contribution_id)).all()
    return [
        {"row": row, "parts": parts.get(row.id, ()), "leaders": parts.get(row.leader_id or "", ())}
        for row in rows
    ]


def _draws_on(found: Synthesis, consultation_id: str) -> bool:
    if found.consultation_id == consultation_id:
        return True
    source = sources.of_consultation(found.id, consultation_id)
    return db.session.scalar(source) is not None
