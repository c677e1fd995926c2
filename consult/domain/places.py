"""How a place is looked for: its postcode, or its name however it is typed."""

import re
import unicodedata

from .kinds import N_

CODE = re.compile(r"FR|[A-Z]-[0-9A-Za-z]{1,18}")
POSTCODE = re.compile(r"\d{5}")
TYPED_LIMIT = 80
LABELS = {
    "country": N_("Country"),
    "region": N_("Region"),
    "department": N_("Département"),
    "collectivity": N_("Overseas collectivity"),
    "former-region": N_("Former region"),
    "epci": N_("Group of communes"),
    "commune": N_("Commune"),
}
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_SHORT = {"st": "saint", "ste": "sainte"}


def key(name: str) -> str:
    """Return a name in small letters without accents, its words apart by one space."""
    lowered = unicodedata.normalize("NFKD", name[:TYPED_LIMIT].lower().translate(_LETTERS))
    plain = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(plain))


def postcode(typed: str) -> str | None:
    """Return the postcode that was typed, with or without spaces; None for anything else."""
    digits = "".join(typed.split())
    return digits if POSTCODE.fullmatch(digits) and digits.isascii() else None
