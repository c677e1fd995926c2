"""The file of someone's data: a page to read, and the same rows for programs, in one zip."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask import Response, render_template

from ... import clock, i18n, site
from ...formats.zip_stream import Zip
from ...i18n import gettext
from ...queries.personal import PARTS
from ...services.personal import Held
from . import words

NAME = "mes-donnees"
MEDIA_TYPE = "application/zip"


def response(held: Held, owner: str) -> Response:
    """Send the zip of what is held about `owner`; nothing on the way keeps it."""
    answer = Response(list(blocks(held, owner)), mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def blocks(held: Held, owner: str) -> Iterator[bytes]:
    """Yield the bytes of the zip."""
    archive = Zip()
    readable = render_template(
        "personal/file.html",
        owner=owner,
        made_at=clock.now(),
        parts=[(gettext(one.title), _shown(held[one.key])) for one in PARTS if one.key in held],
        site_name=site.settings()["site_name"],
    )
    whole = json.dumps(held, ensure_ascii=False, indent=1, default=_plain)
    for name, text in ((f"{NAME}.html", readable), (f"{NAME}.json", whole)):
        yield from archive.add(name, [text.encode()])
    yield archive.end()


def _shown(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Return what a person reads of each row: the words of its columns, and what they hold."""
    return [
        [(words.column(name), _words(name, row[name])) for name in row if _says(row, name)]
        for row in rows
    ]


def _says(row: dict[str, Any], name: str) -> bool:
    """Tell whether a column says something, which the text beside it does not say already."""
    twice = isinstance(row[name], dict) and bool(row.get("body"))
    return row[name] not in (None, "") and not twice


def _words(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return i18n.instant(value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return words.value(name, value)


def _plain(value: Any) -> str:
    """Write what JSON has no form for: days and instants."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} in the data of a person")
