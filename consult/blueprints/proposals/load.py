"""Find a text for whoever reads, with all that its page says; unseen is as good as missing."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import abort

from ... import clock
from ...access import viewer
from ...domain import phases, stances
from ...extensions import db
from ...models import Consultation, Statement, Theme
from ...queries import proposals, shapes, statements
from ...services import participation, replies
from ..consultations.load import reader


@dataclass(repr=False)
class Seen:
    """A text as its reader sees it."""

    row: Any
    now: datetime

    def __repr__(self) -> str:
        """Say what the mark of a page depends on (see `cache`): not the hour, not an address."""
        one, consultation = self.statement, self.consultation
        return repr((one.id, one.version, one.state, consultation.version, self.phase))

    @property
    def statement(self) -> Statement:
        """The text itself."""
        found: Statement = self.row.Statement
        return found

    @property
    def consultation(self) -> Consultation:
        """The consultation it belongs to."""
        found: Consultation = self.row.Consultation
        return found

    @property
    def theme(self) -> Theme | None:
        """The theme it is in, if any."""
        found: Theme | None = self.row.Theme
        return found

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/{self.statement.kind}s/{self.statement.id}"

    @cached_property
    def phase(self) -> str:
        """The phase of its consultation."""
        return phases.of(self.consultation, self.now)

    @cached_property
    def shows_counts(self) -> bool:
        """Whether opinions are counted in public now."""
        return participation.shows_counts(self.consultation, self.now)

    @property
    def counts(self) -> dict[str, int] | None:
        """The opinions, declared ones included; None while the results are hidden."""
        one = self.statement
        found = {
            "agree": one.agree + one.declared_agree,
            "mixed": one.mixed + one.declared_mixed,
            "disagree": one.disagree + one.declared_disagree,
        }
        return found if self.shows_counts else None

    @property
    def declared(self) -> int:
        """How many of the opinions shown are only declared by the source of an import."""
        one = self.statement
        whole = one.declared_agree + one.declared_mixed + one.declared_disagree
        return whole if self.shows_counts else 0

    @property
    def mine(self) -> str | None:
        """The reader's own opinion."""
        return None if self.row.mine is None else stances.WORDS[self.row.mine]

    @property
    def takes_opinions(self) -> bool:
        """Whether an opinion would be taken now."""
        one = self.statement
        is_settled = one.state != "published" or one.decision is not None
        return not is_settled and phases.may("stance", self.phase)

    def offers(self, kind: str) -> bool:
        """Tell whether a reply of this kind may be written now."""
        rule = replies.RULES[kind]
        return (
            self.statement.state == "published"
            and self.statement.kind in rule.parents
            and bool(getattr(self.consultation, rule.feature))
            and phases.may(rule.action, self.phase)
        )


def statement_or_404(statement_id: str, *kinds: str) -> Seen:
    """Return a text of one of these kinds, or answer 404 as if it had never been."""
    if not statements.IDENTIFIER.fullmatch(statement_id):
        abort(404)
    now = clock.now()
    query = shapes.of(
        proposals.detail,
        statement_id=statement_id,
        reader=reader(),
        participant_id=viewer().participant_id,
        now=now,
    )
    row = db.session.execute(*query).one_or_none()
    if row is None or row.Statement.kind not in kinds:
        abort(404)
    return Seen(row, now)
