"""The words of a file: a plain text, an OpenDocument text or a Word file, nothing else of it."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..domain import files
from ..domain.errors import RuleBroken

MOST_BYTES = 20_000_000  # of the part that holds the words, once unpacked
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(KeyError, OSError, ValueError),
    *(ParseError, DefusedXmlException, RecursionError),  # a text in a text in a text ...
)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(content: bytes, name: str) -> str:
    """Return the words of a file, its paragraphs apart by an empty line.

    Raises what `domain.files.sniff` raises, and file-wordless for a file of another kind.
    """
    kind = files.sniff(content, name)
    if kind in ("txt", "csv"):
        return _plain(content)
    if kind not in _PARTS:
        raise RuleBroken("file-wordless")
    part, paragraphs = _PARTS[kind]
    try:
        found = paragraphs(fromstring(_read(content, part)))
    except _UNREADABLE:
        raise RuleBroken("file-wordless") from None
    return "\n\n".join(one for one in found if one.strip())


def _plain(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read(content: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(part) as opened:
        held = opened.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise ValueError(part)
    return held


def _odt(root: Element) -> list[str]:
    return [_odt_words(one) for one in root.iter() if one.tag in (f"{_TEXT}p", f"{_TEXT}h")]


def _odt_words(element: Element) -> str:
    said = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            said.append("\n")
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            said.append(" ")
        elif child.tag not in (f"{_TEXT}p", f"{_TEXT}note"):
            said.append(_odt_words(child))
        said.append(child.tail or "")
    return "".join(said)


def _docx(root: Element) -> list[str]:
    return [_docx_words(one) for one in root.iter(f"{_WORD}p")]


def _docx_words(paragraph: Element) -> str:
    breaks = {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": " "}
    return "".join(
        one.text or "" if one.tag == f"{_WORD}t" else breaks.get(one.tag, "")
        for one in paragraph.iter()
    )


_PARTS: dict[str, tuple[str, Callable[[Any], list[str]]]] = {
    "odt": ("content.xml", _odt),
    "docx": ("word/document.xml", _docx),
}
