"""Cells that no spreadsheet takes for a formula, and from which the text is found again.

A cell that a spreadsheet might run (its text begins with = + - @, a tab or a carriage return, even
after spaces or quotation marks) is written after an apostrophe, and so is a text that begins with
an apostrophe itself. To read: take away one leading apostrophe where there is one.
"""

# What a text may not begin with at all, what it may not begin with even after others, and these.
FIRST = "'\t\r\n"
RISKY = "=+-@\uff1d\uff0b\uff0d\uff20"
SKIPPED = (
    ' "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007'
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_FIRST, _RISKY = frozenset(FIRST), frozenset(RISKY)
WATCHED = "".join(sorted({*FIRST, *RISKY, *SKIPPED}))
_WATCHED = frozenset(WATCHED)


def safe(text: str) -> str:
    """Return a text as a cell holds it."""
    first = text[:1]
    if first not in _WATCHED:
        return text
    risky = first in _FIRST or text.lstrip(SKIPPED)[:1] in _RISKY
    return f"'{text}" if risky else text


def recovered(cell: str) -> str:
    """Return the text that `safe` wrote as this cell."""
    return cell.removeprefix("'")
