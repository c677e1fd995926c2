"""Bank accounts as people type them: an IBAN that is one, a name and a BIC that banks read."""

import hashlib
from dataclasses import dataclass

from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError
from text_unidecode import unidecode

from . import clean
from .errors import RuleBroken

HOLDER_LIMIT = 70
REMITTANCE_LIMIT = 140
_MOST_BYTES = 120  # what a sealed column holds
# The countries whose accounts can be paid by a SEPA transfer.
_SEPA = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD"
    " ME MK MT NL NO PL PT RO RS SE SI SK SM VA"
)
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")


@dataclass(frozen=True)
class Account:
    """Whose account it is, its number, and its bank where it is told."""

    holder: str
    iban: str
    bic: str = ""


def read(holder: object, iban: object, bic: object = "") -> Account:
    """Return an account from what was typed.

    Raises holder-missing, holder-too-long, iban-missing, iban-unreadable,
    iban-outside (no SEPA transfer reaches it) or bic-unreadable.
    """
    name = clean.line(holder, required="holder-missing")
    if len(name) > HOLDER_LIMIT or len(name.encode()) > _MOST_BYTES or not written(name, 70):
        raise RuleBroken("holder-too-long", max=HOLDER_LIMIT)
    return Account(name, _iban(iban), _bic(bic))


def masked(iban: str) -> str:
    """Return what may be shown of a number: its country and its last four figures."""
    return f"{iban[:2]}•• •••• {iban[-4:]}" if iban else ""


def written(text: str, limit: int) -> str:
    """Return a text in the letters that banks exchange, cut at a word where one ends near."""
    plain = "".join(c if c in _ALLOWED else " " for c in unidecode(text))
    kept = " ".join(plain.split()).lstrip("/-: ")
    if len(kept) <= limit:
        return kept.rstrip("/ ")
    whole = kept[: limit + 1].rsplit(" ", 1)[0]
    return (whole if len(whole) > limit // 2 else kept[:limit])[:limit].rstrip("/ ")


def mark(iban: str, end_to_end: str) -> str:
    """Return by what a transfer is known again to have gone to an account, without its number."""
    return hashlib.sha256(f"{end_to_end}:{iban}".encode()).hexdigest()


def _iban(typed: object) -> str:
    bare = clean.line(typed, required="iban-missing").upper().removeprefix("IBAN")
    try:
        number = str(ibans.validate(bare.lstrip(" :")))
    except ValidationError as error:
        raise RuleBroken("iban-unreadable") from error
    if number[:2] not in _SEPA.split():
        raise RuleBroken("iban-outside")
    return number


def _bic(typed: object) -> str:
    bare = clean.line(typed)
    if not bare:
        return ""
    try:
        return str(bics.validate(bare))
    except ValidationError as error:
        raise RuleBroken("bic-unreadable") from error
