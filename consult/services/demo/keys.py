"""The identifiers of the demonstration: always the same, so that its addresses stay."""

import hashlib

from ...models.base import ALPHABET, ID_LENGTH


def of(kind: str, key: str) -> str:
    """Return the id of the row that the data files call `key`."""
    number = int.from_bytes(hashlib.sha256(f"demo/{kind}/{key}".encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(ID_LENGTH))
