"""What the site prints: documents in several formats, one module a format, found by name.

A document is a title and blocks; each kind writes all of them. Adding a kind adds a file.
"""

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Protocol, cast

from ..domain.kinds import discover
from ._blocks import Block, Document, Heading, Paragraph, Table

__all__ = ["KINDS", "Block", "Document", "DocumentKind", "Heading", "Paragraph", "Table"]


class DocumentKind(Protocol):
    """What a module of this family gives."""

    NAME: str
    MEDIA_TYPE: str
    EXTENSION: str

    @staticmethod
    def write(document: Document) -> bytes:
        """Return the document as the bytes of a file."""


_found: Mapping[str, ModuleType] = discover(sys.modules[__name__])
KINDS = cast(Mapping[str, DocumentKind], _found)
