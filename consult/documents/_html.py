"""A document as the elements of a page, for the kinds that are made from one."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from markupsafe import Markup

from . import _open, _picture, _text
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

_NOTHING = Markup("")


def body(document: Document) -> Markup:
    """Return its title and its blocks; everything typed is escaped."""
    ranks = count(1)
    made = [
        _heading(block, next(ranks))
        if isinstance(block, Heading)
        else _WRITERS[type(block)](block, document)
        for block in document.blocks
    ]
    title = Markup("<h1>{}</h1>\n").format(_text.line(document.title))
    return title + Markup("\n").join(made)


def _heading(heading: Heading, rank: int) -> Markup:
    level = min(max(heading.level, 2), 6)
    return Markup('<h{0} id="s{1}" dir="auto">{2}</h{0}>').format(
        level, rank, _text.line(heading.text)
    )


def _paragraph(block: Paragraph, _document: Document) -> Markup:
    return _lines(block.text)


def _lines(text: str) -> Markup:
    return _NOTHING.join(Markup('<p dir="auto">{}</p>').format(one) for one in _text.lines(text))


def _fact(block: Fact, document: Document) -> Markup:
    label, words = _text.labelled(block.label, block.text, document.locale)
    first, *rest = _text.lines(words) or [""]
    said = Markup("<p><b>{}</b><bdi>{}</bdi></p>") if first else Markup("<p><b>{}</b>{}</p>")
    return said.format(label, first) + _lines("\n".join(rest))


def _listing(block: Listing, _document: Document) -> Markup:
    items = (Markup('<li dir="auto">{}</li>').format(_text.line(one)) for one in block.items)
    return Markup("<ul>{}</ul>").format(_NOTHING.join(items))


def _link(block: Link, _document: Document) -> Markup:
    return Markup("<p>{}</p>").format(_anchor(block))


def _anchor(link: Link) -> Markup:
    words, target = _text.line(link.text), _text.address(link.address)
    if not target:
        return Markup("<bdi>{}</bdi>").format(" ".join((words, _text.line(link.address))).strip())
    return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(target, words or target)


def _quote(block: Quote, _document: Document) -> Markup:
    parts = [Markup("<bdi>{}</bdi>").format(_text.line(block.by))] if block.by else []
    parts += [_anchor(block.link)] if block.link else []
    source = Markup('<p class="by">{}</p>').format(Markup(" · ").join(parts)) if parts else _NOTHING
    return Markup("<blockquote>{}{}</blockquote>").format(_lines(block.text), source)


def _contents(block: Contents, document: Document) -> Markup:
    ranked = list(enumerate(document.headings, 1))
    return Markup('<nav aria-labelledby="contents"><p id="contents"><b>{}</b></p>{}</nav>').format(
        _text.line(block.title), _nested(ranked)
    )


def _nested(ranked: Sequence[tuple[int, Heading]]) -> Markup:
    """Return the headings as a list, those of a chapter as a list inside it."""
    items: list[Markup] = []
    at = 0
    while at < len(ranked):
        rank, heading = ranked[at]
        end = at + 1
        while end < len(ranked) and ranked[end][1].level > heading.level:
            end += 1
        inside = _nested(ranked[at + 1 : end]) if end > at + 1 else _NOTHING
        item = Markup('<li><a href="#s{}" dir="auto">{}</a>{}</li>')
        items.append(item.format(rank, _text.line(heading.text), inside))
        at = end
    return Markup("<ul>{}</ul>").format(_NOTHING.join(items)) if items else _NOTHING


def _table(table: Table, document: Document) -> Markup:
    kinds = [Markup(' class="n"') if at in table.numbers else _NOTHING for at in _places(table)]
    head = _NOTHING.join(
        Markup('<th scope="col"{}>{}</th>').format(kind, _text.line(name))
        for kind, name in zip(kinds, table.header, strict=True)
    )
    rows = _NOTHING.join(
        Markup("<tr>{}</tr>").format(
            _NOTHING.join(_cell(table, at, value, document.locale) for at, value in enumerate(row))
        )
        for row in table.rows
    )
    return _drawn(table) + Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(_text.line(table.caption), head, rows)


def _places(table: Table) -> range:
    return range(len(table.header))


def _drawn(table: Table) -> Markup:
    picture = _picture.address(table)
    if not picture:
        return _NOTHING
    drawn = Markup('<p class="drawn"><img src="{}" alt="{}"></p>')
    return drawn.format(picture, _text.line(table.alternative))


def _illustration(block: Illustration, _document: Document) -> Markup:
    """Return a picture with its words; these alone where its bytes are lost."""
    said = Markup('<p class="by" dir="auto">{}</p>').format(_text.line(block.said))
    alternative = _text.line(block.alternative)
    if not block.content:
        return Markup('<p dir="auto">{}</p>').format(alternative) + (said if block.said else "")
    image = Markup('<p class="drawn"><img class="photo" src="{}" alt="{}"></p>').format(
        _picture.photo(block.content), alternative
    )
    return image + (said if block.said else _NOTHING)


def _cell(table: Table, at: int, value: str | int, locale: str) -> Markup:
    text = _text.line(_open.said(table, at, value, locale))
    kind = Markup(' class="n"') if isinstance(value, int) else Markup(' dir="auto"')
    return Markup("<td{}>{}</td>").format(kind, text)


_WRITERS: dict[type, Callable[[Any, Document], Markup]] = {
    Paragraph: _paragraph,
    Fact: _fact,
    Listing: _listing,
    Link: _link,
    Quote: _quote,
    Contents: _contents,
    Table: _table,
    Illustration: _illustration,
}
