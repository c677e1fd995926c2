"""The lists under a text: their beginning on its page, the rest on pages of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request

from ...access import public, viewer
from ...domain import phases, signatures, stances
from ...extensions import db
from ...i18n import gettext
from ...queries import paging, proposals, statements
from ...queries.statements import Scope
from ...services import replies
from ..consultations import used_texts
from ..proposals import load
from .routes import KINDS, PLACES, UNDER, bp

LIMITS = {
    "argument": proposals.MOST_REPLIES,
    "source": proposals.MOST_REPLIES,
    "amendment": proposals.MOST_REPLIES,
    "comment": proposals.MOST_COMMENTS,
}


@dataclass
class Reply:
    """A row of a list, with the reader's own opinion in words."""

    row: Any
    counts: dict[str, int] | None
    used: Sequence[used_texts.Used] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """All that a reader sees of it: the same key shows the same text."""
        return (*self.row, self.counts is None, *self.used)

    @property
    def who(self) -> str | None:
        """The kind of person who wrote it, in words."""
        kind = self.row.actor_kind
        return gettext(signatures.ACTOR_LABELS[kind]) if kind else None

    @property
    def mine(self) -> str | None:
        """The reader's own opinion."""
        return None if self.row.mine is None else stances.WORDS[self.row.mine]


@dataclass
class Listed:
    """The beginning of a list, and the address of what follows."""

    rows: Sequence[Reply]
    more: str | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """All that a reader sees of it."""
        return tuple(one.key for one in self.rows)


def order_of(seen: load.Seen, kind: str) -> str:
    """Return how a list is sorted: comments as a talk, the rest by support once closed."""
    if kind == "comment":
        return statements.OLDEST
    return statements.SUPPORTED if phases.may("show_score", seen.phase) else statements.NEWEST


def name_of(kind: str, side: str | None) -> str:
    """Return the name of a list in the templates: for, against, sources ..."""
    return side or f"{kind}s"


def gather(seen: load.Seen) -> dict[str, Listed]:
    """Return the beginning of each list under a text, read in one statement."""
    one = seen.statement
    wanted = [
        Scope(kind, parent_id=one.id, side=side)
        for kind in LIMITS
        if getattr(one, f"{kind}s")
        for side in (replies.SIDES if kind == "argument" else (None,))
    ]
    found = {
        name_of(kind, side): Listed([])
        for kind in LIMITS
        for side in (replies.SIDES if kind == "argument" else (None,))
    }
    if not wanted:
        return found
    parts = [(scope, order_of(seen, scope.kind), LIMITS[scope.kind]) for scope in wanted]
    query = proposals.replies(tuple((s.kind, s.side, order, most) for s, order, most in parts))
    asked = {"parent_id": one.id, "participant_id": viewer().participant_id}
    rows = db.session.connection().execute(query, asked).all()
    for scope, order, limit in parts:
        own = [row for row in rows if row.kind == scope.kind and row.side == scope.side]
        by: Any = statements.keys(order)
        own.sort(key=by, reverse=statements.ORDERS[order].descending)
        found[name_of(scope.kind, scope.side)] = _listed(seen, scope, own, order, limit)
    return found


def _listed(seen: load.Seen, scope: Scope, rows: Sequence[Any], order: str, limit: int) -> Listed:
    page, after = paging.cut(rows, statements.keys(order), limit)
    more = None
    if after is not None:
        side = f"&side={scope.side}" if scope.side else ""
        more = f"{seen.url}/{scope.kind}s?cursor={after}{side}"
    return Listed([dressed(seen, row) for row in page], more)


def dressed(seen: load.Seen, row: Any) -> Reply:
    """Dress a row for its reader: no count while the results are hidden."""
    counts = {word: getattr(row, word) for word in stances.STANCES}
    places = used_texts.of_texts([seen.consultation.id])
    return Reply(row, counts if seen.shows_counts else None, places.get(row.id, ()))


@bp.get(UNDER)
@public
def index(place: str, statement_id: str, what: str) -> str:
    """List one kind of reply to a text, page after page."""
    kind = KINDS[what]
    if PLACES[place] not in replies.RULES[kind].parents:
        abort(404)
    seen = load.statement_or_404(statement_id, PLACES[place])
    side = request.args.get("side")
    if side is not None and (kind != "argument" or side not in replies.SIDES):
        abort(404)
    order, scope = order_of(seen, kind), Scope(kind, parent_id=statement_id, side=side)
    query = proposals.page(
        scope, viewer().participant_id, order=order, cursor=request.args.get("cursor")
    )
    return render_template(
        "replies/index.html",
        seen=seen,
        kind=kind,
        side=side,
        listed=_listed(seen, scope, db.session.execute(query).all(), order, paging.SIZE),
    )
