"""Atom feeds of consultations, questions and proposals; the calendar of a consultation."""

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, render_template, request

from ... import clock
from ...access import public
from ...domain import places
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Statement, Territory
from ...queries import consultations, nearby, statements
from ...site import settings
from ..consultations import load
from ..rooms import load as room_load
from . import entries

bp = Blueprint("feeds", __name__)

MOST = 50


@bp.get("/consultations.atom")
@public
def all_consultations() -> Response:
    """Follow the new consultations."""
    now = clock.now()
    seen = consultations.matching(load.reader(), now, consultations.Filters())
    query = consultations.cards(seen, now)
    query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(MOST)
    found = [entries.of_consultation(row) for row in db.session.execute(query)]
    return feed(gettext("Consultations"), "/consultations", found, now)


@bp.get("/territories/<code>.atom")
@public
def territory(code: str) -> Response:
    """Follow the new consultations for the people of a territory."""
    place = db.session.get(Territory, code) if places.CODE.fullmatch(code) else None
    if place is None:
        abort(404)
    now = clock.now()
    seen = consultations.matching(load.reader(), now, consultations.Filters(near=place.code))
    query = consultations.cards(seen, now)
    query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(MOST)
    found = [entries.of_consultation(row) for row in db.session.execute(query)]
    title = gettext("Near you: %(name)s", name=place.name)
    return feed(title, f"/territories/{place.code}", found, now)


@bp.get("/rooms/<slug>.atom")
@public
def room(slug: str) -> Response:
    """Follow what becomes public in the place of a room: consultations, answers, proposals."""
    found = room_load.visible_or_404(slug)
    code, now = found.territory_code, clock.now()
    made: list[entries.Entry] = []
    if code is not None:
        seen = consultations.matching(load.reader(), now, consultations.Filters(near=code))
        query = consultations.cards(seen, now)
        query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(MOST)
        made += [entries.of_consultation(row) for row in db.session.execute(query)]
        texts = nearby.latest(code, load.reader(), now, MOST).add_columns(Statement.updated_at)
        made += [entries.of_statement(row) for row in db.session.execute(texts)]
    return feed(found.name, f"/rooms/{found.slug}", entries.newest(made, MOST), now)


@bp.get("/consultations/<slug>.atom")
@public
def consultation(slug: str) -> Response:
    """Follow the answers and the proposals of a consultation."""
    found = load.visible_or_404(slug)
    scopes = [statements.Scope(kind, found.id) for kind in ("answer", "proposal")]
    return texts(found, found.title, f"/consultations/{found.slug}", scopes)


@bp.get("/consultations/<slug>/questions/<int(max=9999):theme>-<int(max=9999):number>.atom")
@public
def question(slug: str, theme: int, number: int) -> Response:
    """Follow the answers to a question."""
    found, chapter, asked = load.question_or_404(slug, theme, number)
    page = f"/consultations/{found.slug}/questions/{chapter.number}-{asked.number}"
    scope = statements.Scope("answer", found.id, question_id=asked.id)
    return texts(found, asked.wording, page, [scope])


@bp.get("/consultations/<slug>/proposals.atom")
@public
def proposals(slug: str) -> Response:
    """Follow the proposals of a consultation."""
    found = load.visible_or_404(slug)
    title = gettext("Proposals: %(title)s", title=found.title)
    page = f"/consultations/{found.slug}/proposals"
    return texts(found, title, page, [statements.Scope("proposal", found.id)])


def texts(
    consultation: Consultation, title: str, page: str, scopes: list[statements.Scope]
) -> Response:
    """Make the feed of the newest texts of some lists."""
    rows = [
        row
        for scope in scopes
        for row in db.session.execute(statements.rows(scope, limit=MOST)).all()
    ]
    found = entries.newest(map(entries.of_statement, rows), MOST)
    return feed(title, page, found, consultation.published_at or consultation.created_at)


def feed(title: str, page: str, found: list[entries.Entry], since: datetime) -> Response:
    """Write a feed, and answer 304 to who already has it."""
    body = render_template(
        "feeds/feed.xml",
        id=entries.tag(*page.strip("/").split("/")),
        title=entries.plain(title),
        author=entries.plain(settings()["site_name"]),
        base=current_app.config["BASE_URL"],
        page=page,
        address=request.path,
        updated=max((entry.updated for entry in found), default=since),
        entries=found,
    )
    response = Response(body, mimetype="application/atom+xml")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


@bp.get("/consultations/<slug>.ics")
@public
def dates(slug: str) -> Response:
    """Give the dates of a consultation to a calendar."""
    from .calendars import calendar  # here: its library is long to read, and few ask for it

    found = load.visible_or_404(slug)
    response = Response(calendar(found).to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response
