"""What documents are made of, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A title inside a document: 2 for a chapter, 3 for what a chapter holds."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its lines stay apart."""

    text: str


@dataclass(frozen=True)
class Fact:
    """A label and its words; a label alone introduces what follows."""

    label: str
    text: str = ""


@dataclass(frozen=True)
class Listing:
    """Lines of a list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Link:
    """Words that lead to an address of the web; any other address is only written."""

    text: str
    address: str


@dataclass(frozen=True)
class Quote:
    """What someone wrote: their words, who is said to have written them, where to read them."""

    text: str
    by: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Table:
    """A table: what it shows, its columns, its rows; amounts come as whole cents in `money`."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    # The places of the columns that hold cents: a spreadsheet adds them up, a page writes them.
    money: frozenset[int] = frozenset()
    # What a picture of it shows, in words; without them the table stands alone.
    alternative: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        """Return the places of the columns that hold numbers."""
        return frozenset(
            at for row in self.rows for at, value in enumerate(row) if isinstance(value, int)
        )


@dataclass(frozen=True)
class Illustration:
    """A picture: its bytes (JPEG, none where they are lost), its size in points, what it shows.

    `address` is where it is read; a text leads there, all other kinds hold the bytes.
    """

    content: bytes
    width: int
    height: int
    alternative: str
    caption: str = ""
    credit: str = ""
    address: str = ""

    @property
    def said(self) -> str:
        """What is written under it."""
        return " – ".join(one for one in (self.caption, self.credit) if one.strip())

    def within(self, widest: float, highest: float) -> tuple[float, float]:
        """Return its width and its height, no larger than a place, in the unit of the place."""
        scale = min(widest / self.width, highest / self.height)
        return round(self.width * scale, 2), round(self.height * scale, 2)


@dataclass(frozen=True)
class Contents:
    """The place of the table of contents: every heading of the document, under this title."""

    title: str


Block = Heading | Paragraph | Fact | Listing | Link | Quote | Table | Illustration | Contents


@dataclass(frozen=True)
class Document:
    """A document: its title, its language, and its blocks in order."""

    title: str
    locale: str
    blocks: Sequence[Block]

    @property
    def headings(self) -> list[Heading]:
        """Return its headings in order; a table of contents leads to them by their rank, from 1."""
        return [block for block in self.blocks if isinstance(block, Heading)]
