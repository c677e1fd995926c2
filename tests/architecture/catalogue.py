"""What the source asks to translate, and what the catalogues answer."""

import functools
import re
from dataclasses import dataclass, field

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from tests.architecture import project

PAGES = ("**/templates/**.html", "**/templates/**.txt")
METHODS = [*((pattern, "jinja2") for pattern in PAGES), ("**.py", "python")]
# A template that does not parse is an error here, not a template without messages.
OPTIONS = dict.fromkeys(PAGES, {"silent": "false", "extensions": "jinja2.ext.do"})
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}


@dataclass
class Asked:
    """A message of the source: its plural if it has one, and where it is."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


@functools.cache
def asked() -> dict[str, Asked]:
    """Return every message of the source, by its singular."""
    found: dict[str, Asked] = {}
    rows = extract_from_dir(
        project.ROOT / "consult", METHODS, options_map=OPTIONS, keywords=KEYWORDS
    )
    for file, _line, text, _comments, _context in rows:
        singular, plural = text[:2] if isinstance(text, tuple) else (text, None)
        entry = found.setdefault(singular, Asked())
        entry.plural = entry.plural or plural
        entry.places.append(str(file))
    return found


@functools.cache
def read(locale: str) -> Catalog:
    path = project.ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        return pofile.read_po(source, locale=locale, abort_invalid=True)


def singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def strings(message: Message) -> list[str]:
    text = message.string
    return list(text) if isinstance(text, tuple | list) else [text]


def messages(locale: str) -> dict[str, Message]:
    """Return a catalogue's messages, its header left out."""
    return {singular(m): m for m in read(locale) if m.id}


def fields(text: str) -> set[str]:
    """Return the names a text is filled with."""
    return set(re.findall(r"%\((\w+)\)[sd]", text)) | set(re.findall(r"\{(\w+)\}", text))


def spaced(text: str) -> str:
    """Return a French text with the spaces that no line may be broken at.

    A narrow one before : ; ! ? and a whole one inside « ».
    """
    text = re.sub("«[ \u00a0\u202f]", "«\u00a0", text)
    text = re.sub("[ \u00a0\u202f]»", "\u00a0»", text)
    return re.sub("[ \u00a0\u202f](?=[:;!?]+(?:[\\s»)<.…]|$))", "\u202f", text)
