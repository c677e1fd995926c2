"""The neutral stream: what every importer yields and every exporter takes, one object a record.

`key` is the id of the thing in its source, as text, prefixed by its type where the source numbers
each type apart ("opinion:775", "argument:12"). It is unique in a stream and at most 200 characters.
Records name each other by key, and a record comes after those it names. Instants are aware.
`agree`, `mixed` and `disagree` are opinions that the source only counted: a declared baseline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from consult.domain.signatures import NONE, Signature

UNSIGNED = Signature(NONE)
Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """The first record of a stream; `settings` are columns of the consultation, by their name.

    `edition_of` is the address of the consultation that a local edition comes from.
    """

    type: ClassVar[str] = "consultation"
    key: str
    title: str
    slug_hint: str = ""
    introduction: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    created_at: datetime | None = None
    settings: Mapping[str, Json] = field(default_factory=dict)
    edition_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever contributed, as the source knows them: an opaque id and the name it showed."""

    type: ClassVar[str] = "person"
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A chapter; `label` is its number as the organiser writes it (III), `number` its value."""

    type: ClassVar[str] = "theme"
    key: str
    number: int
    label: str
    title: str
    introduction: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; `kind` is a module of domain.questions, `options` what that kind takes.

    `common_key` is the key of the same question in the export that a local edition comes from.
    """

    type: ClassVar[str] = "question"
    key: str
    theme_key: str
    number: int
    wording: str
    kind: str = "long_text"
    easy_wording: str = ""
    context: str = ""
    why: str = ""
    help: str = ""
    example: str = ""
    options: Mapping[str, Json] = field(default_factory=dict)
    common_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What every text of a participant carries; the classes below name them."""

    key: str
    person_key: str = ""
    signature: Signature = UNSIGNED
    title: str = ""
    body: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    state: str = "published"
    state_reason: str = ""
    actor_kind: str = ""
    territory_code: str = ""
    channel: str = "web"
    place: str = ""
    agree: int = 0
    mixed: int = 0
    disagree: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Written):
    """A reply to one or several questions or, without question, to a whole theme.

    `theme_key` is given only where `question_keys` is empty. `value` is what the kind of question
    keeps; a plain text stands in `body`.
    """

    type: ClassVar[str] = "answer"
    theme_key: str = ""
    question_keys: tuple[str, ...] = ()
    value: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Written):
    """A text put to opinions; `explanation` is what its author joins to it."""

    type: ClassVar[str] = "proposal"
    theme_key: str = ""
    number: int | None = None
    position: int = 0
    explanation: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument(Written):
    """A reasoned side, for or against, on a proposal or an amendment."""

    type: ClassVar[str] = "argument"
    parent_key: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Written):
    """A reference for a proposal."""

    type: ClassVar[str] = "source"
    parent_key: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Written):
    """Another wording of a proposal: `body` is the wording, `explanation` the author's reason."""

    type: ClassVar[str] = "amendment"
    parent_key: str
    explanation: str = ""
    decision: str = ""
    decision_reason: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Written):
    """A reply, one level deep."""

    type: ClassVar[str] = "comment"
    parent_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One person's opinion on a text: agree, mixed or disagree."""

    type: ClassVar[str] = "stance"
    target_key: str
    person_key: str
    value: str
    created_at: datetime | None = None

    @property
    def key(self) -> str:
        """Return what makes an opinion unique: the text and the person."""
        return f"{self.target_key} {self.person_key}"


Record = (
    Consultation | Person | Theme | Question | Answer | Proposal | Argument | Source | Amendment
    | Comment | Stance
)  # fmt: skip
TYPES: dict[str, type[Record]] = {
    cls.type: cls
    for cls in (
        Consultation, Person, Theme, Question, Answer, Proposal, Argument, Source, Amendment,
        Comment, Stance,
    )
}  # fmt: skip
