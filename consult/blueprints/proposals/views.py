"""The page of a proposal, its history, and the permanent links of what hangs on it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import cache
from ...access import public, viewer
from ...domain import differences, outcomes, signatures
from ...extensions import db
from ...i18n import day, gettext
from ...queries import paging, proposals
from ..consultations import became
from ..consultations.used_texts import Used
from ..replies import lists
from ..rooms import raised
from ..second_readings import reasons
from . import carried, load
from .routes import bp


@bp.get("/proposals/<proposal_id>")
@public
def show(proposal_id: str) -> Response:
    """Show a proposal with its opinions, arguments, sources, amendments and comments."""
    seen = load.statement_or_404(proposal_id, "proposal")
    mine = seen.statement.participant_id == viewer().participant_id
    used = became.of_text(seen.statement)
    return cache.page(
        "proposals/show.html",
        seen=seen,
        given=reasons.shown(seen.statement, seen.consultation, mine=mine),
        relatives=carried.relatives(seen),
        replies=lists.gather(seen),
        steps=steps(seen, used),
        actors=signatures.ACTOR_LABELS,
        verdicts=outcomes.LABELS,
        matter=raised.from_text(seen.statement),
        used=used,
        verdict_of=became.verdict,
    )


class Step(NamedTuple):
    """A step of the public life of a text."""

    title: str
    state: str
    when: str
    why: str = ""


def steps(seen: load.Seen, used: Sequence[Used] = ()) -> list[Step]:
    """Return what happened to a text so far, and what is to come; its own outcome goes first."""
    one, zone = seen.statement, seen.consultation.time_zone
    found = [Step(gettext("Sending"), "past", day(one.created_at, zone))]
    if one.published_at:
        found.append(Step(gettext("Publication"), "past", day(one.published_at, zone)))
    elif one.state in ("awaiting", "pending"):
        found.append(Step(gettext("Under review"), "current", ""))
    if one.version > 1:
        label = gettext("New version (%(n)s)", n=one.version)
        found.append(Step(label, "past", day(one.updated_at, zone)))
    own = [(seen.row.verdict, seen.row.outcome_at)] if seen.row.verdict else []
    parts = [(part.outcome.verdict, part.outcome.created_at) for part in used if part.outcome]
    for verdict, at in [*own, *parts][:1]:
        label = gettext("Outcome: %(verdict)s", verdict=gettext(outcomes.LABELS[verdict]))
        found.append(Step(label, "past", day(at, zone)))
    if not (own or parts):
        found.append(Step(gettext("Outcome"), "coming", ""))
    return found


class Version(NamedTuple):
    """A version of a text: what it changed in the one before, and why."""

    number: int
    at: Any
    parts: Sequence[differences.Piece]
    reason: str


@bp.get("/proposals/<proposal_id>/history")
@public
def history(proposal_id: str) -> str:
    """Show each version of a proposal, as what it changed in the one before."""
    seen = load.statement_or_404(proposal_id, "proposal")
    query = proposals.versions(proposal_id, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.version + 1,))
    return render_template(
        "proposals/history.html",
        seen=seen,
        versions=versions(seen, rows, is_first_page="cursor" not in request.args),
        first=rows[-1] if rows and after is None else None,
        next_url=f"{seen.url}/history?cursor={after}" if after else None,
    )


def versions(seen: load.Seen, rows: Sequence[Any], *, is_first_page: bool) -> list[Version]:
    """Return what each version changed, the latest first; a next page starts with the last one.

    The reason kept with a version is why the next one replaced it.
    """
    one = seen.statement
    later = [(row.version, row.body, row.created_at) for row in rows]
    if is_first_page:
        later.insert(0, (one.version, one.body, one.updated_at))
    earlier = rows if is_first_page else rows[1:]
    return [
        Version(number, at, differences.compare(before.body, body), before.reason)
        for (number, body, at), before in zip(later, earlier, strict=False)
    ]


@bp.get("/<any(arguments, sources, comments):what>/<statement_id>")
@public
def permanent(what: str, statement_id: str) -> ResponseReturnValue:
    """Lead from the permanent link of a reply to its place under its text."""
    reply = load.statement_or_404(statement_id, what.removesuffix("s"))
    parent = load.statement_or_404(reply.statement.parent_id or "", "answer", "proposal")
    if reply.statement.state != "published" and viewer().participant_id is None:
        abort(404)
    return redirect(f"{parent.url}#reply-{statement_id}", 303)
