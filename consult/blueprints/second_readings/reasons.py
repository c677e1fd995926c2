"""The statement of reasons: what was decided about a text, why, by whom as a role, what to do.

It says what article 17 of the European regulation on digital services asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ... import clock
from ...domain import moderation, phases
from ...domain import second_readings as rules
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Statement
from ...queries import second_readings as queries
from ..moderation_log import words


@dataclass(frozen=True)
class Reasons:
    """What the author of a text is told of a decision; plain values, so that a page knows them."""

    decided: str
    reason: str
    ground: str
    note: str
    by: str
    row: Any
    may_correct: bool
    may_contest: bool
    second: str


def shown(statement: Statement, consultation: Consultation, *, mine: bool) -> Reasons | None:
    """Return what the page of a text says to its author, None to anyone else."""
    if not mine or statement.state not in rules.CONTESTED:
        return None
    return of(statement, consultation)


def of(statement: Statement, consultation: Consultation) -> Reasons | None:
    """Return the reasons of the decision in force about one's own text, None when there is none."""
    return among([statement.id], consultation).get(statement.id)


def among(statement_ids: Sequence[str], dates: phases.Dated) -> dict[str, Reasons]:
    """Return the reasons of the decisions in force about some texts of one consultation."""
    now = clock.now()
    may_correct = phases.may("correct", phases.of(dates, now))
    rows = db.session.execute(queries.contested(statement_ids)).all() if statement_ids else ()
    return {row.statement_id: _said(row, may_correct, now) for row in rows}


def _said(row: Any, may_correct: bool, now: Any) -> Reasons:
    decided = {
        "hidden": gettext("Your text is hidden: nobody else reads it."),
        "to_correct": gettext("Your text is not public until you correct it."),
    }[row.to_state]
    if row.asked_at is None:
        second = ""
    elif row.outcome is None:
        second = gettext("You asked for a second reading. It waits for an answer.")
    else:
        second = gettext(rules.OUTCOMES[row.outcome])
    return Reasons(
        decided=decided,
        reason=gettext(moderation.REASONS.get(row.reason, "")) if row.reason else "",
        ground=gettext(moderation.GROUNDS[row.reason]) if row.reason in moderation.GROUNDS else "",
        note=row.note,
        by=words.by(row),
        row=row,
        may_correct=may_correct,
        may_contest=row.asked_at is None and now - row.decided_at <= rules.ASK_WITHIN,
        second=second,
    )
