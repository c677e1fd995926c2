"""What people typed, shown as paragraphs: all of it escaped, addresses made into links."""

import re

from markupsafe import Markup, escape

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_AFTER = ".,;:!?…»”)]"
_PAIRS = {")": "(", "]": "["}
_ADDRESS_LIMIT = 2_000


def paragraphs(text: str | None) -> Markup:
    """Return a plain text as paragraphs; nothing typed is markup, whatever it looks like."""
    parts = [part.strip() for part in _BLANK.split(text or "") if part.strip()]
    return Markup("\n").join(Markup("<p>{}</p>").format(_lines(part)) for part in parts)


def readable(text: str) -> str:
    """Return what was typed without what no page can hold, to give it back for correction."""
    return _UNREADABLE.sub("", text)


def _lines(part: str) -> Markup:
    return Markup("<br>\n").join(_linked(line.strip()) for line in part.split("\n"))


def _linked(line: str) -> Markup:
    """Escape a line, and make links of the web addresses in it."""
    pieces: list[Markup] = []
    end = 0
    for match in _ADDRESS.finditer(line):
        address = _trimmed(match.group())
        if len(address) > _ADDRESS_LIMIT or address.endswith("://"):
            continue
        pieces.append(escape(line[end : match.start()]))
        link = Markup('<a href="{0}" rel="nofollow ugc noopener">{0}</a>')
        pieces.append(link.format(address))
        end = match.start() + len(address)
    return Markup("").join([*pieces, escape(line[end:])])


def _trimmed(address: str) -> str:
    """Leave out the marks that end the sentence, not the brackets that belong to the address."""
    while address and address[-1] in _AFTER:
        opening = _PAIRS.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address
