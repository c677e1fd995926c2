"""The tables of an export: one a type, their columns in order, and what each column means.

Persons and their opinions one by one are never among them: opinions are counts.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from .records import Record, Written

_TEXT = {
    "key": "identifier of the row in this export",
    "title": "title",
    "body": "text",
    "signature_as": "how the author signs: none, pseudonym, name or organisation",
    "signature": "pseudonym, name or organisation shown under the text",
    "function": "function of the author in the organisation",
    "speaks_from": "position that the author declared when they signed",
    "actor_kind": "kind of author, where it is said",
    "territory_code": "territory of the author, where it is said",
    "channel": "how it came: web, paper, phone, desk or workshop",
    "place": "place where it was collected",
    "state": "published, withdrawn, hidden, pending, awaiting or to_correct",
    "state_reason": "why it is in this state",
    "created_at": "when it was sent (UTC)",
    "updated_at": "when it was last changed (UTC)",
    "agree": "number of opinions: agree",
    "mixed": "number of opinions: mixed",
    "disagree": "number of opinions: disagree",
}
_SIGNATURE = {
    "signature_as": "kind",
    "signature": "text",
    "function": "function",
    "speaks_from": "speaks_from",
}
_JSON = ("value", "options")
_PARENT = {"parent_key": "identifier of the text it belongs to"}
_THEME = {"theme_key": "identifier of the theme"}


@dataclass(frozen=True)
class Layout:
    """One table: its name and its columns with their meaning."""

    name: str
    columns: dict[str, str]

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return list(self.columns)


LAYOUTS = {
    "theme": Layout(
        "themes",
        {
            "key": _TEXT["key"],
            "position": "rank",
            "number": "number",
            "label": "number as the organiser writes it",
            "title": "title",
            "introduction": "introduction",
        },
    ),
    "question": Layout(
        "questions",
        {
            "key": _TEXT["key"],
            **_THEME,
            "number": "number in the theme",
            "kind": "kind of question",
            "wording": "wording",
            "easy_wording": "wording in easy language",
            "context": "context",
            "why": "why this question",
            "help": "help",
            "example": "example of an answer",
            "options": "options of the kind, as JSON",
            "common_key": "identifier of the same question in the consultation it comes from",
        },
    ),
    "answer": Layout(
        "answers",
        {
            "key": _TEXT["key"],
            "theme_key": "identifier of the theme, for an answer to a whole theme",
            "question_keys": "identifiers of the questions, apart by a space",
            "value": "answer to a question that is not a text, as JSON",
            **_TEXT,
        },
    ),
    "proposal": Layout(
        "proposals",
        {
            "key": _TEXT["key"],
            **_THEME,
            "number": "number, where it has one",
            "position": "rank",
            **_TEXT,
            "explanation": "explanation by its author",
            "link": "address in the platform it comes from",
        },
    ),
    "argument": Layout(
        "arguments", {"key": _TEXT["key"], **_PARENT, "side": "for or against", **_TEXT}
    ),
    "source": Layout("sources", {"key": _TEXT["key"], **_PARENT, "link": "address", **_TEXT}),
    "amendment": Layout(
        "amendments",
        {
            "key": _TEXT["key"],
            **_PARENT,
            **_TEXT,
            "explanation": "reason given by its author",
            "decision": "accepted or refused, empty while undecided",
            "decision_reason": "reason given by the organiser",
            "decided_at": "when it was decided (UTC)",
        },
    ),
    "comment": Layout("comments", {"key": _TEXT["key"], **_PARENT, **_TEXT}),
}
DICTIONARY = Layout(
    "dictionary",
    {"table": "table", "column": "column", "meaning": "what the column holds"},
)


def dictionary() -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the dictionary."""
    for layout in LAYOUTS.values():
        for column, meaning in layout.columns.items():
            yield layout.name, column, meaning


def row(record: Record, layout: Layout) -> list[str | int]:
    """Return the cells of a record: numbers stay numbers, the rest is text."""
    return [_cell(_value(record, column)) for column in layout.columns]


def _value(record: Record, column: str) -> object:
    if column in _SIGNATURE and isinstance(record, Written):
        return getattr(record.signature, _SIGNATURE[column])
    value = getattr(record, column)
    if column in _JSON and value is not None:
        return json.dumps(_steady(value), ensure_ascii=False)
    return value


def _steady(value: object) -> object:
    """Put names in one order, that of PostgreSQL: the shortest first, then by their bytes."""
    if isinstance(value, list):
        return [_steady(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
    return {name: _steady(value[name]) for name in names}


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return " ".join(cast(tuple[str, ...], value))
