"""What a text may hold and a person should look at first; a sign decides nothing."""

import re
import unicodedata
from collections.abc import Iterable

from .kinds import N_

PHONE, EMAIL, IBAN, WORD = "phone", "email", "iban", "word"
LABELS = {
    PHONE: N_("May give a phone number"),
    EMAIL: N_("May give an e-mail address"),
    IBAN: N_("May give a bank account"),
    WORD: N_("Holds a watched word"),
}
MOST_WORDS = 500
_READ = 20_000

# French numbers, overseas ones too, written with or without spaces, dots and hyphens.
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)(?:33|262|508|59[046]|68[179])[ .-]?(?:\(0\))?|0)"
    r"[1-9](?:[ .-]?\d){5,8}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[0-9A-Za-z]){11,30}(?!\w)")
_LETTERS = re.compile(r"[^\W_]+")


def of(text: str, words: Iterable[str] = ()) -> list[str]:
    """Return the signs that a text shows: a phone number, an address, an account, a word.

    `words` are as `watched` returns them.
    """
    read = text[:_READ]
    found = [PHONE] if any(_is_phone(one.group()) for one in _PHONE.finditer(read)) else []
    if _EMAIL.search(read):
        found.append(EMAIL)
    if any(_is_iban(one.group()) for one in _IBAN.finditer(read)):
        found.append(IBAN)
    plain = f" {_plain(read)} "
    if any(f" {word} " in plain for word in words):
        found.append(WORD)
    return found


def watched(raw: str) -> list[str]:
    """Return the words of a list written one a line, without case nor accents, each once."""
    words = (_plain(line) for line in raw.splitlines())
    return list(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_LETTERS.findall(bare))


def _is_phone(text: str) -> bool:
    """Tell whether there are as many digits as in a number: ten at home, others from abroad."""
    digits = re.sub(r"\D", "", text)
    if text.startswith(("+", "00")):
        return 8 <= len(digits.removeprefix("00")) <= 13
    return len(digits) == 10


def _is_iban(text: str) -> bool:
    """Check the remainder by 97 (ISO 13616) of what is written like an account number."""
    compact = re.sub(r"\s", "", text).upper()
    return any(_remainder(compact[:end]) == 1 for end in range(len(compact), 14, -1))


def _remainder(account: str) -> int:
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97
