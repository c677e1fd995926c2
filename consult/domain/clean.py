"""What a person typed, made safe to store: the same rules for every field of every form."""

import re
import unicodedata
from urllib.parse import urlsplit

from .errors import RuleBroken

TEXT_LIMIT = 20_000
LINE_LIMIT = 300
EMAIL_LIMIT = 254
LINK_LIMIT = 2_000
_ANY = 10**9  # the web refuses larger bodies long before

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_]{2,}")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W_](?:[\w-]*[^\W_])?\.?")


def text(raw: object, limit: int = TEXT_LIMIT, *, required: str = "") -> str:
    """Return several lines of text in canonical form, "" when nothing visible was typed.

    Lines end in a single newline and letters are composed (NFC), so that the same text is stored
    once whatever the machine it was typed on. Raises text-unreadable for what no database keeps
    (NUL, lone surrogates, control characters), text-too-long with `over`, the number of
    characters to remove, and the code `required`, when it is given, for an empty text.
    """
    if not isinstance(raw, str | None):
        raise RuleBroken("text-unreadable")
    unified = (raw or "").replace("\r\n", "\n").replace("\r", "\n")
    if _UNREADABLE.search(unified):
        raise RuleBroken("text-unreadable")
    cleaned = unicodedata.normalize("NFC", unified).strip()
    if not any(_is_visible(character) for character in cleaned):
        cleaned = ""
    if len(cleaned) > limit:
        raise RuleBroken("text-too-long", over=len(cleaned) - limit)
    if required and not cleaned:
        raise RuleBroken(required)
    return cleaned


def line(raw: object, limit: int = LINE_LIMIT, *, required: str = "") -> str:
    """Return one line of text in canonical form: each run of spaces or newlines is one space."""
    joined = " ".join(text(raw, limit=_ANY).split())
    return text(joined, limit=limit, required=required)


def email(raw: object, *, required: str = "") -> str:
    """Return an e-mail address in lower case, "" when nothing was typed, or email-unreadable."""
    address = line(raw, required=required).lower()
    if address and (len(address) > EMAIL_LIMIT or not _EMAIL.fullmatch(address)):
        raise RuleBroken("email-unreadable")
    return address


def link(raw: object, *, required: str = "") -> str:
    """Return a web address in http or https, "" when nothing was typed, or link-unreadable."""
    address = line(raw, LINK_LIMIT, required=required)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise RuleBroken("link-unreadable") from error
    if parts.scheme not in ("http", "https") or " " in address or not _HOST.fullmatch(host):
        raise RuleBroken("link-unreadable")
    return address


def whole(raw: object, digits: int, *, otherwise: int = 0) -> int:
    """Return the number that at most so many plain digits write; `otherwise` for anything else."""
    is_whole = isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= digits
    return int(str(raw)) if is_whole else otherwise


def _is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"
