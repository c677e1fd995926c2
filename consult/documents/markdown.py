"""A document as Markdown (CommonMark, with tables): what people typed is never markup in it."""

import re
from collections.abc import Callable
from typing import Any

from . import _open, _text
from ._blocks import (
    Contents,
    Document,
    Fact,
    Heading,
    Illustration,
    Link,
    Listing,
    Paragraph,
    Quote,
    Table,
)

NAME = "markdown"
MEDIA_TYPE = "text/markdown"
EXTENSION = "md"
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>|~&$^#!]")
# What begins a heading, a list, a rule or a table, at the start of a line.
_AT_START = re.compile(r"([+=:-])|(\d{1,9})([.)])(?=\s|$)")


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the text, in UTF-8."""
    made = [f"# {said(document.title)}"]
    made += [_WRITERS[type(block)](block, document) for block in document.blocks]
    return ("\n\n".join(one for one in made if one) + "\n").encode()


def said(text: str) -> str:
    """Return one line, with each mark that Markdown would take for its own made plain."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", _text.line(text))
    return _AT_START.sub(_plainly, escaped, count=1) if _AT_START.match(escaped) else escaped


def _plainly(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _lines(text: str) -> str:
    """Return the lines of a text, each a paragraph."""
    return "\n\n".join(said(one) for one in _text.lines(text))


def _heading(block: Heading, _document: Document) -> str:
    return f"{'#' * min(max(block.level, 2), 6)} {said(block.text)}"


def _paragraph(block: Paragraph, _document: Document) -> str:
    return _lines(block.text)


def _fact(block: Fact, document: Document) -> str:
    label, words = _text.labelled(block.label, block.text, document.locale)
    first, *rest = _text.lines(words) or [""]
    bold = f"**{said(label)}**"
    return "\n\n".join(
        [f"{bold} {said(first)}".strip(), *([_lines("\n".join(rest))] if rest else [])]
    )


def _listing(block: Listing, _document: Document) -> str:
    return "\n".join(f"- {said(one)}" for one in block.items)


def _link(block: Link, _document: Document) -> str:
    words, target = said(block.text), _text.address(block.address)
    if not target:
        return " ".join((words, said(block.address))).strip()
    return f"[{words or said(target)}](<{target}>)"


def _quote(block: Quote, document: Document) -> str:
    parts = [said(block.by)] if block.by else []
    parts += [_link(block.link, document)] if block.link else []
    paragraphs = [said(one) for one in _text.lines(block.text)]
    paragraphs += ["— " + " · ".join(parts)] if parts else []
    return "\n>\n".join(f"> {one}" for one in paragraphs)


def _contents(block: Contents, document: Document) -> str:
    lowest = min((one.level for one in document.headings), default=2)
    items = [f"{'  ' * (one.level - lowest)}- {said(one.text)}" for one in document.headings]
    return "\n".join([f"**{said(block.title)}**", "", *items])


def _illustration(block: Illustration, _document: Document) -> str:
    target, shows = _text.address(block.address), said(block.alternative)
    return "\n\n".join(
        one for one in (f"![{shows}](<{target}>)" if target else shows, said(block.said)) if one
    )


def _table(table: Table, document: Document) -> str:
    rule = [("---:" if at in table.numbers else "---") for at in range(len(table.header))]
    rows = [
        [said(_open.said(table, at, value, document.locale)) for at, value in enumerate(row)]
        for row in table.rows
    ]
    head = [said(name) for name in table.header]
    drawn = [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
    return f"**{said(table.caption)}**\n\n" + "\n".join(drawn)


_WRITERS: dict[type, Callable[[Any, Document], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Fact: _fact,
    Listing: _listing,
    Link: _link,
    Quote: _quote,
    Contents: _contents,
    Table: _table,
    Illustration: _illustration,
}
