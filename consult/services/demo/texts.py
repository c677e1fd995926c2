"""What people wrote: answers, proposals and all that hangs on them, with their opinions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ...domain import questions, searching
from ...models import AnswerQuestion, Draft, Outcome, Revision, Statement
from .. import answers, drafts, proposals
from . import keys
from .frames import Frame
from .opinions import OpinionWriter
from .people import People

REPLIES = ("amendment", "argument", "source", "comment")
KEPT = ("title", "explanation", "link", "side", "decision", "decision_reason")
BLANK: Mapping[str, Any] = {
    "theme_id": None, "question_id": None, "parent_id": None, "value": None, "position": 0,
    "title": "", "body": "", "explanation": "", "link": "", "side": None, "decision": None,
    "decision_reason": "", "decided_at": None, "version": 1,
}  # fmt: skip

ARTICLE: Mapping[str, Any] = {
    "participant_id": None, "contribution_id": None, "function": "", "organisation_id": None,
    "actor_kind": None, "territory_code": None, "channel": "web", "place": "",
}  # fmt: skip


class TextWriter:
    """Gathers the texts of one consultation, then writes them in a few statements."""

    def __init__(self, session: Session, frame: Frame, people: People, chance: Random) -> None:
        self.session = session
        self.frame = frame
        self.people = people
        self.chance = chance
        self.opinions = OpinionWriter(session, people.crowd, people.now, chance)
        self._texts: list[dict[str, Any]] = []
        self._replies: list[dict[str, Any]] = []
        self._revisions: list[dict[str, Any]] = []
        self._further: list[dict[str, Any]] = []

    def answer(self, entry: Mapping[str, Any]) -> None:
        """Take an answer to a question, to several, or to a whole theme."""
        addresses = entry.get("question", [])
        addresses = [addresses] if isinstance(addresses, str) else addresses
        asked = [self.frame.questions[address] for address in addresses]
        row = self._row("answer", entry)
        if asked:
            first = asked[0]
            said = entry["value"] if "value" in entry else entry["body"]
            value = questions.kind(first.kind).read_json(said, answers.options_of(first))
            row["theme_id"], row["question_id"] = first.theme_id, first.id
            row["body"] = answers.text_of(first, value)
            row["value"] = answers.kept_value(first, value)
        else:
            row["theme_id"] = self.frame.themes[entry["theme"]]
        self._take(self._texts, row, entry)
        for other in asked[1:]:
            self._further.append({"statement_id": row["id"], "question_id": other.id})

    def proposal(self, entry: Mapping[str, Any], *, theme: str, position: int) -> None:
        """Take an article, or an idea when it has an author."""
        row = self._row("proposal", entry)
        row["theme_id"], row["position"] = self.frame.themes[theme], position
        self._take(self._texts, row, entry)

    def draft(self, entry: Mapping[str, Any]) -> None:
        """Keep a text that its author has not sent."""
        at = self._at(entry["day"])
        row = {
            "participant_id": self.people.participant(entry["author"]),
            "target": drafts.target(self.frame.questions[entry["question"]].id),
            "form": entry["form"],
            "created_at": at,
            "updated_at": at,
        }
        self.session.execute(insert(Draft), [row])

    def outcome(self, entry: Mapping[str, Any]) -> None:
        """Say what became of a question or of a text."""
        key = entry.get("answer") or entry.get("proposal")
        question = self.frame.questions.get(entry.get("question", ""))
        at = self._evening(entry["day"])
        row = {
            "id": keys.of("outcome", f"{self.frame.consultation.id}/{key or entry['question']}"),
            "consultation_id": self.frame.consultation.id,
            "statement_id": keys.of("statement", key) if key else None,
            "question_id": question.id if question else None,
            "verdict": entry["verdict"],
            "body": entry["body"].strip(),
            "account_id": self.frame.consultation.owner_id,
            "created_at": at,
            "updated_at": at,
            "told_at": at,
        }
        self.session.execute(insert(Outcome), [row])

    def write(self) -> None:
        """Write what was gathered, what hangs on a text after the text."""
        for table, rows in (
            (Statement, self._texts),
            (Statement, self._replies),
            (AnswerQuestion, self._further),
            (Revision, self._revisions),
        ):
            if rows:
                self.session.execute(insert(table), rows)
        self.opinions.write()

    def _take(
        self, into: list[dict[str, Any]], row: dict[str, Any], entry: Mapping[str, Any]
    ) -> None:
        """Finish a row: its history, its opinions, what others replied."""
        if "before" in entry:
            self._revise(row, entry)
        row["search"] = searching.normalise(f"{row['title']} {row['body']}")
        into.append(row)
        if row["state"] != "published":
            return
        if row["kind"] not in ("source", "comment"):
            self.opinions.draw(row["id"], row["created_at"], entry.get("opinions"))
        for kind in REPLIES:
            for place, reply in enumerate(entry.get(kind, ()), start=1):
                key = {"key": f"{entry['key']}/{kind}-{place}"} | reply
                child = self._row(kind, key)
                child["parent_id"], child["theme_id"] = row["id"], row["theme_id"]
                if kind == "amendment":
                    child["value"] = {"on_version": 1}
                self._take(self._replies, child, key)

    def _revise(self, row: dict[str, Any], entry: Mapping[str, Any]) -> None:
        row["version"] = 2
        row["updated_at"] = self._evening(entry["changed"])
        self._revisions.append(
            {
                "statement_id": row["id"],
                "version": 1,
                "title": row["title"],
                "body": entry["before"].strip(),
                "value": None,
                "reason": entry.get("change_reason", ""),
                "created_at": row["created_at"],
            }
        )

    def _row(self, kind: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        at = self._at(entry.get("day"))
        state = entry.get("state", "published")
        return {
            **BLANK,
            "id": keys.of("statement", entry["key"]),
            "kind": kind,
            "state": state,
            "state_reason": entry.get("reason", ""),
            "consultation_id": self.frame.consultation.id,
            "body": entry.get("body", "").strip(),
            "created_at": at,
            "updated_at": at,
            "published_at": at if state in ("published", "hidden") else None,
            "decided_at": self._evening(entry["decided"]) if "decided" in entry else None,
            **{name: entry[name] for name in KEPT if name in entry},
            **self._author(kind, entry, at),
        }

    def _author(self, kind: str, entry: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Return who wrote a text and how it is signed; an article is the organiser's."""
        if kind == "proposal" and "author" not in entry:
            return {**ARTICLE} | proposals.organiser(self.frame.consultation)
        author = entry.get("author", entry["key"])
        consultation = self.frame.consultation
        organisation = entry.get("organisation", "")
        return {
            "participant_id": self.people.participant(author),
            "contribution_id": self.people.contribution(consultation, author, entry, at),
            "signed_as": entry.get("as", "none"),
            "signature": organisation or entry.get("name", ""),
            "function": entry.get("function", ""),
            "organisation_id": self.people.organisation(organisation) if organisation else None,
            "actor_kind": entry.get("actor"),
            "territory_code": entry.get("territory"),
            "channel": entry.get("channel", "web"),
            "place": entry.get("place", ""),
        }

    def _evening(self, day: int) -> datetime:
        """Return the end of a day of the consultation, when the organiser writes."""
        return self.frame.opens_at + timedelta(days=day, hours=22)

    def _at(self, day: int | None) -> datetime:
        """Return an instant of a day of the consultation; the organiser's texts are its first."""
        if day is None:
            return self.frame.opens_at - timedelta(days=2)
        minutes = self.chance.randrange(8 * 60, 21 * 60)
        return self.frame.opens_at + timedelta(days=day, minutes=minutes)
