"""Find the split of a call for whoever reads, and explain each of its lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import abort, request

from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext
from ...models import OpenCall, SplitDecision, SplitEnvelope
from ...queries import paging, project_reports
from ...queries import splits as queries
from ..open_calls import load
from . import words

NUMBER = re.compile(r"[1-9][0-9]{0,6}")
SORTS = tuple(queries.ORDERS)


@dataclass(frozen=True)
class Found:
    """A call, its split at hand, and the others, the one in force first."""

    call: OpenCall
    decision: SplitDecision
    all: Sequence[SplitDecision]

    @property
    def others(self) -> list[SplitDecision]:
        """Return the splits that are not at hand."""
        return [one for one in self.all if one.id != self.decision.id]

    @property
    def in_force(self) -> bool:
        """Tell whether no other split followed."""
        return self.decision.id == self.all[0].id

    def address(self, ending: str = "", **query: object) -> str:
        """Return the address of this split, or of one of its files."""
        facts = {} if self.in_force else {"decision": self.decision.number}
        said = "&".join(f"{name}={value}" for name, value in (facts | query).items())
        return f"/open-calls/{self.call.slug}/split{ending}" + (f"?{said}" if said else "")


def decided(slug: str) -> tuple[OpenCall, Found | None]:
    """Return a call and the split that the address names, the one in force by default."""
    call = load.visible_or_404(slug)
    decisions = db.session.scalars(queries.decisions(call.id)).all()
    asked = request.args.get("decision", "")
    if not asked:
        return call, Found(call, decisions[0], decisions) if decisions else None
    number = int(asked) if NUMBER.fullmatch(asked) else 0
    named = next((one for one in decisions if one.number == number), None)
    if named is None:
        abort(404)
    return call, Found(call, named, decisions)


def published(slug: str) -> Found:
    """Return the split that the address names; split-not-published (409) when there is none."""
    _call, found = decided(slug)
    if found is None:
        raise RuleBroken("split-not-published", 409)
    return found


def title(row: Any) -> str:
    """Return the name of the project of a line, or its number where the project is hidden."""
    return gettext("Project no. %(number)s", number=row.number) if row.is_hidden else row.title


def envelopes(decision: SplitDecision) -> Sequence[SplitEnvelope]:
    """Return the envelopes of a split, as they were shared."""
    return db.session.scalars(queries.shared(decision.id)).all()


def lines(
    decision: SplitDecision, sort: str, cursor: str | None, limit: int = paging.SIZE
) -> tuple[Sequence[Any], str | None]:
    """Return a page of the lines of a split in an order that the page offers."""
    descending = sort != "number"
    query = queries.lines(decision.id, sort, descending=descending, cursor=cursor, limit=limit)
    column = queries.ORDERS[sort].key
    rows = db.session.execute(query).all()
    return paging.cut(rows, lambda row: (getattr(row, str(column)),), limit)


@dataclass
class Since:
    """What a project got since the split: cents paid, the last day of it, help in kind."""

    cents: int = 0
    day: date | None = None
    lent: list[str] = field(default_factory=list)


def since(project_ids: Sequence[str]) -> dict[str, Since]:
    """Return what some projects got since the split."""
    found = {project_id: Since() for project_id in project_ids}
    if not found:
        return found
    for row in db.session.execute(project_reports.since(list(found))):
        one = found[row.project_id]
        if row.what:
            one.lent.append(row.what if row.quantity == 1 else f"{row.what} × {row.quantity}")
        else:
            one.cents, one.day = row.cents, row.day
    return found


@dataclass(frozen=True)
class Received:
    """What a project receives by the split in force, in cents, and why."""

    cents: int
    told: Sequence[words.Paragraph]
    since: Since


def received(call_id: str, project_id: str) -> Received | None:
    """Return what a project receives and why; None before a split, or outside it."""
    rows = db.session.execute(queries.of_project(call_id, project_id)).all()
    if not rows:
        return None
    decision, line = rows[0].SplitDecision, rows[0].SplitLine
    given = {row.SplitEnvelope.position: row.cents for row in rows}
    told = words.why(decision, [row.SplitEnvelope for row in rows], line, given)
    return Received(line.awarded_cents, told, since([project_id])[project_id])


def parts(decision: SplitDecision, rows: Sequence[Any]) -> dict[str, dict[int, int]]:
    """Return what each envelope gave to the projects of some lines, by position."""
    found: dict[str, dict[int, int]] = {row.project_id: {} for row in rows}
    if rows:
        query = queries.parts(decision.id, [row.project_id for row in rows])
        for project, position, cents in db.session.execute(query):
            found[project][position] = cents
    return found
