"""The picture of a table: bars, one a row, of its first column of numbers."""

import base64

from markupsafe import Markup

from ._blocks import Table
from ._text import line

_WIDTH, _NAMES, _STEP = 640, 230, 26
_LONGEST = 34
_MOST = 40


def address(table: Table) -> str:
    """Return the picture as an address that holds it whole; "" where there is nothing to draw."""
    bars = _bars(table)
    if not table.alternative or len(bars) < 2:
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(_svg(bars).encode()).decode()


def photo(content: bytes) -> str:
    """Return a photo as an address that holds it whole."""
    return "data:image/jpeg;base64," + base64.b64encode(content).decode()


def _bars(table: Table) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for row in table.rows[:_MOST]:
        numbers = [value for value in row if isinstance(value, int)]
        words = [value for value in row if isinstance(value, str)]
        if numbers and words and numbers[0] >= 0:
            found.append((line(words[0]), numbers[0]))
    return found


def _svg(bars: list[tuple[str, int]]) -> str:
    height = _STEP * len(bars) + 4
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" '
        'font-family="DejaVu Sans, sans-serif" font-size="12">{2}</svg>'
    ).format(_WIDTH, height, Markup("").join(_rows(bars)))


def _rows(bars: list[tuple[str, int]]) -> list[Markup]:
    highest = max(number for _name, number in bars) or 1
    room = _WIDTH - _NAMES - 70
    return [
        Markup(
            '<text x="{}" y="{}" text-anchor="end" fill="#333">{}</text>'
            '<rect x="{}" y="{}" width="{}" height="16" fill="#1f6f6b"/>'
            '<text x="{}" y="{}" fill="#333">{}</text>'
        ).format(
            _NAMES - 8,
            top + 13,
            _short(name),
            _NAMES,
            top,
            long,
            _NAMES + long + 6,
            top + 13,
            number,
        )
        for (name, number), top in zip(bars, range(4, _STEP * len(bars), _STEP), strict=True)
        for long in (number * room // highest,)
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
