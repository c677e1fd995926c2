"""The search page: one field, three kinds of results, the newest first."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response

from ... import cache, clock
from ...access import public
from ...domain import open_calls as calls
from ...domain import phases, registers, searching, signatures
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation
from ...queries import consultations, open_calls, paging, search
from ..consultations import asked, cards, load
from ..rooms import load as rooms

bp = Blueprint("search", __name__)

FIRST = 5
QUERY_LIMIT = 1_000
KINDS = {
    "consultation": N_("Consultations"),
    "call": N_("Open calls"),
    "question": N_("Questions"),
    search.REGISTER: N_("Decisions and commitments of rooms"),
    "answer": N_("Answers"),
    "proposal": N_("Proposals"),
    "amendment": N_("Amendments"),
    "argument": N_("Arguments"),
    "source": N_("Sources"),
    "comment": N_("Comments"),
}
ONE = {
    "answer": N_("Answer"),
    "proposal": N_("Proposal"),
    "amendment": N_("Amendment"),
    "argument": N_("Argument"),
    "source": N_("Source"),
    "comment": N_("Comment"),
}


@bp.get("/search")
@public
def index() -> Response:
    """Search, or show the empty form."""
    query = asked.word("q", QUERY_LIMIT) or ""
    slug, kind = asked.word("consultation"), asked.word("kind")
    kind = kind if kind in KINDS else None
    consultation = load.visible_or_404(slug) if slug else None
    terms = searching.terms(query)
    found = _found(terms, consultation, kind) if terms else {}
    return cache.page(
        "search/index.html",
        "search/_results.html",
        q=query,
        terms=terms,
        kind=kind,
        kinds=[(name, gettext(label)) for name, label in KINDS.items()],
        one=ONE,
        consultation=consultation,
        actors=signatures.ACTOR_LABELS,
        phases=phases,
        labels=calls.LABELS,
        **{"consultations": [], "calls": [], "questions": []}
        | {"of_rooms": [], "statements": []}
        | found,
        **asked.links(found.get("after"), target="results"),
    )


def _found(
    terms: Sequence[str], consultation: Consultation | None, kind: str | None
) -> dict[str, Any]:
    """Return the page of one kind, or the first results of each."""
    within = consultation.id if consultation else None
    if kind == "consultation":
        return _consultations(terms, paging.SIZE)
    if kind == "call":
        return _calls(terms, paging.SIZE)
    if kind == "question":
        return _questions(terms, within, paging.SIZE)
    if kind == search.REGISTER:
        return _of_rooms(terms, paging.SIZE)
    hits = _statements(terms, within, kind)
    if kind is not None or asked.cursor() is not None:
        return hits
    first = _questions(terms, within, FIRST)
    if consultation is None:
        first |= _consultations(terms, FIRST) | _of_rooms(terms, FIRST, with_calls=True)
    return first | hits


def _consultations(terms: Sequence[str], size: int) -> dict[str, Any]:
    now = clock.now()
    query = search.consultations_about(terms, load.reader(), now)
    rows, after = _page(query, consultations.LATEST, size)
    return {"consultations": cards.cards(rows, now), "after": after}


def _calls(terms: Sequence[str], size: int) -> dict[str, Any]:
    rows, after = _page(open_calls.about(terms), open_calls.LATEST, size)
    now = clock.now()
    return {"calls": [(row, calls.phase(row, now)) for row in rows], "after": after}


def _questions(terms: Sequence[str], within: str | None, size: int) -> dict[str, Any]:
    query = search.questions(terms, load.reader(), clock.now(), consultation_id=within)
    rows, after = _page(query, search.QUESTIONS, size)
    return {"questions": list(rows), "after": after}


def _of_rooms(terms: Sequence[str], size: int, *, with_calls: bool = False) -> dict[str, Any]:
    query = search.of_rooms(terms, rooms.reader(), with_calls=with_calls)
    rows, after = _page(query, search.newest(query), size)
    return {"of_rooms": [(row, _address(row)) for row in rows], "after": after}


def _address(row: Any) -> str:
    """Return where a call, a decision or a commitment of a room is read."""
    if row.kind == search.CALL:
        return f"/open-calls/{row.slug}"
    here = f"/rooms/{row.slug}"
    if row.kind == registers.DECISION:
        return f"{here}/documents/{row.id}"
    return f"{here}/decisions#commitments"


def _statements(terms: Sequence[str], within: str | None, kind: str | None) -> dict[str, Any]:
    query = search.statements(
        terms,
        load.reader(),
        clock.now(),
        dialect=db.engine.dialect.name,
        consultation_id=within,
        kind=kind,
    )
    rows, after = _page(query, search.NEWEST, paging.SIZE)
    return {"statements": [(row, f"/{row.kind}s/{row.id}") for row in rows], "after": after}


def _page(query: Any, columns: Sequence[Any], size: int) -> tuple[Sequence[Any], str | None]:
    cursor = asked.cursor() if size == paging.SIZE else None
    rows = db.session.execute(search.page(query, columns, cursor, size)).all()
    names = [column.key for column in columns]
    return paging.cut(rows, lambda row: [getattr(row, name) for name in names], size)
