"""The question of an address, and where the reader stands with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import abort

from ... import clock
from ...access import viewer
from ...domain import phases
from ...domain.errors import RuleBroken
from ...extensions import db
from ...models import Consultation, Draft, Question, Theme
from ...queries import answers as queries
from ...services import answers, drafts, participation
from ..consultations import load


@dataclass(frozen=True)
class Seen:
    """A question and its surroundings, for whoever reads."""

    consultation: Consultation
    theme: Theme
    question: Question
    now: datetime

    @cached_property
    def asked(self) -> answers.Asked:
        """The question as the services take it."""
        return answers.Asked(self.consultation, self.question)

    @cached_property
    def outline(self) -> Sequence[Any]:
        """The questions of the consultation, in order."""
        return db.session.execute(queries.outline(self.consultation.id)).all()

    @cached_property
    def place(self) -> int:
        """The place of this question among those of the consultation, from 0."""
        return [row.id for row in self.outline].index(self.question.id)

    @property
    def next(self) -> Any:
        """The question after this one, if any."""
        return self.outline[self.place + 1] if self.place + 1 < len(self.outline) else None

    @property
    def url(self) -> str:
        """The address of the question's page."""
        return address(self.consultation.slug, self.theme.number, self.question.number)

    @cached_property
    def draft(self) -> Draft | None:
        """The reader's own draft."""
        return drafts.find(db.session(), viewer().participant_id, drafts.target(self.question.id))

    @cached_property
    def ends(self) -> datetime | None:
        """The instant of the close."""
        return phases.ends_at(self.consultation.closes_at, self.consultation.closed_early_at)

    @cached_property
    def phase(self) -> str:
        """The phase the consultation is in."""
        return phases.of(self.consultation, self.now)

    @property
    def is_open(self) -> bool:
        """Whether an answer would be taken now, if only because its draft came before."""
        draft = self.draft
        return phases.may("answer", self.phase) or phases.may_answer_late(
            self.now, self.ends, draft.created_at if draft else None
        )

    @cached_property
    def shut_out(self) -> bool:
        """Whether the reader is not among the people the consultation is for."""
        try:
            answers.may_enter(db.session(), self.consultation, load.reader())
        except RuleBroken:
            return True
        return False

    @cached_property
    def mine(self) -> Sequence[Any]:
        """The reader's own answers to this question."""
        participant = viewer().participant_id
        if participant is None:
            return []
        return db.session.execute(queries.mine(self.question.id, participant)).all()


def address(slug: str, theme: int, number: int) -> str:
    """Return the address of a question's page."""
    return f"/consultations/{slug}/questions/{theme}-{number}"


def question_or_404(slug: str, theme: int, number: int) -> Seen:
    """Return the question of an address, or answer 404."""
    return Seen(*load.question_or_404(slug, theme, number), clock.now())


def key_or_404(key: str) -> None:
    """Answer 404 for what cannot be the identifier of anything."""
    if not load.KEY.fullmatch(key):
        abort(404)


def actor() -> participation.Actor:
    """Return who acts, made a participant at their first act.

    It is stored at once: a refusal that follows undoes the answer, not the person, whose browser
    keeps its number and whose draft is kept under it.
    """
    participant = viewer().take_part()
    db.session.commit()
    return participation.Actor(participant, load.reader())
