"""What other programs follow of open calls: the board, one call, its dates."""

from typing import Any

from flask import Response, abort

from ... import clock
from ...access import requires
from ...domain import days
from ...extensions import db
from ...i18n import euros, gettext
from ...queries import open_calls, outside_calls, projects
from ..consultations import asked
from ..feeds import entries
from ..feeds.views import MOST, feed
from . import load, views
from .routes import bp


@bp.get("/open-calls.atom")
@requires("call.read")
def all_calls() -> Response:
    """Follow the new calls, ours and those of others, near a territory when it is given."""
    near, now = views.place(), clock.now()
    if near is None and asked.word("territory"):
        abort(404)
    code = near.code if near else None
    newest = (open_calls.LATEST[0].desc(), open_calls.LATEST[1].desc())
    ours = open_calls.published(code).order_by(*newest).limit(MOST)
    today = days.today(now, near.time_zone if near else views.PARIS)
    others = outside_calls.latest(today, code, MOST)
    found = [_of_call(row) for row in db.session.execute(ours)]
    found += [_of_outside(row) for row in db.session.execute(others)]
    title = gettext("Open calls")
    title = f"{title} · {near.name}" if near else title
    page = f"/open-calls?territory={code}" if code else "/open-calls"
    return feed(title, page, entries.newest(found, MOST), now)


@bp.get("/open-calls/<slug>.atom")
@requires("call.read")
def call_feed(slug: str) -> Response:
    """Follow the projects of a call."""
    call = load.visible_or_404(slug)
    query = projects.latest(call.id, MOST)
    found = [_of_project(row) for row in db.session.execute(query)]
    since = call.published_at or call.created_at
    return feed(call.title, f"/open-calls/{call.slug}", found, since)


@bp.get("/open-calls/<slug>.ics")
@requires("call.read")
def call_dates(slug: str) -> Response:
    """Give the dates of a call to a calendar."""
    from ..feeds import calendars  # here: its library is long to read, and few ask for it

    call = load.visible_or_404(slug)
    response = Response(calendars.of_call(call).to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{call.slug}.ics"'
    return response


def _of_call(row: Any) -> entries.Entry:
    envelope = gettext("Envelope: %(amount)s.", amount=euros(row.envelope_cents))
    return entries.Entry(
        id=entries.tag("open-call", row.id),
        title=entries.plain(row.title),
        address=f"/open-calls/{row.slug}",
        author=entries.plain(row.opened_by),
        published=row.published_at,
        updated=row.published_at,
        text=entries.plain(f"{envelope} {row.about}".strip()),
    )


def _of_outside(row: Any) -> entries.Entry:
    return entries.Entry(
        id=entries.tag("outside-call", row.id),
        title=entries.plain(row.title),
        address="/open-calls?show=outside",
        author=entries.plain(row.funder),
        published=row.created_at,
        updated=row.created_at,
        text=entries.plain(f"{row.about}\n{row.link}".strip()),
    )


def _of_project(row: Any) -> entries.Entry:
    return entries.Entry(
        id=entries.tag("project", row.id),
        title=entries.plain(row.title),
        address=f"/projects/{row.id}",
        author=entries.plain(row.carrier or row.group_name) or gettext("Without a name"),
        published=row.submitted_at,
        updated=row.updated_at,
        text=entries.plain(row.for_whom),
    )
