"""What the two OpenDocument kinds share: the package, and text that XML can hold."""

from collections.abc import Iterable

from ..domain import money
from ..formats import ods
from ..formats.zip_stream import Zip
from . import _text
from ._blocks import Document, Table

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = (
    f'xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
    f'xmlns:text="{NAMES}:text:1.0" xmlns:style="{NAMES}:style:1.0" '
    f'xmlns:fo="{NAMES}:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:svg="{NAMES}:svg-compatible:1.0" '
    'office:version="1.3"'
)


def package(media_type: str, document: Document, content: str, styles: str = "") -> bytes:
    """Return the file, with its styles if it has any: the same document gives the same bytes."""
    others = {"content.xml": content, **({"styles.xml": styles} if styles else {})}
    kinds = dict.fromkeys(("meta.xml", *others), "text/xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in {"/": media_type, **kinds}.items()
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
    parts: Iterable[tuple[str, str, bool]] = (
        ("mimetype", media_type, True),
        ("META-INF/manifest.xml", manifest, False),
        ("meta.xml", meta, False),
        *((name, text, False) for name, text in others.items()),
    )
    made = [
        block
        for name, text, stored in parts
        for block in out.add(name, [text.encode()], stored=stored)
    ]
    return b"".join([*made, out.end()])


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
