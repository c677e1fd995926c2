"""Pages' HTML turned into the plain paragraphs that participants' texts are made of here."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "hr", "table",
     "tr", "pre", "section", "article")
)  # fmt: skip
_SKIPPED = frozenset(("script", "style", "template", "title"))
_BREAK = re.compile(r"</?br ?/?>[ \t]*\r?\n?")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")


def to_text(html: str) -> str:
    """Return HTML as paragraphs apart by an empty line; lists as "- ", links as "text (url)"."""
    if not _MARKUP.search(html):
        return tidy(html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def typed(text: str) -> str:
    """Return what someone typed in a plain field: nothing is markup there, save line breaks."""
    return tidy(_BREAK.sub("\n", text))


def tidy(text: str) -> str:
    """Return plain text with single newlines as line ends and nothing around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


class _Reader(HTMLParser):
    """Gathers lines; an empty line is a border between paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._lists: list[int | None] = []
        self._link = ""
        self._linked = ""
        self._skipped = 0

    def text(self) -> str:
        """Return what was gathered."""
        self._end_line()
        return tidy("\n".join(self._lines))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a paragraph, a list, an entry or a link."""
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _BLOCKS:
            self._end_block()
            if tag in ("ul", "ol"):
                self._lists.append(0 if tag == "ol" else None)
        elif tag in ("li", "br", "td", "th"):
            self._begin_part(tag)
        elif tag == "a":
            self._link, self._linked = dict(attrs).get("href") or "", ""
        elif tag == "img":
            self._image(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag == "a":
            self._end_link()
        elif tag == "li":
            self._end_line()
        elif tag in _BLOCKS:
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._end_block()

    def handle_data(self, data: str) -> None:
        """Add text to the line, spaces joined as a browser joins them."""
        if self._skipped:
            return
        self._linked += data
        self._line += _SPACES.sub(" ", data)

    def _begin_part(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._line += " "
            return
        self._end_line()
        if tag == "li":
            self._begin_entry()

    def _begin_entry(self) -> None:
        mark = "- "
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            mark = f"{self._lists[-1]}. "
        self._line = "  " * (len(self._lists) - 1) + mark

    def _end_link(self) -> None:
        address, shown = self._link.strip(), _SPACES.sub(" ", self._linked).strip()
        if address and address != shown and not address.startswith("#"):
            self._line = f"{self._line.rstrip()} ({address})" if shown else self._line + address
        self._link = self._linked = ""

    def _image(self, attributes: dict[str, str | None]) -> None:
        parts = (attributes.get("alt") or "", attributes.get("src") or "")
        self._line += " ".join(part for part in (parts[0], f"({parts[1]})") if part.strip("() "))

    def _end_line(self) -> None:
        line = re.sub(r"(?<=\S) +", " ", self._line).rstrip()
        if line.strip():
            self._lines.append(line if re.match(r" *(-|\d+\.) ", line) else line.strip())
        self._line = ""

    def _end_block(self) -> None:
        # A paragraph inside a list entry does not part the entry from its mark.
        if re.fullmatch(r" *(-|\d+\.) ", self._line):
            return
        self._end_line()
        if not self._lists and self._lines and self._lines[-1]:
            self._lines.append("")
