"""What every kind does to texts: leave out what no file can hold, tell addresses from words."""

import re

# Beside what XML refuses: the marks that would turn the direction of what is not theirs.
_REFUSED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_UNWRITABLE = re.compile(f"[{_REFUSED}]")
_BREAKS = re.compile(r"\r\n|[\r\u2028\u2029]")
_SPACES = re.compile(r"[ \t\n]+")  # those that do not break stay: they belong to the language
_ADDRESS = re.compile(rf"https?://[^\s<>\"'`{{}}|\\^{_REFUSED}]{{1,2000}}", re.IGNORECASE)
_COLONS = {"fr": "\u00a0: "}


def plain(text: str) -> str:
    """Return a text without what no XML, nor font, can hold; its lines end in one newline."""
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def line(text: str) -> str:
    """Return a text on one line."""
    return _SPACES.sub(" ", plain(text)).strip()


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [one.strip() for one in plain(text).split("\n") if one.strip()]


def address(text: str) -> str:
    """Return an address of the web as it is, "" for whatever else: a file, a script, a word."""
    return text if _ADDRESS.fullmatch(text) else ""


def labelled(label: str, text: str, locale: str) -> tuple[str, str]:
    """Return what stands before the words of a label, and the words."""
    words = plain(text)
    return (line(label) + _COLONS.get(locale, ": ") if words else line(label)), words
