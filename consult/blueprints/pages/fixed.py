"""Help, accessibility, legal notice, personal data, open data, source code."""

from datetime import date
from importlib.metadata import version

from flask.typing import ResponseReturnValue

from ... import access, cache, clock
from ...access import public
from ...domain import retention
from ...extensions import db
from ...i18n import locale
from ...queries import archives, consultations
from ...site import data_licence, settings
from ..consultations import cards
from .bp import bp

DATA_SETS = 200
MADE_ON = date(2026, 11, 23)


def missing(*names: str) -> list[str]:
    """Return the settings still empty, told only to those who can fill them in."""
    if not access.viewer().may("consultation.create"):
        return []
    return [name for name in names if not settings().get(name)]


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """Say how to answer: alone, on paper, with someone, by phone."""
    return cache.page("pages/help.html", missing=missing("help_name", "help_phone", "help_email"))


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """State how accessible the site is, in the order the law asks for."""
    return cache.page(
        "pages/accessibility.html", missing=missing("publisher", "help_email"), made_on=MADE_ON
    )


@bp.get("/legal")
@public
def legal() -> ResponseReturnValue:
    """Name the publisher and the host."""
    needed = ("publisher", "publisher_address", "publication_director", "host_name", "host_address")
    return cache.page("pages/legal.html", missing=missing(*needed))


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept about people, why, how long, and their rights."""
    return cache.page(
        "pages/privacy.html",
        missing=missing("publisher", "help_email"),
        delays=retention.ALL,
    )


@bp.get("/data")
@public
def data() -> ResponseReturnValue:
    """Say what is published as open data, and give the files."""
    now = clock.now()
    query = consultations.cards(consultations.is_public(now), now)
    query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(DATA_SETS)
    rows = db.session.execute(query).all()
    held = db.session.scalars(archives.held([row.id for row in rows])).all() if rows else []
    return cache.page(
        "pages/data.html",
        licence=data_licence(locale()),
        cards=cards.cards(rows, now),
        archived=sorted(held),
    )


@bp.get("/source")
@public
def source() -> ResponseReturnValue:
    """Say where the program's source is, as its licence asks."""
    return cache.page("pages/source.html", version=version("consult-platform"))
