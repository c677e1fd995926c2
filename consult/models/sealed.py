"""Secrets that the site must read again, unreadable in a stolen copy of the database."""

import base64
import hmac
from collections.abc import Iterable
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

PURPOSE = b"consult: secrets of second steps"
LENGTH = 255
MARKING = b"consult: marks of what was erased"
_vault: list[MultiFernet] = []
_markers: list[bytes] = []


def use(keys: Iterable[str]) -> None:
    """Seal with a key derived from the first secret key; open with that of any of them."""
    known = list(keys)
    _vault[:] = [MultiFernet([Fernet(_derived(key)) for key in known])]
    _markers[:] = [_derived(key, MARKING) for key in known]


def seal(text: str) -> str:
    """Return what is stored of a secret."""
    return _vault[0].encrypt(text.encode()).decode()


def opened(stored: str) -> str:
    """Return a secret, or "" when none of the keys in use sealed it."""
    try:
        return _vault[0].decrypt(stored.encode()).decode()
    except InvalidToken:
        return ""


def marks(text: str) -> list[str]:
    """Return what tells a text again and says nothing of it, by each key, the present one first."""
    return [hmac.new(key, text.encode(), sha256).hexdigest() for key in _markers]


def _derived(key: str, purpose: bytes = PURPOSE) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


class Sealed(TypeDecorator[str]):
    """A short secret: sealed when it is stored, opened when it is read."""

    impl = String(LENGTH)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal what is stored."""
        return None if value is None else seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open what is read."""
        return None if value is None else opened(value)


class SealedText(Sealed):
    """A secret of any length: sealed when it is stored, opened when it is read."""

    impl = Text  # type: ignore[assignment]
    cache_ok = True
