"""Cells that no spreadsheet takes for a formula, and from which the text is found again.

A cell that a spreadsheet might run (its text begins with = + - @, a tab or a carriage return, even
after spaces or quotation marks) is written after an apostrophe, and so is a text that begins with
an apostrophe itself. To read: take away one leading apostrophe where there is one.
"""

import re

_RISKY = re.compile(r"'|[\t\r\n]|[\s\"\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def safe(text: str) -> str:
    """Return a text as a cell holds it."""
    return f"'{text}" if _RISKY.match(text) else text


def recovered(cell: str) -> str:
    """Return the text that `safe` wrote as this cell."""
    return cell.removeprefix("'")
