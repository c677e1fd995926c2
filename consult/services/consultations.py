"""Open a consultation as a draft and change what it says of itself."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ..domain import clean, numerals, phases, questions, searching, templates
from ..domain.errors import RuleBroken
from ..models import Consultation, Question, Stage, Tag, Theme, new_id
from . import inserting, journal, proposals, slugs

ACCESSES = ("open", "email", "listed")
MODERATIONS = ("before", "after")
RESULTS = ("live", "after_close")
FEATURES = ("ideas", "arguments", "sources", "amendments", "comments")
MOST_TAGS, TAG_LIMIT = 12, 60
MOST_STAGES, STAGE_LIMIT = 12, 120


def one_of(allowed: Sequence[str]) -> Callable[[object], str]:
    """Return a reader that takes one of these words, or raises option-unknown."""

    def read(raw: object) -> str:
        if raw not in allowed:
            raise RuleBroken("option-unknown")
        return str(raw)

    return read


def tags(raw: object) -> list[str]:
    """Read tags separated by commas, each once, at most twelve."""
    words = (clean.line(word, TAG_LIMIT) for word in clean.text(raw).replace("\n", ",").split(","))
    found = list(dict.fromkeys(word for word in words if word))
    if len(found) > MOST_TAGS:
        raise RuleBroken("tags-too-many", max=MOST_TAGS)
    return found


def stages(raw: object) -> list[str]:
    """Read the organiser's names for one phase, separated by commas."""
    words = (clean.line(word, STAGE_LIMIT) for word in clean.line(raw, 600).split(","))
    return [word for word in words if word]


FIELDS: dict[str, Callable[..., Any]] = {
    "title": partial(clean.line, limit=200, required="title-missing"),
    "asked_by": partial(clean.line, limit=200, required="asked-by-missing"),
    "purpose": partial(clean.text, limit=5_000, required="purpose-missing"),
    "will_decide": partial(clean.text, limit=5_000),
    "will_not_decide": partial(clean.text, limit=5_000),
    "access": one_of(ACCESSES),
    "moderation": one_of(MODERATIONS),
    "results": one_of(RESULTS),
    "contact_name": partial(clean.line, limit=200),
    "contact_phone": partial(clean.line, limit=40),
    "follows_id": lambda raw: raw or None,
    **{f"allows_{feature}": bool for feature in FEATURES},
}
LISTS: dict[str, Callable[[object], list[str]]] = {
    "tags": tags,
    **{f"stage_{phase}": stages for phase in phases.PHASES},
}


def stamp(values: Mapping[str, Any]) -> str:
    """Return a short print of stored values: a form that carries an older one is stale."""
    written = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:20]


def claim(session: Session, consultation_id: str) -> None:
    """Count one change of a consultation's structure; until the commit, nobody else makes one."""
    session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(version=Consultation.version + 1)
    )


def check_numbers(session: Session, consultation_id: str, now: datetime) -> None:
    """Raise number-fixed (409) once it is open: themes and questions have addresses by number."""
    consultation = session.get_one(Consultation, consultation_id, populate_existing=True)
    if phases.of(consultation, now) != phases.PREPARATION:
        raise RuleBroken("number-fixed", 409)


def check_stamp(stored: Mapping[str, Any], version: str) -> None:
    """Raise stale (409) when what is stored is no longer what the form was filled from."""
    if stamp(stored) != version:
        raise RuleBroken("stale", 409)


def values_of(session: Session, consultation: Consultation) -> dict[str, Any]:
    """Return what the edit form shows of a consultation, its tags and stages included."""
    values = {name: getattr(consultation, name) for name in FIELDS}
    rows = select(Tag.label).where(Tag.consultation_id == consultation.id).order_by(Tag.label)
    values["tags"] = ", ".join(session.scalars(rows))
    named: dict[str, list[str]] = {phase: [] for phase in phases.PHASES}
    for phase, label in session.execute(
        select(Stage.phase, Stage.label)
        .where(Stage.consultation_id == consultation.id)
        .order_by(Stage.position)
    ):
        named[phase].append(label)
    return values | {f"stage_{phase}": ", ".join(labels) for phase, labels in named.items()}


