"""Many more answers, made from phrases: for trials under load, in batches that may stop."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from ... import demo
from ...domain import searching
from ...domain.signatures import ACTOR_KINDS
from ...models import Consultation, Contribution, Participant, Question, Statement
from .. import answers
from . import keys
from .opinions import OpinionWriter
from .people import CROWD, People

BATCH = 1_000
MARK = "demo/made-"
CONSENTS = {"paper": "paper", "phone": "phone", "desk": "oral", "workshop": "oral"}
CHANNELS = ("web",) * 12 + tuple(CONSENTS)
ADDRESSES = ("1-1", "1-2", "2-1", "2-2", "3-1", "3-2", "4-1")


def made(session: Session) -> int:
    """Count the answers made so far."""
    query = select(func.count()).where(Participant.origin.like(f"{MARK}%"))
    return session.scalar(query) or 0


class Growth:
    """Makes answers to the questions of the first consultation."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self.session = session
        self.now = now
        self.phrases = demo.read("phrases")
        self.consultation = session.get_one(Consultation, keys.of("consultation", "grand-est"))
        self.people = People(session, now)
        self.crowd = [keys.of("participant", f"crowd-{number}") for number in range(CROWD)]
        self.questions = [
            session.get_one(Question, keys.of("question", f"{self.consultation.id}/{address}"))
            for address in ADDRESSES
        ]

    def make(self, numbers: Iterable[int], chance: Random) -> None:
        """Write one answer for each number, by a person of its own, with a few opinions."""
        opinions = OpinionWriter(self.session, self.crowd, self.now, chance)
        tables: dict[Any, list[dict[str, Any]]] = {Participant: [], Contribution: [], Statement: []}
        for number in numbers:
            at = self._at(chance)
            person = keys.of("participant", f"made-{number}")
            tables[Participant].append(
                {"id": person, "origin": f"{MARK}{number}", "created_at": at}
            )
            contribution = self._contribution(number, person, at, chance)
            tables[Contribution].append(contribution)
            answer = self._answer(number, contribution, chance)
            tables[Statement].append(answer)
            agree, mixed, disagree = (chance.randrange(most) for most in (3, 2, 2))
            opinions.draw(answer["id"], at, (agree, mixed, disagree))
        for table, rows in tables.items():
            self.session.execute(insert(table), rows)
        opinions.write()

    def _contribution(
        self, number: int, person: str, at: datetime, chance: Random
    ) -> dict[str, Any]:
        channel = chance.choice(CHANNELS)
        helped = channel != "web"
        return {
            "id": keys.of("contribution", f"made-{number}"),
            "consultation_id": self.consultation.id,
            "participant_id": person,
            "tracking_number": self.people.number(self.consultation),
            "channel": channel,
            "place": chance.choice(self.phrases["places"]) if helped else "",
            "consent": CONSENTS.get(channel, ""),
            "created_at": at,
        }

    def _answer(self, number: int, contribution: dict[str, Any], chance: Random) -> dict[str, Any]:
        question = chance.choice(self.questions)
        value = self._value(question, chance)
        text = answers.text_of(question, value)
        at = contribution["created_at"]
        return {
            "id": keys.of("statement", f"made-{number}"),
            "kind": "answer",
            "state": "published",
            "consultation_id": self.consultation.id,
            "theme_id": question.theme_id,
            "question_id": question.id,
            "contribution_id": contribution["id"],
            "participant_id": contribution["participant_id"],
            "body": text,
            "value": answers.kept_value(question, value),
            "search": searching.normalise(text),
            **self._signature(chance),
            "actor_kind": chance.choice((None, "resident", *ACTOR_KINDS)),
            "territory_code": chance.choice(self.phrases["territories"]),
            "channel": contribution["channel"],
            "place": contribution["place"],
            "created_at": at,
            "updated_at": at,
            "published_at": at,
        }

    def _value(self, question: Question, chance: Random) -> Any:
        if question.kind == "choices":
            offered = question.options["choices"]
            chosen = chance.sample(offered, chance.randint(1, question.options["max"]))
            return sorted(chosen, key=offered.index)
        paragraphs = (self._paragraph(chance) for _ in range(chance.choice((1, 1, 1, 2, 3))))
        return "\n\n".join(paragraphs)

    def _paragraph(self, chance: Random) -> str:
        parts = [
            chance.choice(self.phrases["openings"]),
            *chance.sample(self.phrases["facts"], chance.randint(1, 3)),
            *chance.sample(self.phrases["ideas"], chance.randint(1, 2)),
            chance.choice(self.phrases["endings"]),
        ]
        return " ".join(part for part in parts if part)

    def _signature(self, chance: Random) -> dict[str, str]:
        kind = chance.choice(("none", "none", "pseudonym", "name"))
        name = "" if kind == "none" else chance.choice(self.phrases["names"])
        return {"signed_as": kind, "signature": name}

    def _at(self, chance: Random) -> datetime:
        since = self.consultation.opens_at or self.now
        seconds = max(1, int((self.now - since).total_seconds()))
        return since + timedelta(seconds=chance.randrange(seconds))
