"""The map of the site, for people and for search engines."""

from typing import Any

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from ... import cache, clock
from ...access import public
from ...extensions import db
from ...queries import consultations, outlines, territories
from ..consultations import cards, load
from .bp import bp

FIXED = (
    *("/", "/consultations", "/territories", "/search", "/help", "/data", "/journal"),
    *("/accessibility", "/legal", "/privacy"),
)
MOST_PAGES = 50_000  # the most addresses that the format allows in one file
MOST_LISTED = 200


@bp.get("/site-map")
@bp.get("/sitemap")
@public
def site_map() -> ResponseReturnValue:
    """List the pages of the site, for people."""
    now = clock.now()
    seen = consultations.matching(load.reader(), now, consultations.Filters())
    query = consultations.cards(seen, now)
    query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(MOST_LISTED)
    rows = db.session.execute(query).all()
    return cache.page("pages/site_map.html", cards=cards.cards(rows, now))


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """List the public pages, for search engines."""
    now = clock.now()
    base = current_app.config["BASE_URL"]
    pages = [f"{base}{path}" for path in FIXED]
    pages += [f"{base}/territories/{code}" for code in db.session.scalars(territories.listed())]
    query = outlines.addresses(consultations.is_public(now)).limit(MOST_PAGES - len(pages))
    pages += [base + address(row) for row in db.session.execute(query)]
    body = render_template("pages/sitemap.xml", pages=pages)
    return Response(body, mimetype="application/xml")


def address(row: Any) -> str:
    """Return the path of a consultation, or of one of its questions."""
    if row.number is None:
        return f"/consultations/{row.slug}"
    return f"/consultations/{row.slug}/questions/{row.theme}-{row.number}"


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Tell search engines what to leave alone."""
    closed = ("/console", "/moderation", "/assistance", "/account", "/me", "/sign-in", "/follow-up")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {current_app.config['BASE_URL']}/sitemap.xml")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
