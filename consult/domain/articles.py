"""A law text pasted whole, cut into its articles so that each can be discussed alone."""

import re
from collections import Counter
from typing import NamedTuple

_ORDINALS = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|undecies|duodecies"
_DIGITS = r"\d{1,5}(?:[-.]\d{1,4}){0,4}(?:[ \t]?(?:er|ᵉʳ))?"
_NUMBER = (
    rf"(?:(?i:premier|unique|liminaire|préliminaire)|(?:(?:LO|[LRDA])\.?[ \t*]*)?{_DIGITS}"
    rf"|[IVXLC]{{1,8}}(?:er)?)(?:[ \t](?i:{_ORDINALS})\b)?(?:[ \t][A-Z]{{1,2}}\b(?!['’]))?"
)
_ARTICLE = re.compile(
    rf"(?:\#{{1,6}}[ \t]+)?[*_]{{0,3}}(?:Article|ARTICLE|Art\.?|ART\.?)[ \t]+(?P<number>{_NUMBER})"
    r"(?:[ \t]*\((?:nouveau|supprimé)\))?[*_]{0,3}"
    r"(?:[ \t]*[:–—-]|[ \t]*\.(?=[ \t]|$)(?:[ \t]*[–—-])?|(?=[ \t]*$))(?P<rest>.*)"
)
_HEADING = re.compile(r"(?P<level>\#{1,6})[ \t]+(?P<rest>\S.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,4}|[IVXLC]{1,8})[.)][ \t]+(?P<rest>.*)")
_SECTION = re.compile(
    r"(?:\#{1,6}[ \t]+)?[*_]{0,3}(?i:livre|titre|chapitre|section|sous-section|partie)[ \t]+"
    r"(?:[IVXLC]+(?:er)?|\d+(?:er)?|(?i:premier|première|unique|préliminaire))\b"
    r"(?:[ \t]*[*_:.–—-].*|[ \t]*)"
)
_TITLE_LIMIT = 150
_MARKS = " \t*_#:–—-"


class Article(NamedTuple):
    """One article: its number as printed, its title if it has one, its text, its chapter."""

    number: str
    title: str
    body: str
    section: str = ""


class Split(NamedTuple):
    """What stands before the first article, and the articles."""

    preamble: str
    articles: list[Article]


class _Start(NamedTuple):
    row: int
    number: str
    rest: str


def split(text: str) -> Split:
    """Cut a text at its articles ("Article 1er", "Art. L. 312-1"), or at its Markdown headings.

    A sentence that begins with "Article 12 de la loi" is not a heading. The titles of chapters
    between two articles become the `section` of those that follow. A text without any heading is
    all preamble.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    starts = _article_starts(lines) or _heading_starts(lines)
    if not starts:
        return Split(text.strip(), [])
    preamble = lines[: starts[0].row]
    section = _chapter(preamble)
    articles = []
    for start, end in zip(starts, [*(one.row for one in starts[1:]), len(lines)], strict=True):
        body = lines[start.row + 1 : end]
        chapter = _chapter(body) if end < len(lines) else []
        kept = body[: len(body) - len(chapter)]
        articles.append(_made(start, kept, section))
        section = chapter or section
    return Split("\n".join(preamble).strip(), articles)


def _article_starts(lines: list[str]) -> list[_Start]:
    matches = ((row, _ARTICLE.fullmatch(line.strip())) for row, line in enumerate(lines))
    return [
        _Start(row, " ".join(match["number"].split()), match["rest"].strip(_MARKS))
        for row, match in matches
        if match
    ]


def _heading_starts(lines: list[str]) -> list[_Start]:
    """Return the headings of the first level that has several: a lone one titles the text."""
    matches = [(row, _HEADING.fullmatch(line.strip())) for row, line in enumerate(lines)]
    headings = [
        (row, match["level"], match["rest"].strip(_MARKS)) for row, match in matches if match
    ]
    levels = Counter(level for _, level, _ in headings)
    level = min(levels, key=lambda one: (levels[one] == 1, one), default="")
    chosen = [(row, title) for row, one, title in headings if one == level]
    return [_numbered(row, title, str(place)) for place, (row, title) in enumerate(chosen, start=1)]


def _numbered(row: int, title: str, place: str) -> _Start:
    match = _NUMBERED.fullmatch(title)
    return _Start(row, match["number"], match["rest"]) if match else _Start(row, place, title)


def _made(start: _Start, body: list[str], section: list[str]) -> Article:
    is_title = len(start.rest) <= _TITLE_LIMIT and not start.rest.endswith((".", ";", ","))
    title, first = (start.rest, []) if is_title else ("", [start.rest])
    words = [line.strip(_MARKS) for line in section if line.strip()]
    return Article(start.number, title, "\n".join([*first, *body]).strip(), " – ".join(words))


def _chapter(lines: list[str]) -> list[str]:
    """Return the title of a chapter, and its short lines, with which some lines end."""
    first = len(lines)
    for row in range(len(lines) - 1, -1, -1):
        line = lines[row].strip()
        if len(line) > _TITLE_LIMIT or line.endswith((".", ";")):
            break
        if _SECTION.fullmatch(line):
            first = row
    return lines[first:]
