"""The queue: whole texts, the oldest due first, with what tells which to look at first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import union_all

from ... import clock, press_keys, site
from ...access import requires
from ...domain import moderation as rules
from ...domain import signatures, signs, similarity
from ...domain.reports import REASONS
from ...extensions import db
from ...queries import moderation as queues
from ...queries import paging, reports, second_readings
from . import words
from .routes import Asked, asked, bp, moderator


@dataclass
class Found:
    """What the texts due first show: those sent several times, and those with a sign."""

    groups: dict[str, list[str]]
    signs: dict[str, list[str]]


@dataclass(frozen=True)
class Refusal:
    """A decision that was refused: why, and what was chosen and typed, to be given back."""

    message: str
    decision: str
    reason: str
    note: str
    texts: Sequence[str]
    several: bool
    all: bool


@bp.get("")
@requires("moderation.open")
def queue() -> ResponseReturnValue:
    """Show a page of the queue."""
    return show(asked(request.args))


def show(wanted: Asked, refusal: Refusal | None = None) -> str:
    """Render a page of the queue, with the decision that was refused."""
    by, now = moderator(), clock.now()
    found = look(by, wanted)
    narrowed = narrow(wanted, found)
    query = queues.queue(by, wanted.state, narrowed, now, wanted.cursor)
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.due_at, row.id))
    rows = gathered(rows, found.groups)
    around = _around(by, wanted, now)
    return render_template(
        "moderation/queue.html",
        wanted=wanted,
        rows=rows,
        found=found,
        together=narrowed.ids if wanted.like else None,
        around=around_of(around),
        refusal=refusal,
        keys=press_keys.are_on(),
        buttons=press_keys.buttons(words.BUTTONS),
        words=words,
        reasons={name: words.reasons(name) for name in (rules.HIDE, rules.CORRECT, rules.KEEP)},
        all_reasons=rules.REASONS,
        decisions=rules.DECISIONS["published" if wanted.is_public else wanted.state],
        reports=reports_of(rows),
        report_reasons=REASONS,
        actors=signatures.ACTOR_LABELS,
        current=current(rows, by.account_id),
        me=by.account_id,
        hours=rules.hours(site.settings()["moderation_hours"]),
        now=now,
        next_url=wanted.url(cursor=after) if after else None,
    )


def reports_of(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return what is said against the texts of a page, those that nobody reported left out."""
    reported = [row.id for row in rows if row.reported]
    found: dict[str, list[Any]] = {}
    for one in db.session.execute(reports.open_of(reported)) if reported else ():
        found.setdefault(one.item_id, []).append(one)
    return found


def look(by: queues.Moderator, wanted: Asked) -> Found:
    """Look for repeats and signs among the texts due first."""
    if wanted.state != "pending":
        return Found({}, {})
    rows = db.session.execute(queues.oldest(by, wanted.filters)).all()
    repeated = similarity.repeated((row.id, row.search) for row in rows)
    watched = signs.watched(site.settings()["watched_words"])
    shown = {
        row.id: signs.of(f"{row.title}\n{row.body}\n{row.explanation}", watched) for row in rows
    }
    return Found(
        {name: names for names in repeated for name in names},
        {name: held for name, held in shown.items() if held},
    )


def narrow(wanted: Asked, found: Found) -> queues.Filters:
    """Return the filters, to texts alike or with a sign where they are asked for."""
    filters = wanted.filters
    if wanted.like and (alike := found.groups.get(wanted.like)):
        return replace(filters, ids=tuple(alike))
    if wanted.signs:
        return replace(filters, ids=tuple(found.signs))
    return filters


def gathered(rows: Sequence[Any], groups: dict[str, list[str]]) -> list[Any]:
    """Return a page's texts with those that say the same one after the other."""
    places = {row.id: place for place, row in enumerate(rows)}

    def first(row: Any) -> int:
        return min(places[name] for name in groups.get(row.id, [row.id]) if name in places)

    return sorted(rows, key=first)


def current(rows: Sequence[Any], me: str) -> str | None:
    """Return the id of the first text that no colleague reads now: keys act on it."""
    free = [row.id for row in rows if row.reader_id in (None, me)]
    return free[0] if free else None


def _around(by: queues.Moderator, wanted: Asked, now: datetime) -> Sequence[Any]:
    choices = queues.choices(by, wanted.filters, now)
    return db.session.execute(union_all(*choices.selects, second_readings.counted(by))).all()


def around_of(rows: Sequence[Any]) -> dict[str, Any]:
    """Sort what stands around a list by what it is; families count each their own texts."""
    states: Counter[str] = Counter()
    for row in rows:
        if row.what == "state":
            states[row.key] += row.number
    return {
        "states": states,
        "passed": sum(row.number for row in rows if row.what == "passed"),
        "places": [row for row in rows if row.what in ("consultation", "call")],
        "second": sum(row.number for row in rows if row.what == "second"),
        "undo": next((row for row in rows if row.what == "undo"), None),
    }
