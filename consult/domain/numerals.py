"""Numbers as organisers write them on their themes: III, 4, B."""

import re

from .errors import RuleBroken

_STEPS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_HIGHEST = 3999


def to_roman(number: int) -> str:
    """Return a number from 1 to 3999 in Roman numerals."""
    if not 1 <= number <= _HIGHEST:
        raise RuleBroken("numeral-unreadable")
    written, left = "", number
    for value, letters in _STEPS:
        written += letters * (left // value)
        left %= value
    return written


def from_roman(letters: str) -> int:
    """Return the number that well-formed Roman numerals write, in either case."""
    upper = letters.upper()
    if not _ROMAN.fullmatch(upper):
        raise RuleBroken("numeral-unreadable")
    values = [_VALUES[letter] for letter in upper]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def theme_number(label: str) -> int:
    """Return the number behind the label of a theme: III is 3, 4 is 4, B is 2.

    One letter alone is a place in the alphabet, save I, V and X, which nobody uses that way.
    """
    bare = label.strip().rstrip(".):- ").upper()
    if re.fullmatch(r"[0-9]{1,4}", bare) and int(bare) >= 1:
        return int(bare)
    if re.fullmatch(r"[A-HJ-UWYZ]", bare):
        return ord(bare) - ord("A") + 1
    return from_roman(bare)
