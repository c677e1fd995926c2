"""From a neutral record to the row of a table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import searching, stances
from ..formats import records
from ..models import Organisation, Territory
from . import organisations, territories

KEPT = frozenset({"created_at", "updated_at", "published_at", "version"})


def compared(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the columns whose change makes an update: all but the instants."""
    return [name for name in rows[0] if name not in KEPT] if rows else []


def differs(old: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a record says something else than its row."""
    return any(old[name] != row[name] for name in row if name not in KEPT)


class Maker:
    """Makes the rows of one consultation."""

    def __init__(
        self,
        session: Session,
        consultation_id: str,
        now: datetime,
        derive: Callable[[str, str, str], str],
    ) -> None:
        self.session = session
        self.consultation_id = consultation_id
        self.now = now
        self._derive = derive
        self._territories = set(session.scalars(select(Territory.code)))
        self._whole = False
        self._organisations: dict[str, Organisation] = {}

    def id(self, kind: str, key: str) -> str | None:
        """Return the id of a record's row; statements share one space of keys."""
        if not key:
            return None
        space = kind if kind in ("person", "theme", "question") else "statement"
        return self._derive(self.consultation_id, space, key)

    def row(self, record: records.Record) -> dict[str, Any]:
        """Return the row of a record."""
        match record:
            case records.Person():
                return self._person(record)
            case records.Theme():
                return self._theme(record)
            case records.Question():
                return self._question(record)
            case records.Stance():
                return self._stance(record)
            case _:
                return self._statement(cast(records.Written, record))

    def _person(self, record: records.Person) -> dict[str, Any]:
        return {
            "id": self.id("person", record.key),
            "origin": f"{self.consultation_id}/{record.key}"[:200],
            "name": record.name,
            "created_at": self.now,
        }

    def _theme(self, record: records.Theme) -> dict[str, Any]:
        return {
            "id": self.id("theme", record.key),
            "consultation_id": self.consultation_id,
            "origin": record.key,
            "number": record.number,
            "label": record.label,
            "position": record.position or record.number,
            "title": record.title,
            "introduction": record.introduction,
        }

    def _question(self, record: records.Question) -> dict[str, Any]:
        return {
            "id": self.id("question", record.key),
            "consultation_id": self.consultation_id,
            "theme_id": self.id("theme", record.theme_key),
            "origin": record.key,
            "number": record.number,
            "kind": record.kind,
            "wording": record.wording,
            "easy_wording": record.easy_wording,
            "context": record.context,
            "why": record.why,
            "help": record.help,
            "example": record.example,
            "options": dict(record.options),
            "search": searching.normalise(f"{record.wording} {record.context}"),
        }

    def _stance(self, record: records.Stance) -> dict[str, Any]:
        at = record.created_at or self.now
        return {
            "statement_id": self.id("statement", record.target_key),
            "participant_id": self.id("person", record.person_key),
            "value": stances.CODES[record.value],
            "created_at": at,
            "updated_at": at,
        }

    def _statement(self, record: records.Written) -> dict[str, Any]:
        at = record.created_at or self.now
        signature = record.signature
        organisation = signature.kind == "organisation" and self._organisation(signature.text)
        title, body = record.title, record.body
        return {
            "id": self.id("statement", record.key),
            "kind": record.type,  # type: ignore[attr-defined]
            "state": record.state,
            "consultation_id": self.consultation_id,
            "origin": record.key,
            "participant_id": self.id("person", record.person_key),
            "title": title,
            "body": body,
            "search": searching.normalise(f"{title} {body}"),
            "signed_as": signature.kind,
            "signature": signature.text,
            "function": signature.function,
            "speaks_from": signature.speaks_from,
            "organisation_id": organisation.id if organisation else None,
            "actor_kind": record.actor_kind or None,
            "territory_code": self._territory(record.territory_code),
            "channel": record.channel,
            "place": record.place,
            "state_reason": record.state_reason,
            "declared_agree": record.agree,
            "declared_mixed": record.mixed,
            "declared_disagree": record.disagree,
            "created_at": at,
            "updated_at": record.updated_at or at,
            "published_at": at if record.state == "published" else None,
            **self._own(record),
        }

    def _own(self, record: records.Written) -> dict[str, Any]:
        """Return the columns of the record's own kind, the same ones for every kind."""
        questions = getattr(record, "question_keys", ())
        number = getattr(record, "number", None)
        return {
            "theme_id": self.id("theme", getattr(record, "theme_key", "")),
            "question_id": self.id("question", questions[0]) if questions else None,
            "parent_id": self.id("statement", getattr(record, "parent_key", "")),
            "position": getattr(record, "position", 0) or number or 0,
            "explanation": getattr(record, "explanation", ""),
            "value": getattr(record, "value", None),
            "side": getattr(record, "side", None),
            "link": getattr(record, "link", ""),
            "decision": getattr(record, "decision", "") or None,
            "decision_reason": getattr(record, "decision_reason", ""),
            "decided_at": getattr(record, "decided_at", None),
        }

    def ties(self, answers: Sequence[records.Record]) -> list[dict[str, Any]]:
        """Return the further questions of long answers: all but the first."""
        return [
            {
                "statement_id": self.id("statement", record.key),
                "question_id": self.id("question", key),
            }
            for record in answers
            if isinstance(record, records.Answer)
            for key in record.question_keys[1:]
        ]

    def _read_territories(self) -> None:
        """Load the whole tree at the first commune that is not there."""
        if not self._whole and territories.load(self.session):
            self._territories = set(self.session.scalars(select(Territory.code)))
        self._whole = True

    def _territory(self, code: str) -> str | None:
        if code.startswith(("E-", "M-")) and code not in self._territories:
            self._read_territories()
        return code if code in self._territories else None

    def _organisation(self, name: str) -> Organisation:
        if name not in self._organisations:
            self._organisations[name] = organisations.named(self.session, name, now=self.now)
        return self._organisations[name]
