"""The saved text of a SPIP page that asks numbered questions under themes, with its replies.

How the page is read, and what is decided where it does not say: docs/decisions/0002.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from consult.domain import numerals
from consult.domain.errors import RuleBroken
from consult.domain.signatures import NAME as BY_NAME
from consult.domain.signatures import Signature

from . import reading, text_lines
from .records import UNSIGNED, Answer, Consultation, Person, Question, Record, Theme
from .report import FormatError, Report
from .sieve import Sieve

NAME = "spip-forum-text"
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_DATED = re.compile(rf"(?:\w+ )?(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})\b(.*)", re.I)
_LABEL = re.compile(r"libellé : (.+?)(?= par |$)")
_AUTHOR = re.compile(r"\bpar (.+)$")
_THEME = re.compile(r"([IVXLC]{1,6}) ?[.:–—-] ?([^a-zà-ÿ]{3,})")
_QUESTION = re.compile(r"(\d{1,2})[.)] (?!- )(.+)")
_SEPARATOR = re.compile(r"(?:[—–] ?){3,}")
_CONTRIBUTION = re.compile(r"Contrib(?:ution)? ?(\d{1,3})\b ?[:.–—-]? ?(.*)", re.I | re.S)
_CONTEXT = re.compile(r"(.+?) : (.+\?)", re.S)
_END = re.compile(r"Réagissez ?!|Répondre à cet article|Forum sur abonnement")


@dataclass
class _Theme:
    """A theme as it is being read; `asking` until the first reply."""

    number: int
    label: str
    title: str
    introduction: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    asking: bool = True

    @property
    def heading(self) -> str:
        """Return its title under its number, as it parts a reply that spans themes."""
        return f"{self.label}. {self.title}"


@dataclass
class _Reply:
    """A contribution: its paragraphs, and the themes under which they stand, in order."""

    number: int
    marked: bool
    parts: list[tuple[_Theme, list[str]]] = field(default_factory=list)

    def add(self, theme: _Theme, paragraph: str) -> None:
        """Add a paragraph found under a theme."""
        if not self.parts or self.parts[-1][0] is not theme:
            self.parts.append((theme, []))
        self.parts[-1][1].append(paragraph)

    def body(self) -> str:
        """Return the text, its parts under the titles of their themes where there are several."""
        blocks = []
        for theme, paragraphs in self.parts:
            heading = [theme.heading] if len(self.parts) > 1 else []
            blocks.append("\n\n".join(heading + paragraphs))
        return "\n\n".join(blocks)


class _Page:
    """The parts of one page, filled paragraph after paragraph."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.dated: re.Match[str] | None = None
        self.themes: list[_Theme] = []
        self.replies: list[_Reply] = []
        self.ended = False

    def add(self, paragraph: str) -> None:
        """Put a paragraph where it belongs."""
        theme = _theme(paragraph)
        if theme:
            self.themes.append(theme)
        elif not self.themes:
            self._add_head(paragraph)
        else:
            self._add_under(self.themes[-1], paragraph)

    def _add_head(self, paragraph: str) -> None:
        found = None if self.dated else _DATED.fullmatch(paragraph)
        if found:
            self.dated = found
        else:
            self.head.append(paragraph)

    def _add_under(self, theme: _Theme, paragraph: str) -> None:
        before, separator, after = paragraph, None, ""
        if theme.asking and (separator := _SEPARATOR.search(paragraph)):
            before, after = paragraph[: separator.start()], paragraph[separator.end() :]
        if theme.asking:
            self._ask(theme, before.strip())
            theme.asking = separator is None
            before = after
        if before.strip():
            self._reply(theme, before.strip())

    def _ask(self, theme: _Theme, paragraph: str) -> None:
        found = _QUESTION.fullmatch(paragraph)
        if found and int(found[1]) == len(theme.questions) + 1:
            theme.questions.append(found[2])
        elif paragraph:
            theme.introduction.append(paragraph)

    def _reply(self, theme: _Theme, paragraph: str) -> None:
        found = _CONTRIBUTION.fullmatch(paragraph)
        if found:
            self.replies.append(_Reply(int(found[1]), marked=True))
            paragraph = found[2].strip()
        elif not self.replies:
            self.replies.append(_Reply(1, marked=False))
        if paragraph:
            self.replies[-1].add(theme, paragraph)


