"""The first page of the console: what there is to do, then the consultations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import union_all

from ... import clock
from ...access import account, requires, viewer
from ...domain import phases
from ...extensions import db
from ...i18n import gettext, ngettext
from ...queries import console, moderation, paging, second_readings
from ..consultations import cards
from ..moderation.routes import moderator
from .blueprint import bp

SOON = timedelta(days=7)


class Task(NamedTuple):
    """One thing to do: its words, the consultation it is about, where it is done."""

    text: str
    title: str
    url: str


@bp.get("")
@requires("console.open")
def home() -> ResponseReturnValue:
    """Show what to do first, and every consultation with its state."""
    now = clock.now()
    owner = None if viewer().may("platform.manage") else account().id
    query = paging.after(
        console.mine(owner),
        console.NEWEST,
        descending=True,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    return render_template(
        "console/home.html",
        tasks=[] if request.args.get("cursor") else [*answers(), *tasks(rows, now)],
        cards=cards.cards(rows, now),
        phases=phases,
        next_url=url_for("console.home", cursor=after) if after else None,
    )


def answers() -> Iterator[Task]:
    """Yield who waits for an answer: those who reported a text, and authors who contest."""
    if not viewer().may("moderation.open"):
        return
    by, waiting = moderator(), Counter[str]()
    counts: Any = union_all(*moderation.reported(by).selects, second_readings.counted(by))
    rows: Sequence[Any] = db.session.execute(counts).all()
    for row in rows:
        waiting[row.what] += row.number
    if number := waiting["state"]:
        text = ngettext(
            "%(num)s text that someone reported", "%(num)s texts that someone reported", number
        )
        yield Task(text, "", url_for("moderation.queue", state=moderation.REPORTED))
    if number := waiting["second"]:
        text = ngettext(
            "%(num)s second reading waits for you", "%(num)s second readings wait for you", number
        )
        yield Task(text, "", url_for("second_readings.waiting"))


def tasks(rows: Sequence[Any], now: datetime) -> Iterator[Task]:
    """Yield what there is to do, what waits for others first."""
    for row in rows:
        if row.pending:
            text = ngettext("%(num)s text to read", "%(num)s texts to read", row.pending)
            yield Task(text, row.title, url_for("moderation.queue", consultation=row.slug))
    for row in rows:
        phase = phases.of(row, now)
        ends_at = phases.ends_at(row.closes_at, row.closed_early_at)
        if phase == phases.OPEN and ends_at is not None and ends_at - now <= SOON:
            yield _task(_left(cards.days_left(ends_at, row.time_zone, now) or 0), row)
        if row.published_at is None:
            yield _task(gettext("Draft to finish and publish"), row)
        if phase in (phases.CLOSED, phases.SYNTHESIS) and not row.outcomes:
            yield _task(gettext("Say what became of the answers"), row, "console.outcomes_of")


def _left(days: int) -> str:
    if days <= 0:
        return gettext("Closes today")
    return ngettext("Closes in %(num)s day", "Closes in %(num)s days", days)


def _task(text: str, row: Any, endpoint: str = "console.consultation") -> Task:
    return Task(text, row.title, url_for(endpoint, slug=row.slug))
