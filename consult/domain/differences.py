"""What an amendment changes: the words removed and the words added, in the order of the text."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Op = Literal["same", "removed", "added"]
Piece = tuple[Op, str]

WORD_LIMIT = 4_000
_STRETCH = 1_500
_SENTENCE = re.compile(r".+?(?:[.!?;:…]\s+|\n+|\Z)|\n+", re.DOTALL)
_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other.

    The "same" and "removed" pieces make `before`, the "same" and "added" ones make `after`.
    Sentences are compared first, then the words of those that changed. Beyond 4,000 words the
    sentences alone are compared, so that no text can hold a server.
    """
    by_words = max(len(_WORD.findall(before)), len(_WORD.findall(after))) <= WORD_LIMIT
    pieces: list[Piece] = []
    for old, new in _stretches(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        if by_words and old and new and old != new:
            words = _stretches(_WORD.findall("".join(old)), _WORD.findall("".join(new)))
            for old_words, new_words in words:
                pieces += _pieces("".join(old_words), "".join(new_words))
        else:
            pieces += _pieces("".join(old), "".join(new))
    return _joined(pieces)


def _pieces(old: str, new: str) -> list[Piece]:
    return [("same", old)] if old == new else [("removed", old), ("added", new)]


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the matched stretches of two lists of tokens; equal ones did not change.

    What the two lists begin and end with is set aside first; a middle longer than the bound is
    one change, since the time of a comparison grows with the square of its length.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield old[:head], new[:head]
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(middle_old), len(middle_new)) > _STRETCH:
        yield middle_old, middle_new
    else:
        for _, a, b, c, d in SequenceMatcher(None, middle_old, middle_new).get_opcodes():
            yield middle_old[a:b], middle_new[c:d]
    yield old[len(old) - tail :], new[len(new) - tail :]


def _common(old: list[str], new: list[str]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        length += 1
    return length


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours of one kind, and put what is removed before what replaces it."""
    joined: list[Piece] = []
    for unchanged, group in groupby(filter(_says, pieces), key=lambda piece: piece[0] == "same"):
        together = list(group)
        ops: tuple[Op, ...] = ("same",) if unchanged else ("removed", "added")
        joined += [(op, "".join(text for one, text in together if one == op)) for op in ops]
    return list(filter(_says, joined))


def _says(piece: Piece) -> bool:
    return piece[1] != ""
