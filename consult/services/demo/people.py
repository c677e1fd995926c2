"""The people of the demonstration: accounts, authors, and a crowd that gives opinions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import SystemRandom
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ...domain import tracking
from ...models import Consultation, Contribution, Participant
from .. import accounts, contributions, organisations
from . import keys

CROWD = 160
Keep = Callable[[str, bytes], None]
HELPER = "mediateur"
NUMBERS = SystemRandom()


class People:
    """Everybody who takes part, each made once."""

    keep: Keep  # writes the bytes of a file of a room

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.accounts: dict[str, str] = {}
        self.crowd: list[str] = []
        self._known: dict[str, str] = {}
        self._contributions: dict[tuple[str, str], str] = {}
        self._prefixes: dict[str, str] = {}
        self._organisations: dict[str, str] = {}

    def open_accounts(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Open the accounts, each with its roles and its participant."""
        for entry in entries:
            email = f"{entry['key']}@demo.invalid"
            account = accounts.by_email(self.session, email, now=self.now)
            account.name, account.confirmed_at = entry["name"], self.now
            for role in entry.get("roles", ()):
                accounts.grant(self.session, account, role, now=self.now)
            participant, _token = accounts.new_participant(
                self.session, account_id=account.id, now=self.now
            )
            self.accounts[entry["key"]] = account.id
            self._known[entry["key"]] = participant.id

    def participant(self, author: str) -> str:
        """Return the participant behind the name an author has in the data files."""
        if author not in self._known:
            self._known[author] = keys.of("participant", author)
            row = self._row(author)
            self.session.execute(insert(Participant), [row])
        return self._known[author]

    def contribution(
        self, consultation: Consultation, author: str, entry: Mapping[str, Any], at: datetime
    ) -> str:
        """Return the contribution of an author to a consultation, made with the first text."""
        participant = self.participant(author)
        known = (consultation.id, participant)
        if known not in self._contributions:
            self._contributions[known] = key = keys.of("contribution", "/".join(known))
            assisted = entry.get("channel", "web") != "web"
            row = {
                "id": key,
                "consultation_id": consultation.id,
                "participant_id": participant,
                "tracking_number": self.number(consultation),
                "channel": entry.get("channel", "web"),
                "place": entry.get("place", ""),
                "consent": entry.get("consent", ""),
                "assisted_by_id": self.accounts[HELPER] if assisted else None,
                "created_at": at,
            }
            self.session.execute(insert(Contribution), [row])
        return self._contributions[known]

    def number(self, consultation: Consultation) -> str:
        """Return a tracking number nobody can guess."""
        if consultation.id not in self._prefixes:
            prefix = contributions.prefix_of(self.session, consultation)
            self._prefixes[consultation.id] = prefix
        return tracking.new_number(self._prefixes[consultation.id], NUMBERS)

    def organisation(self, name: str) -> str:
        """Return the organisation of this name."""
        if name not in self._organisations:
            found = organisations.named(self.session, name, now=self.now)
            self._organisations[name] = found.id
        return self._organisations[name]

    def gather(self) -> None:
        """Make the crowd."""
        rows = [self._row(f"crowd-{number}") for number in range(CROWD)]
        self.session.execute(insert(Participant), rows)
        self.crowd = [row["id"] for row in rows]

    def _row(self, author: str) -> dict[str, Any]:
        key = keys.of("participant", author)
        return {"id": key, "origin": f"demo/{author}", "created_at": self.now}
