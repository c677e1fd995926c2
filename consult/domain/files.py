"""What a file really is, told by its bytes: only documents without programs are kept."""

import re
import zipfile
from io import BytesIO

from .clean import line
from .errors import RuleBroken

MOST_BYTES = 10_000_000
NAME_LIMIT = 120
_MOST_PARTS = 3_000
_MOST_UNPACKED = 100_000_000
_MOST_RATIO = 200
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    "pdf": "application/pdf",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
}
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|macrosheets|activex|\.(?:exe|dll|js|vbs|bat|sh|html?|svg|xhtml)$"
    r"|^(?:basic|scripts)/",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"\s*<|.{0,2000}<(?:!doctype|html|svg|script|\?xml)", re.I | re.S)
_OTHERS = (b"%PDF-", b"GIF8", b"MZ", b"#!", b"{\\rtf", b"\x7fELF", b"Rar!", b"\xff\xd8\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def sniff(content: bytes, name: str) -> str:
    """Return the key of TYPES that the bytes are; the name only tells a CSV from a text.

    Raises file-missing for an empty file, file-too-large (413) and file-kind for anything else.
    """
    if not content:
        raise RuleBroken("file-missing")
    if len(content) > MOST_BYTES:
        raise RuleBroken("file-too-large", 413)
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return "jpeg"
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _plain(content, name)


def clean_name(raw: str, kind: str) -> str:
    """Return a file name safe to show and to save, ended by what the file really is."""
    last = re.split(r"[/\\]", raw)[-1]
    kept = "".join(c for c in last if c.isalnum() or c in " ._-'()’")
    stem = " ".join(kept.rsplit(".", 1)[0].split()).strip(". ") or "document"
    if _RESERVED.match(stem):
        stem = f"document {stem}"
    ending = "jpg" if kind == "jpeg" else kind
    return f"{line(stem[:NAME_LIMIT])}.{ending}"


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken("file-kind") from error


def _office(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or unpacked > packed * _MOST_RATIO:
        raise RuleBroken("file-kind")
    if any(part.flag_bits & 1 or _PROGRAMS.search(part.filename) for part in parts):
        raise RuleBroken("file-kind")
    names = {part.filename for part in parts}
    if "mimetype" in names:
        declared = _start(archive, "mimetype").decode("ascii", "replace").strip()
        return _known(declared)
    if "[Content_Types].xml" not in names:
        raise RuleBroken("file-kind")
    types = _start(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise RuleBroken("file-kind")
    for kind in ("docx", "xlsx"):
        if f"{TYPES[kind]}.main+xml".encode() in types:
            return kind
    raise RuleBroken("file-kind")


def _known(declared: str) -> str:
    for kind in ("odt", "ods"):
        if TYPES[kind] == declared:
            return kind
    raise RuleBroken("file-kind")


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read the beginning of one part: what it claims to unpack to is never trusted."""
    with archive.open(name) as part:
        return part.read(200_000)


def _plain(content: bytes, name: str) -> str:
    if content.startswith(_OTHERS) or _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise RuleBroken("file-kind")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        if b"\x00" in content:
            raise RuleBroken("file-kind") from None
        text = content.decode("cp1252", "replace")
        if "\ufffd" in text:
            raise RuleBroken("file-kind") from None
    if _CONTROL.search(text):
        raise RuleBroken("file-kind")
    return "csv" if name.lower().endswith(".csv") else "txt"
