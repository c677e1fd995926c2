"""The rows of news: what, its key, when, a title, a text, the path of its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from ...models import (
    Account,
    Consultation,
    Contribution,
    Mail,
    Outcome,
    Participant,
    Question,
    Statement,
    Theme,
)
from .. import consultations

MOST = 8
EXCERPT = 160
TITLE = 90
Rows = Select[*tuple[Any, ...]]
Parent = aliased(Statement, name="parent")


@dataclass(frozen=True)
class Window:
    """Whom the news are for, and from when to when they happened."""

    email: str
    since: datetime
    until: datetime
    now: datetime

    @property
    def reader(self) -> consultations.Reader:
        """What the address may know of: its owner proved it with a letter."""
        return consultations.Reader(email=self.email)

    def holds(self, at: Any) -> ColumnElement[bool]:
        """Tell whether an instant is in the window."""
        return and_(at > self.since, at <= self.until)

    def is_own(self, participant_id: Any) -> ColumnElement[bool]:
        """Tell whether a participant is the reader: by their account, or where they are told."""
        signed_in = (
            select(Participant.id)
            .join(Account, Account.id == Participant.account_id)
            .where(Account.email == self.email)
        )
        told = select(Contribution.participant_id).where(Contribution.notify_email == self.email)
        own: ColumnElement[bool] = participant_id.in_(union(signed_in, told))
        return own

    def is_others(self, participant_id: Any) -> ColumnElement[bool]:
        """Tell whether a participant, if there is one, is somebody else."""
        return or_(participant_id.is_(None), ~self.is_own(participant_id))

    def has_answered(self, *conditions: ColumnElement[bool]) -> Exists:
        """Tell whether the reader has answered: there is nothing to remind them of."""
        answered = aliased(Statement, name="answered")
        sent = answered.state.not_in(("withdrawn", "awaiting"))
        where = (answered.consultation_id == Consultation.id, sent, *conditions)
        query = select(answered.id).where(*where, self.is_own(answered.participant_id))
        return query.correlate(Consultation, Question).exists()


def row(what: Any, key: Any, at: Any, text: Any, path: Any, title: Any = "") -> Rows:
    """Select a row of news; words that are given as they are become columns."""
    shown = {"what": what, "key": key, "at": at, "title": title, "text": text, "path": path}
    return select(
        *(
            (cast(value, String) if isinstance(value, str) else value).label(name)
            for name, value in shown.items()
        )
    )


def texts(window: Window, *conditions: ColumnElement[bool]) -> Rows:
    """Select the texts of others that were published in the window and still are."""
    path = literal("/") + Statement.kind + literal("s/") + Statement.id
    body = func.substr(Statement.body, 1, EXCERPT)
    query = row(Statement.kind, Statement.id, Statement.published_at, body, path, Statement.title)
    return (
        query.join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            Statement.state == "published",
            window.holds(Statement.published_at),
            window.is_others(Statement.participant_id),
            is_shown(window),
            *conditions,
        )
        .order_by(Statement.published_at.desc(), Statement.id.desc())
        .limit(MOST + 1)
    )


def is_shown(window: Window) -> ColumnElement[bool]:
    """Tell what stands in a consultation and a theme that the reader may know of."""
    seen = consultations.is_visible(window.reader, window.now)
    return and_(seen, or_(Theme.id.is_(None), ~Theme.hidden))


def outcomes(window: Window, *conditions: ColumnElement[bool]) -> Rows:
    """Select the organiser's answers of the window about the texts of others."""
    path = literal("/") + Statement.kind + literal("s/") + Statement.id
    body = func.substr(Outcome.body, 1, EXCERPT)
    query = row("outcome", Outcome.id, Outcome.updated_at, body, path, short_title())
    return (
        query.join(Statement, Statement.id == Outcome.statement_id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            Statement.state == "published",
            window.holds(Outcome.updated_at),
            window.is_others(Statement.participant_id),
            is_shown(window),
            *conditions,
        )
        .order_by(Outcome.updated_at.desc(), Outcome.id.desc())
        .limit(MOST + 1)
    )


def question_outcomes(window: Window, *conditions: ColumnElement[bool]) -> Rows:
    """Select the organiser's answers of the window about questions."""
    body = func.substr(Outcome.body, 1, EXCERPT)
    title = func.substr(Question.wording, 1, TITLE)
    query = row("outcome", Outcome.id, Outcome.updated_at, body, question_path(), title)
    return (
        query.join(Question, Question.id == Outcome.question_id)
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(window.holds(Outcome.updated_at), is_shown(window), *conditions)
        .order_by(Outcome.updated_at.desc(), Outcome.id.desc())
        .limit(MOST + 1)
    )


def question_path() -> ColumnElement[str]:
    """Write the path of a question's page."""
    number = cast(Theme.number, String) + literal("-") + cast(Question.number, String)
    return consultation_path() + literal("/questions/") + number


def consultation_path() -> ColumnElement[str]:
    """Write the path of a consultation's page."""
    return literal("/consultations/") + Consultation.slug


def short_title() -> ColumnElement[str]:
    """Write the title of a text, else its first words."""
    return func.coalesce(
        func.nullif(Statement.title, ""), func.substr(Statement.body, 1, TITLE), type_=String()
    )


def replies(window: Window) -> Rows:
    """Select what others wrote in the window under the reader's own texts, not yet told at once."""
    told = select(Mail.id).where(Mail.dedup_key == literal("reply:") + Statement.id).exists()
    about = aliased(Parent)
    own = select(about.id).where(
        about.id == Statement.parent_id,
        about.state == "published",
        window.is_own(about.participant_id),
    )
    return texts(window, own.exists(), ~told)
