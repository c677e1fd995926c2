"""A synthesis as it is published: every page, file and answer of the API is made from this alone.

The canonical form is JSON with sorted keys and no spaces; its digest names the version. Two
compositions of the same state are equal to the byte.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Quote:
    """A passage that proves a part: its words, who is said to have written them, where to read it.

    `by` is empty for a text without a name; `path` is an address of this site, "/answers/...".
    """

    text: str
    by: str = ""
    place: str = ""
    path: str = ""
    source: str = ""  # the kind of the source: answer, proposal, minutes, hearing ...
    statement: str = ""  # the text of the site that it comes from, by its id
    held: str = ""  # the document of a room or the hearing that it comes from, by its id


@dataclass(frozen=True)
class Figures:
    """A table of whole numbers: what it counts, its columns, its rows (words first)."""

    caption: str
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str | int]] = ()


@dataclass(frozen=True)
class Picture:
    """A picture: where it is read, the digest of its bytes, its size, what it shows in words."""

    id: str
    path: str
    sha256: str
    width: int
    height: int
    alternative: str
    credit: str = ""


@dataclass(frozen=True)
class Part:
    """A block in its place: `number` is "2" for a chapter, "2.1" for what it holds."""

    id: str
    kind: str
    label: str  # the name of its kind in the synthesis' language
    number: str
    title: str = ""
    body: str = ""  # paragraphs apart by an empty line
    details: Sequence[tuple[str, str]] = ()  # what else it says: a label and its words
    link: str = ""
    figures: Figures | None = None
    quotes: Sequence[Quote] = ()
    picture: Picture | None = None

    @property
    def is_chapter(self) -> bool:
        """Tell whether it begins a chapter."""
        return "." not in self.number


@dataclass(frozen=True)
class Given:
    """What became of a part, a proposal or a question: the verdict, why, what it led to.

    `part` is the id of the part it answers; for the others `title` and `path` say what it answers,
    and `statement` which text of the site that is.
    """

    verdict: str  # a code of domain/outcomes.py
    label: str  # the verdict in the synthesis' language
    body: str
    decision: str = ""
    link: str = ""
    day: str = ""
    part: str = ""
    title: str = ""
    path: str = ""
    statement: str = ""


@dataclass(frozen=True)
class Followed:
    """What happened since to a part of the last edition's synthesis."""

    kind: str  # the name of its kind of block
    title: str
    path: str
    state: str  # a code of domain/follow_ups.py
    label: str  # the state in the synthesis' language
    body: str = ""
    link: str = ""
    day: str = ""


@dataclass(frozen=True)
class Composed:
    """The whole: what surrounds the parts, the parts in order, the counts, where the journal was.

    `counts` are labels with whole numbers, the first being the total that the others add up to.
    """

    slug: str
    title: str
    locale: str
    consultation: str
    asked_by: str
    period: str
    number: int  # of the version; 0 for a draft
    published: str = ""  # the day in words
    method: str = ""
    foreword: str = ""
    foreword_by: str = ""
    parts: Sequence[Part] = ()
    counts: Sequence[tuple[str, int]] = ()
    credits: Sequence[str] = ()
    notes: str = ""
    glossary: str = ""
    imprint: str = ""
    journal_head: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)  # the headings, in its language
    outcomes: Sequence[Given] = ()  # as they were said on the day of the publication
    follow_up: Sequence[Followed] = ()
    followed: tuple[str, str] = ("", "")  # the title and the path of the last edition's synthesis


# The kinds of blocks that say what people say: each rests on a passage.
CLAIMS = ("finding", "key_idea", "challenge", "proposition", "quotation", "disagreement")
# What was not there when the first versions were published: left out where there is none, so that
# a version keeps its bytes and its digest.
_LATER = ("outcomes", "follow_up", "followed")


def canonical(composed: Composed) -> str:
    """Return the canonical JSON text of a composition.

    What came into the form later is written only where it says something: a version of before
    keeps its digest.
    """
    raw = asdict(composed)
    for name in _LATER:
        if not any(raw[name]):
            del raw[name]
    for part in raw["parts"]:
        if part["picture"] is None:
            del part["picture"]
        for quote in part["quotes"]:
            if not quote["held"]:
                del quote["held"]
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unproven(composed: Composed) -> Sequence[Part]:
    """Return the parts that say what people say, and show no passage for it."""
    return [part for part in composed.parts if part.kind in CLAIMS and not part.quotes]


def quoting(composed: Composed) -> Mapping[str, Sequence[Part]]:
    """Return the parts that quote each text of the site, in order, by its id."""
    found: dict[str, list[Part]] = {}
    for part in composed.parts:
        for statement in {quote.statement for quote in part.quotes if quote.statement}:
            found.setdefault(statement, []).append(part)
    return found


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """Return the bytes of a canonical text; what no file can hold becomes a question mark."""
    return text.encode("utf-8", "replace")


def read(text: str) -> Composed:
    """Return the composition that a canonical text holds."""
    raw: dict[str, Any] = json.loads(text)
    parts = tuple(_part(one) for one in raw.pop("parts"))
    counts = tuple((str(label), int(number)) for label, number in raw.pop("counts"))
    outcomes = tuple(Given(**one) for one in raw.pop("outcomes", ()))
    follow_up = tuple(Followed(**one) for one in raw.pop("follow_up", ()))
    title, path = raw.pop("followed", ("", ""))
    return Composed(
        **{**raw, "credits": tuple(raw["credits"])},
        parts=parts,
        counts=counts,
        outcomes=outcomes,
        follow_up=follow_up,
        followed=(title, path),
    )


def _part(raw: dict[str, Any]) -> Part:
    figures, picture = raw.pop("figures"), raw.pop("picture", None)
    quotes = tuple(Quote(**one) for one in raw.pop("quotes"))
    details = tuple((str(label), str(words)) for label, words in raw.pop("details"))
    table = (
        Figures(
            figures["caption"],
            tuple(figures["header"]),
            tuple(tuple(row) for row in figures["rows"]),
        )
        if figures
        else None
    )
    shown = Picture(**picture) if picture else None
    return Part(**raw, figures=table, quotes=quotes, details=details, picture=shown)
