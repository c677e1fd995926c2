"""What a list is asked for in its address; what is not understood breaks nothing."""

import re
from urllib.parse import urlencode

from flask import request

from ...domain import phases
from ...queries import consultations

ADDRESS_LIMIT = 1_000
_WORD_LIMIT = 80  # the longest address of a consultation
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def word(name: str, limit: int = _WORD_LIMIT) -> str | None:
    """Return one value of the address, without what no database keeps; None when it is empty."""
    text = _UNREADABLE.sub("", request.args.get(name, ""))[:limit].strip()
    return text or None


def filters() -> consultations.Filters:
    """Return what the list of consultations is narrowed to; an unknown phase is ignored."""
    phase = word("phase")
    return consultations.Filters(
        phase=phase if phase in phases.PHASES else None,
        territory=word("territory"),
        tag=word("tag"),
        near=word("near"),
    )


def cursor() -> str | None:
    """Return where the page starts, None for the first one."""
    return request.args.get("cursor") or None


def links(after: str | None, target: str) -> dict[str, str | None]:
    """Return the addresses of the pages around this one, and the fragment they replace."""
    return {
        "next_url": None if after is None else path(cursor=after),
        "first_url": None if cursor() is None else path(),
        "target": target,
    }


def path(**changed: str | None) -> str:
    """Return the address of this list with some of its values changed or taken away."""
    kept = (name for name in request.args if name != "cursor")
    values = {name: word(name, ADDRESS_LIMIT) for name in kept} | changed
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{request.path}?{query}" if query else request.path
