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
    "key": ("identifiant de la ligne dans cet export", "identifier of the row in this export"),
    "title": ("titre", "title"),
    "body": ("texte", "text"),
    "signature_as": (
        "comment l'auteur signe : none (sans nom), pseudonym (pseudonyme), name (nom), "
        "organisation (structure)",
        "how the author signs: none, pseudonym, name or organisation",
    ),
    "signature": (
        "pseudonyme, nom ou structure montrés sous le texte",
        "pseudonym, name or organisation shown under the text",
    ),
    "function": (
        "fonction de l'auteur dans la structure",
        "function of the author in the organisation",
    ),
    "speaks_from": (
        "position que l'auteur a déclarée en signant",
        "position that the author declared when they signed",
    ),
    "actor_kind": ("sorte d'auteur, quand elle est dite", "kind of author, where it is said"),
    "territory_code": (
        "territoire de l'auteur, quand il est dit",
        "territory of the author, where it is said",
    ),
    "channel": (
        "par où il est venu : web (site), paper (papier), phone (téléphone), desk (guichet), "
        "workshop (atelier)",
        "how it came: web, paper, phone, desk or workshop",
    ),
    "place": ("lieu où il a été recueilli", "place where it was collected"),
    "state": (
        "published (public), withdrawn (retiré), hidden (masqué), pending (à lire), "
        "awaiting (à confirmer), to_correct (à corriger)",
        "published, withdrawn, hidden, pending, awaiting or to_correct",
    ),
    "state_reason": ("pourquoi il est dans cet état", "why it is in this state"),
    "created_at": ("quand il a été envoyé (UTC)", "when it was sent (UTC)"),
    "updated_at": (
        "quand il a changé pour la dernière fois (UTC)",
        "when it was last changed (UTC)",
    ),
    "agree": ("nombre d'avis : d'accord", "number of opinions: agree"),
    "mixed": ("nombre d'avis : mitigé", "number of opinions: mixed"),
    "disagree": ("nombre d'avis : pas d'accord", "number of opinions: disagree"),
}
_SIGNATURE = {
    "signature_as": "kind",
    "signature": "text",
    "function": "function",
    "speaks_from": "speaks_from",
}
_JSON = ("value", "options")
_PARENT = {
    "parent_key": ("identifiant du texte dont il dépend", "identifier of the text it belongs to")
}
_THEME = {"theme_key": ("identifiant du thème", "identifier of the theme")}


@dataclass(frozen=True)
class Layout:
    """One table: its name and its columns, each with what it holds, in French and in English."""

    name: str
    columns: dict[str, tuple[str, str]]

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return list(self.columns)


LAYOUTS = {
    "theme": Layout(
        "themes",
        {
            "key": _TEXT["key"],
            "position": ("rang", "rank"),
            "number": ("numéro", "number"),
            "label": ("numéro tel que l'organisateur l'écrit", "number as the organiser writes it"),
            "title": ("titre", "title"),
            "introduction": ("introduction", "introduction"),
        },
    ),
    "question": Layout(
        "questions",
        {
            "key": _TEXT["key"],
            **_THEME,
            "number": ("numéro dans le thème", "number in the theme"),
            "kind": ("sorte de question", "kind of question"),
            "wording": ("texte de la question", "wording"),
            "easy_wording": ("texte en langage facile", "wording in easy language"),
            "context": ("contexte", "context"),
            "why": ("pourquoi cette question", "why this question"),
            "help": ("aide", "help"),
            "example": ("exemple de réponse", "example of an answer"),
            "options": (
                "réglages de cette sorte de question, en JSON",
                "options of the kind, as JSON",
            ),
            "common_key": (
                "identifiant de la même question dans la consultation d'où elle vient",
                "identifier of the same question in the consultation it comes from",
            ),
        },
    ),
    "answer": Layout(
        "answers",
        {
            "key": _TEXT["key"],
            "theme_key": (
                "identifiant du thème, pour une réponse à tout un thème",
                "identifier of the theme, for an answer to a whole theme",
            ),
            "question_keys": (
                "identifiants des questions, séparés par une espace",
                "identifiers of the questions, apart by a space",
            ),
            "value": (
                "réponse à une question qui n'est pas un texte, en JSON",
                "answer to a question that is not a text, as JSON",
            ),
            **_TEXT,
        },
    ),
    "proposal": Layout(
        "proposals",
        {
            "key": _TEXT["key"],
            **_THEME,
            "number": ("numéro, s'il en a un", "number, where it has one"),
            "position": ("rang", "rank"),
            **_TEXT,
            "explanation": ("explication de son auteur", "explanation by its author"),
            "link": (
                "adresse dans le site d'où elle vient",
                "address in the platform it comes from",
            ),
        },
    ),
    "argument": Layout(
        "arguments",
        {
            "key": _TEXT["key"],
            **_PARENT,
            "side": ("for (pour) ou against (contre)", "for or against"),
            **_TEXT,
        },
    ),
    "source": Layout(
        "sources", {"key": _TEXT["key"], **_PARENT, "link": ("adresse", "address"), **_TEXT}
    ),
    "amendment": Layout(
        "amendments",
        {
            "key": _TEXT["key"],
            **_PARENT,
            **_TEXT,
            "explanation": ("raison donnée par son auteur", "reason given by its author"),
            "decision": (
                "accepted (accepté) ou refused (refusé), vide tant que rien n'est décidé",
                "accepted or refused, empty while undecided",
            ),
            "decision_reason": (
                "raison donnée par l'organisateur",
                "reason given by the organiser",
            ),
            "decided_at": ("quand cela a été décidé (UTC)", "when it was decided (UTC)"),
        },
    ),
    "comment": Layout("comments", {"key": _TEXT["key"], **_PARENT, **_TEXT}),
}
DICTIONARY = Layout(
    "dictionary",
    {
        "table": ("table", "table"),
        "column": ("colonne", "column"),
        "signification": ("ce que la colonne contient", "what the column holds, in French"),
        "meaning": ("ce que la colonne contient, en anglais", "what the column holds"),
    },
)


def dictionary(licence: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of the dictionary: how the data may be used, then each column."""
    if licence:
        yield "(all)", "(licence)", licence, licence
    for layout in LAYOUTS.values():
        for column, (in_french, in_english) in layout.columns.items():
            yield layout.name, column, in_french, in_english


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
