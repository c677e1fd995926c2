"""What the two OpenDocument kinds share: the package, and text that XML can hold."""

import hashlib
from collections.abc import Iterable
from typing import TypeGuard

from ..domain import money
from ..formats import ods
from ..formats.zip_stream import Zip
from . import _text
from ._blocks import Block, Document, Illustration, Table

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
JPEG = "image/jpeg"
SPACES = (
    f'xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
    f'xmlns:text="{NAMES}:text:1.0" xmlns:style="{NAMES}:style:1.0" '
    f'xmlns:fo="{NAMES}:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:svg="{NAMES}:svg-compatible:1.0" xmlns:draw="{NAMES}:drawing:1.0" '
    'office:version="1.3"'
)


def package(media_type: str, document: Document, content: str, styles: str = "") -> bytes:
    """Return the file, with its styles and pictures if it has any.

    The same document gives the same bytes.
    """
    pictures = {picture(one): one.content for one in document.blocks if _is_shown(one)}
    others = {"content.xml": content, **({"styles.xml": styles} if styles else {})}
    kinds = dict.fromkeys(("meta.xml", *others), "text/xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in {"/": media_type, **kinds, **dict.fromkeys(pictures, JPEG)}.items()
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0" manifest:version="1.3">'
        f"{entries}</manifest:manifest>"
    )
    meta = (
        f"{XML}<office:document-meta {SPACES}><office:meta>"
        f"<dc:title>{line(_text.line(document.title))}</dc:title><dc:language>{document.locale}</dc:language>"
        "</office:meta></office:document-meta>"
    )
    out = Zip()
    parts: Iterable[tuple[str, bytes, bool]] = (
        ("mimetype", media_type.encode(), True),
        ("META-INF/manifest.xml", manifest.encode(), False),
        ("meta.xml", meta.encode(), False),
        *((name, text.encode(), False) for name, text in others.items()),
        *((name, held, True) for name, held in pictures.items()),
    )
    made = [block for name, held, stored in parts for block in out.add(name, [held], stored=stored)]
    return b"".join([*made, out.end()])


def picture(block: Illustration) -> str:
    """Return the name of a picture inside the file."""
    return f"Pictures/{hashlib.sha256(block.content).hexdigest()[:32]}.jpg"


def _is_shown(block: Block) -> TypeGuard[Illustration]:
    return isinstance(block, Illustration) and bool(block.content)


def line(text: str) -> str:
    """Return one line as XML."""
    return ods.written(text)


def paragraphs(text: str, style: str = "") -> str:
    """Return the lines of a text, each in a paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return "".join(f"<text:p{named}>{line(one)}</text:p>" for one in text.split("\n"))


def said(table: Table, place: int, value: str | int, locale: str) -> str:
    """Return what a cell says to people."""
    if isinstance(value, int) and place in table.money:
        return money.written(value, locale)
    return str(value)
