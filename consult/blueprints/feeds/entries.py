"""The entries of a feed: stable identifiers, plain text, nothing that XML cannot hold."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from ...i18n import gettext

TITLE_LENGTH = 80
SINCE = 2026  # a tag URI (RFC 4151) carries a year when its host was ours; it never changes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """One entry: what Atom (RFC 4287) asks for."""

    id: str
    title: str
    address: str
    author: str
    published: datetime
    updated: datetime
    text: str


def tag(*parts: str) -> str:
    """Return an identifier that stays the same when the site's pages move."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    return f"tag:{host},{SINCE}:{'/'.join(parts)}"


def plain(text: str) -> str:
    """Return a text without the characters that no XML file may hold."""
    return _NOT_XML.sub("", text)


def of_statement(row: Any) -> Entry:
    """Make the entry of an answer or a proposal."""
    text = plain(row.body)
    first = " ".join(text.split())
    title = plain(row.title) or (
        first if len(first) <= TITLE_LENGTH else f"{first[:TITLE_LENGTH].rstrip()}…"
    )
    return Entry(
        id=tag("statement", row.id),
        title=title or gettext("Without a title"),
        address=f"/{row.kind}s/{row.id}",
        author=plain(row.signature) or gettext("Without a name"),
        published=row.created_at,
        updated=row.updated_at,
        text=text,
    )


def of_consultation(row: Any) -> Entry:
    """Make the entry of a consultation."""
    return Entry(
        id=tag("consultation", row.id),
        title=plain(row.title),
        address=f"/consultations/{row.slug}",
        author=plain(row.asked_by) or gettext("The organiser"),
        published=row.published_at,
        updated=row.published_at,
        text=plain(row.purpose),
    )


def newest(entries: Iterable[Entry], most: int) -> list[Entry]:
    """Return the newest entries first, no more than `most`."""
    return sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)[:most]
