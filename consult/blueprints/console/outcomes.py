"""What became of what people said: many outcomes on one page, sent with one press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import outcomes as rules
from ...domain.syntheses import composed
from ...extensions import db
from ...i18n import gettext, ngettext
from ...models import Consultation, SynthesisVersion
from ...queries import console, paging, published_syntheses
from ...queries import outcomes as queries
from ...services import consultations, drafts, outcomes, taken_back
from . import lines
from .blueprint import bp, managed
from .fields import Stored
from .lines import Line

PARTS, PROPOSALS, QUESTIONS = "parts", "proposals", "questions"
SHOWN = (PARTS, PROPOSALS, QUESTIONS)
SHARED = "all"  # the end of the names of the fields that the ticked lines share
RIGHT = "outcome.write"
DIGITS = 4


@dataclass
class Page:
    """Some lines, what is stored of each, where the next ones are."""

    lines: Sequence[Line]
    stored: Mapping[str, Mapping[str, Any]]
    after: str | None


@bp.route("/consultations/<slug>/outcomes", methods=["GET", "POST"])
@requires(RIGHT)
def outcomes_of(slug: str) -> ResponseReturnValue:
    """Say what became of parts of the synthesis, proposals or questions: a page of them at once."""
    consultation = managed(slug, RIGHT)
    version = db.session.scalars(published_syntheses.of_consultation(consultation.id)).one_or_none()
    shown = request.args.get("show") or (PARTS if version else PROPOSALS)
    if shown not in SHOWN:
        abort(404)
    page = _page(shown, consultation, version)
    lines.show(page.lines, page.stored)
    if request.method == "GET":
        return _rendered(consultation, shown, page)
    lines.take(page.lines, tuple(outcomes.NONE), _shared())
    number, status = lines.save(page.lines, _give, _stored)
    if status:
        return _rendered(consultation, shown, page, refused=True), status
    if number:
        told = ngettext("%(num)s outcome is published.", "%(num)s outcomes are published.", number)
        flash(told, "success")
    else:
        flash(gettext("Nothing was changed."), "info")
    here: dict[str, Any] = {"show": shown, "cursor": request.args.get("cursor")}
    return htmx.see_other("console.outcomes_of", slug=slug, **here)


def words(values: Mapping[str, Any]) -> rules.Words:
    """Return what was typed; an address of this site is the path of its page."""
    said = {name: values.get(name) or "" for name in outcomes.NONE}
    said["link"] = rules.here(said["link"], current_app.config["BASE_URL"])
    return rules.Words(**said)


def _give(line: Line) -> None:
    outcomes.give(
        db.session(),
        line.subject,
        words=words(line.said),
        version=line.version,
        account=account(),
        now=clock.now(),
    )


def _stored(line: Line) -> Stored:
    stored = outcomes.values_of(outcomes.find(db.session(), line.subject))
    return stored, consultations.stamp(stored)


def _shared() -> dict[str, str]:
    return {name: request.form.get(f"{name}-{SHARED}", "") for name in outcomes.NONE}


def _page(shown: str, consultation: Consultation, version: SynthesisVersion | None) -> Page:
    if shown == PARTS:
        return _parts(consultation, version)
    return _proposals(consultation) if shown == PROPOSALS else _questions(consultation)


def _parts(consultation: Consultation, version: SynthesisVersion | None) -> Page:
    """Return parts of the version in force that say something to keep or not."""
    if version is None:
        return Page([], {}, None)
    whole = taken_back.readable(db.session(), composed.read(version.content))
    parts = [one for one in whole.parts if one.kind not in rules.UNANSWERED]
    held, after = _cut(parts)
    given = {
        one.part_id: one
        for one in db.session.scalars(
            queries.of_parts(version.synthesis_id, [part.id for part in held])
        )
    }
    rows = [
        Line(
            part.id,
            outcomes.Part(consultation.id, version.synthesis_id, part.id),
            f"{part.number} {part.title or part.body}",
            f"/syntheses/{whole.slug}#b-{part.id}",
            label=part.label,
        )
        for part in held
    ]
    return Page(rows, {row.key: outcomes.values_of(given.get(row.key)) for row in rows}, after)


def _proposals(consultation: Consultation) -> Page:
    query = paging.after(
        console.proposals(consultation.id),
        console.OLDEST,
        descending=False,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    found = [
        Line(
            row.id,
            row.Statement,
            row.title or row.body,
            f"/console/statements/{row.id}/outcome",
            note=ngettext("%(num)s person agrees", "%(num)s people agree", row.agree),
        )
        for row in rows
    ]
    return Page(found, {row.id: outcomes.values_of(row.Outcome) for row in rows}, after)


def _questions(consultation: Consultation) -> Page:
    rows, after = _cut(db.session.execute(console.outcomes(consultation.id)).all())
    here = f"/console/consultations/{consultation.slug}/outcomes"
    found = [
        Line(
            row.id,
            row.Question,
            f"{row.label}.{row.number} {row.wording}",
            f"{here}/{row.id}",
            note=ngettext("%(num)s answer", "%(num)s answers", row.answers),
        )
        for row in rows
    ]
    return Page(found, {row.id: outcomes.values_of(row.Outcome) for row in rows}, after)


def _cut(found: Sequence[Any]) -> tuple[Sequence[Any], str | None]:
    """Return the lines of a page, and where the next one begins."""
    asked = request.args.get("cursor") or "0"
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= DIGITS):
        abort(404)
    starts = int(asked)
    ends = starts + paging.SIZE
    return found[starts:ends], str(ends) if ends < len(found) else None


def _rendered(consultation: Consultation, shown: str, page: Page, *, refused: bool = False) -> str:
    names: dict[str, Any] = {"slug": consultation.slug, "show": shown}
    return render_template(
        "console/outcomes.html",
        consultation=consultation,
        shown=shown,
        tabs=SHOWN,
        lines=page.lines,
        shared={name: drafts.plain(text[: lines.LONGEST]) for name, text in _shared().items()},
        verdicts=rules.LABELS,
        refused=refused,
        next_url=url_for("console.outcomes_of", **names, cursor=page.after) if page.after else None,
        address=url_for("console.outcomes_of", **names, cursor=request.args.get("cursor")),
    )