def create(
    session: Session, *, owner_id: str, template: str, values: Mapping[str, Any], now: datetime
) -> Consultation:
    """Open a draft from a template: its features, its first themes and questions.

    `values` holds title, asked_by and purpose, and any other of FIELDS; the words of the
    template's first themes come as `starter`, already in the organiser's language.
    """
    found = templates.template(template)
    features = {f"allows_{name}": bool(found.FEATURES.get(name)) for name in FEATURES}
    starter: Sequence[templates.StarterTheme] = values.get("starter", found.STARTER)
    given = {name: FIELDS[name](values[name]) for name in FIELDS if name in values}
    consultation = _inserted(
        session,
        {
            **features,
            **given,
            "template": template,
            "owner_id": owner_id,
            "territory_code": values.get("territory_code"),
            "time_zone": values.get("time_zone") or "Europe/Paris",
            "search": _search(given),
            "created_at": now,
        },
    )
    _start(session, consultation, starter)
    journal.record(
        session,
        "consultation.created",
        f"consultation:{consultation.id}",
        actor=f"account:{owner_id}",
        now=now,
        consultation_id=consultation.id,
        template=template,
    )
    return consultation


def revise(
    session: Session,
    consultation: Consultation,
    *,
    values: Mapping[str, Any],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Change what a consultation says; `version` is the stamp of the values it was shown with."""
    claim(session, consultation.id)
    session.refresh(consultation)
    check_stamp(values_of(session, consultation), version)
    fields = {name: FIELDS[name](values[name]) for name in FIELDS if name in values}
    is_renamed = fields.get("asked_by", consultation.asked_by) != consultation.asked_by
    if fields.get("follows_id") == consultation.id:
        raise RuleBroken("follows-itself")
    for name, value in fields.items():
        setattr(consultation, name, value)
    consultation.search = _search(fields | {"title": consultation.title})
    lists = {name: LISTS[name](values[name]) for name in LISTS if name in values}
    _replace_lists(session, consultation.id, lists)
    if is_renamed:
        proposals.sign_articles(session, consultation)
    record(session, consultation, "consultation.revised", actor=actor, now=now)
    session.flush()


def record(
    session: Session,
    consultation: Consultation,
    act: str,
    *,
    actor: str,
    now: datetime,
    **facts: Any,
) -> None:
    """Write in the journal that something was done to a consultation."""
    journal.record(
        session,
        act,
        f"consultation:{consultation.id}",
        actor=actor,
        now=now,
        consultation_id=consultation.id,
        **facts,
    )


def _inserted(session: Session, values: Mapping[str, Any]) -> Consultation:
    """Insert under a free address: the unique constraint decides, not the look before."""
    row = {"id": new_id(), **values}
    next(
        slug
        for slug in slugs.free(session, values["title"])
        if inserting.once(session, Consultation, row | {"slug": slug})
    )
    return session.get_one(Consultation, row["id"])


def _start(
    session: Session, consultation: Consultation, starter: Sequence[templates.StarterTheme]
) -> None:
    for place, first in enumerate(starter, start=1):
        theme = Theme(
            id=new_id(),
            consultation_id=consultation.id,
            number=numerals.theme_number(first.label),
            label=first.label,
            position=place,
            title=first.title,
        )
        session.add(theme)
        session.flush()
        for number, question in enumerate(first.questions, start=1):
            session.add(
                Question(
                    consultation_id=consultation.id,
                    theme_id=theme.id,
                    number=number,
                    kind=question.kind,
                    wording=question.wording,
                    options=questions.kind(question.kind).normalise_options(question.options),
                    search=searching.normalise(question.wording),
                )
            )
    session.flush()


def _replace_lists(
    session: Session, consultation_id: str, lists: Mapping[str, Sequence[str]]
) -> None:
    if "tags" in lists:
        session.execute(delete(Tag).where(Tag.consultation_id == consultation_id))
        rows = [{"consultation_id": consultation_id, "label": label} for label in lists["tags"]]
        if rows:
            session.execute(insert(Tag), rows)
    named = [(phase, label) for phase in phases.PHASES for label in lists.get(f"stage_{phase}", ())]
    if len(named) > MOST_STAGES:
        raise RuleBroken("stages-too-many", max=MOST_STAGES)
    if not any(name.startswith("stage_") for name in lists):
        return
    session.execute(delete(Stage).where(Stage.consultation_id == consultation_id))
    for place, (phase, label) in enumerate(named, start=1):
        session.add(
            Stage(consultation_id=consultation_id, position=place, label=label, phase=phase)
        )


def _search(values: Mapping[str, Any]) -> str:
    names = ("title", "asked_by", "purpose")
    return searching.normalise(" ".join(str(values.get(name) or "") for name in names))
