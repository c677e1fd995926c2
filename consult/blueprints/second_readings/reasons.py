"""The statement of reasons: what was decided about a text, why, by whom as a role, what to do.

It says what article 17 of the European regulation on digital services asks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ... import clock
from ...domain import moderation, open_calls, phases
from ...domain import second_readings as rules
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, OpenCall, Project, Statement
from ...queries import second_readings as queries
from ...queries.moderated import projects
from ..moderation_log import words

OF_TEXT = {
    "hidden": N_("Your text is hidden: nobody else reads it."),
    "to_correct": N_("Your text is not public until you correct it."),
}
# Where the words of a project are corrected; after the close, its amounts no longer are.
EDITS = {open_calls.OPEN: "edit", open_calls.CLOSED: "complete"}
OF_PROJECT = {
    "hidden": N_(
        "Your project is hidden: nobody else reads it. It takes no part in the next split."
    ),
    "to_correct": N_("Your project is not public until you correct it."),
}


@dataclass(frozen=True)
class Reasons:
    """What the author of a text is told of a decision; plain values, so that a page knows them."""

    decided: str
    reason: str
    ground: str
    note: str
    by: str
    row: Any
    edit: str
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
    edit = "edit" if phases.may("correct", phases.of(dates, now)) else ""
    rows = db.session.execute(queries.contested(statement_ids)).all() if statement_ids else ()
    return {row.item_id: _said(row, OF_TEXT, edit, now) for row in rows}


def of_project(project: Project, call: OpenCall) -> Reasons | None:
    """Return the reasons of the decision in force about a project, None when there is none."""
    if project.state != "submitted" or project.moderation not in rules.CONTESTED:
        return None
    now = clock.now()
    edit = EDITS.get(open_calls.phase(call, now), "")
    row = db.session.execute(queries.contested([project.id], projects)).first()
    return _said(row, OF_PROJECT, edit, now) if row else None


def _said(row: Any, words_of: Mapping[str, str], edit: str, now: datetime) -> Reasons:
    decided = gettext(words_of[row.to_state])
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
        edit=edit,
        may_contest=row.asked_at is None and now - row.decided_at <= rules.ASK_WITHIN,
        second=second,
    )
