"""How a place is looked for: its postcode, its number, or its name however it is typed."""

import re
import unicodedata

from .kinds import N_

CODE = re.compile(r"FR|[A-Z]-[0-9A-Za-z]{1,18}")
POSTCODE = re.compile(r"\d{5}")
NUMBER = re.compile(r"\d{1,3}|2[AB]")
TYPED_LIMIT = 80
NAME_LIMIT = 120
COUNTRY = "FR"
GROUPING = "grouping"
LABELS = {
    "country": N_("Country"),
    "region": N_("Region"),
    "department": N_("Département"),
    "collectivity": N_("Overseas collectivity"),
    "former-region": N_("Former region"),
    GROUPING: N_("Grouping"),
    "epci": N_("Group of communes"),
    "commune": N_("Commune"),
}
_DISTRICT = re.compile(
    r"(?P<city>[a-z][a-z ]*?) ?(?P<number>\d{1,2}) ?(?:er|ere|e|eme|ieme|nd|nde|re)?"
    r"(?: arr(?:dt|ondissement)?)?"
)
_BESIDE = re.compile(r"(?P<code>[0-9]{5}) +\D+|\D+ +(?P<last>[0-9]{5})")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_SHORT = {"st": "saint", "ste": "sainte"}


def key(name: str) -> str:
    """Return a name in small letters without accents, its words apart by one space."""
    lowered = unicodedata.normalize("NFKD", name[:TYPED_LIMIT].lower().translate(_LETTERS))
    plain = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(plain))


def postcode(typed: str) -> str | None:
    """Return the postcode that was typed, alone or beside a name; None for anything else."""
    beside = _BESIDE.fullmatch(typed.strip())
    digits = beside["code"] or beside["last"] if beside else "".join(typed.split())
    return digits if POSTCODE.fullmatch(digits) and digits.isascii() else None


def number(typed: str) -> str | None:
    """Return the number of a département that was typed, 01 for 1; None for anything else."""
    digits = typed.strip().upper()
    return digits.zfill(2) if NUMBER.fullmatch(digits) and digits.isascii() else None


def district(typed: str) -> str | None:
    """Return what finds a municipal arrondissement: paris 11 for Paris 11e; None for no number."""
    found = _DISTRICT.fullmatch(key(typed))
    return f"{found['city']} {int(found['number'])}" if found else None


def is_grouping(code: str | None) -> bool:
    """Tell whether a code is that of a grouping made by an administrator."""
    return code is not None and code.startswith("G-")


def numbered(code: str, name: str) -> str:
    """Return a name, that of a commune with the number of its département: Nancy (54)."""
    if not code.startswith("M-"):
        return name
    return f"{name} ({code[2:5] if code[2:4] in ('97', '98') else code[2:4]})"


def path(code: str, above: str = "") -> str:
    """Return where a territory lies: FR/R-44/D-54/ for Meurthe-et-Moselle.

    The path of a territory begins with those of the territories it lies in.
    """
    return f"{above}{code}/"


def stem(name: str) -> str:
    """Return what the code of a grouping begins with, made from its name: G-oceanindien."""
    letters = "".join(letter for letter in key(name) if letter.isascii() and letter.isalnum())
    return f"G-{letters[:14] or 'groupe'}"
