"""From rows of the database to what the schemas write."""

from datetime import datetime
from typing import Any

from flask import current_app

from ...domain import phases, questions, seats
from ...models import Territory

OPINIONS = ("agree", "mixed", "disagree")
SAME = (
    "id",
    "text",
    "title",
    "explanation",
    "side",
    "actor_kind",
    "channel",
    "place",
    "version",
    "created_at",
    "updated_at",
    "decision",
    "decision_reason",
    "decided_at",
    "comments",
    "arguments",
    "sources",
    "amendments",
)


def url(path: str) -> str:
    """Return the whole address of a page of the site."""
    return f"{current_app.config['BASE_URL']}{path}"


def named(slug: str | None, name: str | None) -> dict[str, str] | None:
    """Return a room as lists name it, None for one that the caller may not know of."""
    return {"slug": slug, "name": name} if slug and name else None


def instant(at: datetime | None) -> str | None:
    """Return an instant as it is written, None for one that is not there."""
    return at.isoformat() if at else None


def consultation(row: Any, now: datetime, territory: dict[str, str] | None) -> dict[str, Any]:
    """Return what a list says of a consultation."""
    same = ("id", "slug", "title", "asked_by", "purpose", "time_zone", "opens_at")
    return {
        **{name: getattr(row, name) for name in same},
        "url": url(f"/consultations/{row.slug}"),
        "phase": phases.of(row, now),
        "territory": territory,
        "closes_at": phases.ends_at(row.closes_at, row.closed_early_at),
        "counts": {"answers": row.answers, "proposals": row.proposals},
    }


def themes(rows: Any, slug: str) -> list[dict[str, Any]]:
    """Group the rows of an outline by theme, in their order."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        theme = found.setdefault(
            row.theme_id,
            {
                "id": row.theme_id,
                "number": str(row.theme_number),
                "label": row.theme_label,
                "title": row.theme_title,
                "introduction": row.introduction,
                "questions": [],
            },
        )
        if row.id is not None:
            theme["questions"].append(question(row, slug))
    return list(found.values())


def question(row: Any, slug: str) -> dict[str, Any]:
    """Return a question, with the settings of its kind completed."""
    same = ("id", "kind", "wording", "easy_wording", "context", "why", "help", "example")
    number = f"{row.theme_number}-{row.number}"
    return {
        **{name: getattr(row, name) for name in same},
        "number": number,
        "url": url(f"/consultations/{slug}/questions/{number}"),
        "options": questions.kind(row.kind).normalise_options(row.options),
        "counts": {"answers": row.answers, "in_editions": getattr(row, "elsewhere", 0)},
    }


def text(row: Any, shows_counts: bool) -> dict[str, Any]:
    """Return a published text; its schema keeps what its kind has."""
    return {
        **{name: getattr(row, name) for name in SAME},
        "url": url(_path(row)),
        "theme": _numbered(row.theme_id, row.theme_number),
        "question": _numbered(row.question_id, row.theme_number, row.question_number),
        "value": row.text if row.value is None else row.value,
        "signature": {
            "as_": row.signed_as,
            "text": row.signature,
            "function": row.function,
            "speaks_from": row.speaks_from,
            "organisation": row.organisation_slug,
        },
        "territory": place(row.territory_code, row.territory_name),
        "parent": row.parent_id,
        "carried_from": row.carried_from_id,
        "outcome": row.verdict,
        "counts": {name: getattr(row, name) for name in OPINIONS} if shows_counts else None,
    }


def territory(row: Territory) -> dict[str, Any]:
    """Return a territory of the tree."""
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent_code,
        "time_zone": row.time_zone,
    }


def room(row: Any) -> dict[str, Any]:
    """Return what a list says of a room."""
    return {
        **{name: getattr(row, name) for name in ("id", "slug", "name", "level", "moderates")},
        "url": url(f"/rooms/{row.slug}"),
        "territory": place(row.territory_code, row.territory),
        "parent": named(row.parent_slug, row.parent_name),
        "private": row.is_private,
        "counts": {"facilitators": row.facilitators, "members": row.members},
    }


def decision(row: Any) -> dict[str, Any]:
    """Return a decision of the public log."""
    return {
        **{name: getattr(row, name) for name in ("kind", "result", "reason", "role")},
        "day": row.decided_at.date(),
        "consultation": row.consultation,
        "open_call": row.call,
        "room": row.room_name,
        "second_reading": row.second,
    }


def seat(held: Any) -> dict[str, Any]:
    """Return a seat of a room, with who holds it now."""
    holder = held.holder
    return {
        "title": held.title,
        "kind": held.kind,
        "holder": holder.name if holder else None,
        "deputy": (holder.deputy or None) if holder else None,
        "appointed_by": (holder.appointed_by or None) if holder else None,
        "since": holder.begins_on if holder else None,
        "until": seats.end(holder.ends_on, holder.ended_on) if holder else None,
    }


def event(slug: str, meeting: Any) -> dict[str, Any]:
    """Return a meeting of a room."""
    return {
        "id": meeting.id,
        "url": url(f"/rooms/{slug}/events/{meeting.id}"),
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "time_zone": meeting.time_zone,
        "place": meeting.place or None,
        "link": meeting.link or None,
    }


def place(code: str | None, name: str | None) -> dict[str, str] | None:
    """Return a territory by its name, None when there is none."""
    return None if code is None else {"code": code, "name": name or code}


def _path(row: Any) -> str:
    return f"/answers/{row.id}" if row.kind == "answer" else f"/proposals/{row.parent_id or row.id}"


def _numbered(id: str | None, *numbers: int | None) -> dict[str, str] | None:
    return None if id is None else {"id": id, "number": "-".join(map(str, numbers))}
