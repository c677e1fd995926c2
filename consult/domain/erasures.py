"""What erasing an account means: the choice about its texts, and the marks that outlive it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from .errors import RuleBroken
from .kinds import N_

WITHDRAWN: Final = "withdrawn"
KEPT: Final = "kept"
ADDRESS: Final = "address"  # what stood by itself, without an account: there is no choice
LABELS = {
    WITHDRAWN: N_("Remove my texts"),
    KEPT: N_("Leave them without my name"),
}
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) (withdrawn|kept|address) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Listed:
    """A line of the list of what was erased: the day, what became of the texts, the mark.

    That of an address says `address` in the place of its texts.
    """

    day: date
    texts: str
    mark: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.texts} {self.mark}"


def texts(raw: object) -> str:
    """Return what becomes of the texts, or raise texts-unknown."""
    if not isinstance(raw, str) or raw not in LABELS:
        raise RuleBroken("texts-unknown")
    return raw


def mark(account_id: str) -> str:
    """Return what finds an account again in an older copy, and says nothing of its owner."""
    return hashlib.sha256(f"erased:{account_id}".encode()).hexdigest()


def lines(written: Iterable[str]) -> Iterator[Listed]:
    """Read a list of what was erased; raises ValueError at a line that is not one."""
    for line in written:
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(line)
        yield Listed(date.fromisoformat(found[1]), found[2], found[3])


def words_of(email: str, name: str) -> tuple[str, ...]:
    """Return what names a person in a text: their address, and their name when it is whole.

    A first name alone names too many people.
    """
    whole = " ".join(name.split())
    return (email, whole) if " " in whole else (email,)


def addresses(text: str) -> set[str]:
    """Return the e-mail addresses that a text holds, in small letters."""
    return {found.strip(".").lower() for found in _ADDRESS.findall(text)}


def names(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text holds one of these words, whatever its accents and capitals."""
    plain = _plain(text)
    return any(re.search(rf"(?<!\w){re.escape(_plain(word))}(?!\w)", plain) for word in words)


def without(text: str, words: Sequence[str]) -> str:
    """Return a text with an ellipsis in the place of each of these words."""
    for word in words:
        text = re.sub(re.escape(word), "…", text, flags=re.IGNORECASE)
    return text


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    joined = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(joined.casefold().split())
