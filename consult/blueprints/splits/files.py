"""The files of a split: its record, and the table that the command shares again."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, abort, request, stream_with_context

from ...access import requires
from ...documents import KINDS, Block, Document, Paragraph, Table, offered
from ...domain import chain, money, sharing
from ...domain.errors import RuleBroken
from ...domain.kept_splits import Line
from ...extensions import db, limiter
from ...i18n import gettext, locale, percent
from ...models import SplitDecision, SplitEnvelope
from ...queries import splits as queries
from . import load, words
from .routes import bp

BATCH = 500
MOST_PRINTED = 2_000
_ = gettext
HEADER = ("project", "claim", "minimum", "maximum", "priority", "award")


@bp.get("/open-calls/<slug>/split.json")
@requires("call.read")
def record(slug: str) -> Response:
    """Send the record of a split: its bytes are those whose digest is published."""
    found = load.published(slug)
    whole = db.session.scalars(queries.whole(found.decision.id)).one()
    response = Response(chain.encode(whole.record), mimetype="application/json")
    return _named(response, f"{slug}.json")


@bp.get("/open-calls/<slug>/split.csv")
@requires("call.read")
def table(slug: str) -> Response:
    """Send what an envelope was shared between, in the order that settles equal requests."""
    found = load.published(slug)
    envelopes = load.envelopes(found.decision)
    asked = request.args.get("envelope", "1")
    if not load.NUMBER.fullmatch(asked) or int(asked) > len(envelopes):
        abort(404)
    envelope = envelopes[int(asked) - 1]
    text = _written(found.decision, envelope)
    response = Response(stream_with_context(text), mimetype="text/csv")
    return _named(response, words.file_name(slug, envelope, len(envelopes)))


@bp.get("/open-calls/<slug>/split.<any(pdf, ods, odt):kind>")
@requires("call.read")
@limiter.limit("20 per minute")
def printed(slug: str, kind: str) -> Response:
    """Send the result as a file to print or to keep, without what only programs read."""
    found = load.published(slug)
    if found.decision.projects > MOST_PRINTED:
        raise RuleBroken("split-too-long-to-print", 409)
    return sent(_document(found), f"{slug}-{found.decision.number}", kind)


def sent(document: Document, name: str, kind: str) -> Response:
    """Send a document as a file of a kind; document-kind-lacking (409) where it cannot be made."""
    if not offered(kind):
        raise RuleBroken("document-kind-lacking", 409)
    response = Response(KINDS[kind].write(document), mimetype=KINDS[kind].MEDIA_TYPE)
    return _named(response, f"{name}.{kind}")


def _document(found: load.Found) -> Document:
    call, decision = found.call, found.decision
    rows, _after = load.lines(decision, "number", None, MOST_PRINTED)
    columns = (_("Project"), _("Asked"), _("Received"), _("Share"))
    table = Table(
        _("What each project receives"),
        (_("Number of the project"), *columns),
        [
            (row.number, load.title(row), row.asked_cents, row.awarded_cents, _share(row))
            for row in rows
        ],
        frozenset({2, 3}),
    )
    blocks: list[Block] = [
        Paragraph(f"{call.title} – {call.opened_by}"),
        *(Paragraph(one) for one in words.total(decision, call.surplus)),
        Paragraph(words.decided(decision, call.time_zone)),
        Paragraph(_("Rule: %(rule)s.", rule=_(sharing.kind(decision.rule).LABEL))),
        *([Paragraph(decision.reason)] if decision.reason else []),
        table,
        Paragraph(_("Print of the decision (SHA-256): %(digest)s", digest=decision.digest)),
    ]
    return Document(_("Result of the split"), locale(), blocks)


def _share(row: Any) -> str:
    return percent(row.share / 10_000)


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(decision: SplitDecision, envelope: SplitEnvelope) -> Iterator[str]:
    """Write the table a batch of lines at a time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    after = -1
    while rows := db.session.execute(queries.ranked(decision.id, after, BATCH)).all():
        parts = load.parts(decision, rows)
        for row in rows:
            if row.sources is None or envelope.position - 1 in row.sources:
                writer.writerow(_cells(row, parts[row.project_id], envelope.position))
        after = rows[-1].rank
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    if out.tell():
        yield out.getvalue()


def _cells(row: Any, given: dict[int, int], position: int) -> list[str]:
    """Return what a project still asked for when the envelope was shared, and what it got."""
    got = sum(cents for place, cents in given.items() if place < position)
    whole = Line(row.asked_cents, row.wanted_cents, row.floor_cents, given.get(position, 0))
    line = whole.after(got)
    return [
        str(row.number),
        money.as_plain(line.asked),
        money.as_plain(line.floor) if position > 1 and line.floor else "",
        money.as_plain(line.wanted) if line.wanted < line.asked else "",
        str(row.priority or ""),
        money.as_plain(line.award),
    ]
