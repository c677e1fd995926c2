"""Values of other tools' fields, read or refused with a Fault, alike for every importer."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .report import Fault

PARIS = ZoneInfo("Europe/Paris")
DRAFT_TEXT: Mapping[str, Any] = {
    "template": "law",
    "allows_ideas": True,
    "allows_arguments": True,
    "allows_sources": True,
    "allows_amendments": True,
}
_DAY_FIRST = re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})(?P<rest> .+)?")
_SPACED_ZONE = re.compile(r" ([+-]\d\d:?\d\d)$")
_YES = frozenset(("1", "true", "oui", "yes", "vrai"))


def instant(value: object, field: str) -> datetime | None:
    """Return an instant, None for an empty value; without a zone it is Paris time."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Fault("not-a-date", field=field, value=str(value)[:40])
    text = value.strip().removesuffix(" UTC") + ("+00:00" if value.endswith(" UTC") else "")
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        text = "{year}-{month}-{day}{rest}".format(**day_first.groupdict(default=""))
    try:
        found = datetime.fromisoformat(_SPACED_ZONE.sub(r"\1", text))
    except ValueError as error:
        raise Fault("not-a-date", field=field, value=value[:40]) from error
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


def count(value: object, field: str) -> int:
    """Return a count, 0 for an empty value."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Fault("not-a-number", field=field, value=str(value)[:40])
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,10}", value.strip()):
        raise Fault("not-a-number", field=field, value=value[:40])
    return int(value)


def yes(value: object) -> bool:
    """Return whether a cell says yes."""
    return str(value).strip().lower() in _YES


def field(thing: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return a field of a JSON object, or raise missing-field where it is not of its kind."""
    value = thing.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Fault("missing-field", field=name)
    return value


def bare(name: str) -> str:
    """Return a header without case, accents nor punctuation, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def slug(title: str) -> str:
    """Return a title as an address writes it, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