def read(paths: Sequence[Path], report: Report) -> Iterator[Record]:
    """Yield the consultation, its themes, its questions and the contributions of each page."""
    sieve = Sieve(report)
    for path in paths:
        for record in _records(*_page(path, report)):
            if isinstance(record, Consultation) or sieve.admits(record, path.name, 1):
                yield record


def _page(path: Path, report: Report) -> tuple[_Page, re.Match[str]]:
    page = _Page()
    for _, line in text_lines.lines(path, report.limits):
        paragraph = re.sub(r"[ \t\u00a0\u202f]+", " ", line).strip()
        if _END.match(paragraph):
            page.ended = True
            break
        if paragraph:
            page.add(paragraph)
    if page.dated is None:
        raise FormatError("no-header", file=path.name, expected="date")
    if not page.ended:
        raise FormatError("cut", file=path.name)
    if not any(theme.questions for theme in page.themes):
        raise FormatError("nothing-found", file=path.name)
    return page, page.dated


def _theme(paragraph: str) -> _Theme | None:
    found = _THEME.fullmatch(paragraph)
    if not found:
        return None
    try:
        number = numerals.theme_number(found[1])
    except RuleBroken:
        return None
    return _Theme(number, found[1], found[2].strip())


def _records(page: _Page, dated: re.Match[str]) -> Iterator[Record]:
    title = " ".join(page.head[:2]) if len(page.head) > 2 else "".join(page.head[:1])
    name = reading.slug(title)
    signature = _signature(dated)
    published = _published(dated)
    label = _LABEL.search(dated[4])
    yield Consultation(
        key=f"spip:{name}",
        title=title,
        slug_hint=name,
        introduction="\n\n".join(page.head[2:] or page.head[1:]),
        created_at=published,
        settings={"template": "forum"} | ({"tags": [label[1].strip()]} if label else {}),
    )
    for position, theme in enumerate(page.themes, 1):
        yield from _asked(theme, position)
    person = Person(key=f"person:{reading.slug(signature.text)}", name=signature.text)
    if signature.text:
        yield person
    for reply in (reply for reply in page.replies if reply.parts):
        questions = () if reply.marked else _questions(reply)
        yield Answer(
            key=f"contribution:{reply.number}",
            person_key=person.key if signature.text else "",
            signature=signature,
            theme_key="" if questions else f"theme:{reply.parts[0][0].number}",
            question_keys=questions,
            body=reply.body(),
            created_at=published,
        )


def _asked(theme: _Theme, position: int) -> Iterator[Record]:
    key = f"theme:{theme.number}"
    yield Theme(
        key=key,
        number=theme.number,
        label=theme.label,
        title=theme.title,
        introduction="\n\n".join(theme.introduction),
        position=position,
    )
    for number, text in enumerate(theme.questions, 1):
        found = _CONTEXT.fullmatch(text)
        context, wording = (found[1], found[2]) if found else ("", text)
        yield Question(
            key=f"question:{theme.number}-{number}",
            theme_key=key,
            number=number,
            context=context,
            wording=wording,
        )


def _questions(reply: _Reply) -> tuple[str, ...]:
    return tuple(
        f"question:{theme.number}-{number}"
        for theme, _ in reply.parts
        for number in range(1, len(theme.questions) + 1)
    )


def _signature(dated: re.Match[str]) -> Signature:
    found = _AUTHOR.search(dated[4])
    if not found:
        return UNSIGNED
    name, _, function = found[1].partition("/")
    return Signature(BY_NAME, name.strip(), function.strip())


def _published(dated: re.Match[str]) -> datetime | None:
    day, month, year = dated[1], dated[2].lower(), dated[3]
    return reading.instant(f"{int(day):02}/{_MONTHS.index(month) + 1:02}/{year}", "date")
