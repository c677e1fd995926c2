"""The opinions of the crowd, one a person and a text, as the table demands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ...models import Stance

AGREE, MIXED, DISAGREE = 1, 0, -1


class OpinionWriter:
    """Draws who gives which opinion on each text."""

    def __init__(
        self, session: Session, crowd: Sequence[str], now: datetime, chance: Random
    ) -> None:
        self.session = session
        self.crowd = crowd
        self.now = now
        self.chance = chance
        self._rows: list[dict[str, Any]] = []

    def draw(self, statement_id: str, since: datetime, counts: Sequence[int] | None) -> None:
        """Give a text these numbers of opinions (agree, mixed, disagree), or some at random."""
        agree, mixed, disagree = counts or self._counts()
        values = [AGREE] * agree + [MIXED] * mixed + [DISAGREE] * disagree
        people = self.chance.sample(self.crowd, len(values))
        seconds = max(1, int((self.now - since).total_seconds()))
        for person, value in zip(people, values, strict=True):
            at = since if since >= self.now else self._later(since, seconds)
            self._rows.append(
                {
                    "statement_id": statement_id,
                    "participant_id": person,
                    "value": value,
                    "created_at": at,
                    "updated_at": at,
                }
            )

    def write(self) -> None:
        """Write the opinions; the database counts them."""
        if self._rows:
            self.session.execute(insert(Stance), self._rows)
        self._rows = []

    def _counts(self) -> tuple[int, int, int]:
        total = self.chance.randrange(3, 30)
        mixed, disagree = (int(total * self.chance.random() * 0.3) for _ in range(2))
        return total - mixed - disagree, mixed, disagree

    def _later(self, since: datetime, seconds: int) -> datetime:
        return since + timedelta(seconds=self.chance.randrange(seconds))
