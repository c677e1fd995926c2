"""The lists of answers and of proposals: filters, orders, pages."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from flask import Response

from ... import access, cache, clock, exposure, htmx
from ...access import public
from ...domain import outcomes, phases, signatures, stances
from ...extensions import db
from ...i18n import ngettext, number
from ...models import Consultation, Question, Theme
from ...queries import listings, statements
from ...services import participation
from . import asked, cards, load, narrowing
from .views import bp

ORDERS_OPEN = (statements.LEAST_EXPOSED, statements.NEWEST)
ORDERS_CLOSED = (statements.SUPPORTED, statements.DISCUSSED, statements.NEWEST)
SHOWN = attrgetter(
    "id", "version", "updated_at", "agree", "mixed", "disagree", "comments", "arguments",
    "sources", "amendments", "territory_name", "signature", "organisation_slug", "verdict", "mine",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A row, and what of it is seen: the same `shown` makes the same text."""

    row: Any
    shown: Hashable

    @property
    def mine(self) -> str | None:
        """The reader's own opinion in words."""
        return None if self.row.mine is None else stances.WORDS[self.row.mine]


@dataclass(frozen=True)
class Items:
    """The rows of a page of the list, and the terms on which all of them are shown."""

    rows: list[Item]
    terms: Hashable

    @property
    def shown(self) -> Hashable:
        """What is seen of the whole list: the same makes the same text."""
        return self.terms, tuple(item.shown for item in self.rows)


@bp.get("/consultations/<slug>/answers")
@public
def answers(slug: str) -> Response:
    """List the answers to all the questions of a consultation."""
    return _list(load.visible_or_404(slug), "answer")


@bp.get("/consultations/<slug>/questions/<int(max=9999):theme>-<int(max=9999):number>/answers")
@public
def answers_to(slug: str, theme: int, number: int) -> Response:
    """List the answers to one question."""
    consultation, chapter, question = load.question_or_404(slug, theme, number)
    return _list(consultation, "answer", chapter, question)


@bp.get("/consultations/<slug>/proposals")
@public
def proposals(slug: str) -> Response:
    """List the proposals of a consultation."""
    return _list(load.visible_or_404(slug), "proposal")


def _list(
    consultation: Consultation,
    kind: str,
    theme: Theme | None = None,
    question: Question | None = None,
) -> Response:
    orders = _orders(consultation)
    order = next((name for name in orders if name == asked.word("order")), orders[0])
    wanted = _wanted(consultation, kind, question)
    filtered = any(asked.word(name) for name in narrowing.FILTERS)
    choices = db.session.connection().execute(*listings.choices(wanted, counted=filtered)).all()
    mine = access.viewer().participant_id
    query = listings.rows(wanted, mine, order=order, cursor=asked.cursor())
    rows, after = statements.page(db.session.connection().execute(*query).all(), order=order)
    if asked.cursor() is None:  # further pages: whoever turns them would move them while reading
        exposure.note([row.id for row in rows])
    count = _count(choices, consultation, kind, question, filtered)
    allowed = _allowed(consultation)
    response = cache.page(
        "consultations/list.html",
        "consultations/_list.html",
        consultation=consultation,
        kind=kind,
        theme=theme,
        question=question,
        items=_items(rows, consultation, allowed),
        count=count,
        filtered=filtered,
        narrowing=narrowing.Narrowing(consultation, kind, question, choices, orders, order),
        **allowed,
        **asked.links(after, target="list"),
    )
    return htmx.toast(response, count) if _is_fragment(response) else response


def _orders(consultation: Consultation) -> Sequence[str]:
    """Return the orders a list offers, the usual one first: no ranking before the close."""
    phase = phases.of(consultation, clock.now())
    return ORDERS_CLOSED if phases.may("show_score", phase) else ORDERS_OPEN


def _allowed(consultation: Consultation) -> dict[str, Any]:
    """Return what the rows may show and offer now."""
    now = clock.now()
    phase = phases.of(consultation, now)
    return {
        "counts_shown": participation.shows_counts(consultation, now),
        "can": phases.may("stance", phase),
        "is_open": phase == phases.OPEN,
        "actors": signatures.ACTOR_LABELS,
        "verdicts": outcomes.LABELS,
    }


def _items(rows: Sequence[Any], consultation: Consultation, allowed: dict[str, Any]) -> Items:
    terms = (
        allowed["can"],
        allowed["counts_shown"],
        consultation.time_zone,
        consultation.allows_comments,
    )
    return Items([Item(row, SHOWN(row)) for row in rows], terms)


def _is_fragment(response: Response) -> bool:
    return htmx.wants_fragment() and response.status_code == 200


def _wanted(consultation: Consultation, kind: str, question: Question | None) -> listings.Wanted:
    """Return what the address asks for; what is unknown finds nothing."""
    return listings.Wanted(
        kind,
        consultation.id,
        question_id=question.id if question else asked.word("question"),
        theme_id=asked.word("theme"),
        territory=asked.word("territory"),
        actor_kind=asked.word("actor"),
        verdict=asked.word("state"),
    )


def _count(
    choices: Sequence[Any],
    consultation: Consultation,
    kind: str,
    question: Question | None,
    filtered: bool,
) -> str:
    if filtered:
        return cards.how_many(next(row.number for row in choices if row.what == "found"))
    if kind == "proposal":
        many = consultation.proposals
        return ngettext("%(n)s proposal", "%(n)s proposals", many, n=number(many))
    many = (question or consultation).answers
    return ngettext("%(n)s answer", "%(n)s answers", many, n=number(many))
