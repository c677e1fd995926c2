"""What the site prints: documents in several formats, one module a format, found by name.

A document is a title and blocks; each kind writes all of them. Adding a kind adds a file.
"""

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Protocol, cast

from ..domain.kinds import discover
from ._blocks import (
    Block,
    Contents,
    Document,
    Fact,
    Heading,
    Illustration,
    Link,
    Listing,
    Paragraph,
    Quote,
    Table,
)

__all__ = [
    "KINDS",
    "Block",
    "Contents",
    "Document",
    "DocumentKind",
    "Fact",
    "Heading",
    "Illustration",
    "Link",
    "Listing",
    "Paragraph",
    "Quote",
    "Table",
    "offered",
]


class DocumentKind(Protocol):
    """What a module of this family gives."""

    NAME: str
    MEDIA_TYPE: str
    EXTENSION: str

    @staticmethod
    def is_ready() -> bool:
        """Tell whether this machine can make this kind."""

    @staticmethod
    def write(document: Document) -> bytes:
        """Return the document as the bytes of a file."""


_found: Mapping[str, ModuleType] = discover(sys.modules[__name__])
KINDS = cast(Mapping[str, DocumentKind], _found)


def offered(*names: str) -> list[str]:
    """Return those of the named kinds that this machine can make."""
    return [name for name in names if KINDS[name].is_ready()]
