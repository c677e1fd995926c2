"""Tables whose rows fit a page: a text too long for its cell stands whole below the table.

A row taller than a page would be cut where no reader of the file can tell its columns any more.
The cell keeps the first words and a number, under which the whole text follows.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from . import _text
from ._blocks import Block, Document, Paragraph, Table

MOST = 1_200  # characters in a row, shared by its columns


def flowing(document: Document) -> Document:
    """Return a document whose tables have no cell that a page could not hold."""
    numbers = count(1)
    blocks = [one for block in document.blocks for one in _fitted(block, numbers)]
    return replace(document, blocks=blocks)


def _fitted(block: Block, numbers: Iterator[int]) -> list[Block]:
    if not isinstance(block, Table):
        return [block]
    notes: list[Block] = []
    most = MOST // max(len(block.header), 1)

    def cut(text: str) -> str:
        words = _text.line(text)
        if len(words) <= most:
            return text
        mark = f"[{next(numbers)}]"
        notes.append(Paragraph(f"{mark} {words}"))
        return f"{_beginning(words, most)}… {mark}"

    table = replace(
        block,
        caption=cut(block.caption),
        header=[cut(name) for name in block.header],
        rows=[[cut(one) if isinstance(one, str) else one for one in row] for row in block.rows],
    )
    return [table if notes else block, *notes]


def _beginning(words: str, most: int) -> str:
    """Return the first words, cut between two of them where there is a space to cut at."""
    start = words[: most - len("… [9999]")]
    return start.rpartition(" ")[0] or start
