"""What documents are made of, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A title inside a document."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its lines stay apart."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table: what it shows, its columns, its rows; amounts come as whole cents in `money`."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    # The places of the columns that hold cents: a spreadsheet adds them up, a page writes them.
    money: frozenset[int] = frozenset()


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A document: its title, its language, and its blocks in order."""

    title: str
    locale: str
    blocks: Sequence[Block]
