"""A synthesis composed: its blocks, its proofs and its counts made into what everyone reads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .. import models
from ..domain import blocks, hearings, passages, phases, signatures
from ..domain.blocks import _fields
from ..domain.errors import RuleBroken
from ..domain.kinds import N_
from ..domain.syntheses import arranged, composed
from ..domain.syntheses.composed import Composed, Figures, Part, Picture, Quote
from ..models import Consultation, Hearing, Synthesis, SynthesisBlock, SynthesisVersion
from ..queries import blocks as block_queries
from ..queries import pictures as picture_queries
from ..queries import published_syntheses
from ..queries import syntheses as queries
from ..speech import Speech
from . import extracts, follow_ups, given_outcomes, readings
from .taken_back import DOCUMENT, HEARING, readable

COUNTED = {
    "total": N_("Texts received, besides boxes ticked"),
    "used": N_("Used in this summary"),
    "read": N_("Read, not quoted"),
    "set_aside": N_("Set aside, with a reason"),
    "grouped": N_("Put with a text that says nearly the same"),
    "unread": N_("Still to read"),
    "hidden": N_("Hidden by the moderation"),
}
ILLUSTRATION = "illustration"  # its details go with its picture
HEADINGS = {
    "method": N_("How this summary was made"),
    "foreword": N_("Foreword"),
    "counts": N_("What became of the texts"),
    "notes": N_("Notes and sources"),
    "glossary": N_("The words used"),
    "credits": N_("They took part, and agree to be thanked"),
    "imprint": N_("Who made it"),
    "proof": N_("Who says so?"),
    "know_more": N_("To know more"),
    "number": N_("Number"),
    "heard": N_("A person heard"),
    "removed": N_("[passage taken back since]"),
    "version": N_("Version"),
    "contents": N_("Contents"),
    "outcomes": N_("What we keep, what we do not keep, and why"),
    "decision": N_("What it led to"),
    "follow_up": N_("What happened since the last edition"),
}


def compose(
    session: Session, synthesis: Synthesis, *, locale: str, now: datetime, number: int = 0
) -> Composed:
    """Compose a synthesis as it stands; the same state gives the same composition."""
    consultation = session.get_one(Consultation, synthesis.consultation_id)
    say = Speech(locale, consultation.time_zone)
    return Composed(
        slug=synthesis.slug,
        title=synthesis.title,
        locale=locale,
        consultation=consultation.title,
        asked_by=consultation.asked_by,
        period=period(consultation, say),
        number=number,
        method=synthesis.method,
        foreword=synthesis.foreword,
        foreword_by=synthesis.foreword_by,
        parts=_parts(session, synthesis, say, now),
        counts=_counts(session, synthesis, say),
        credits=tuple(session.scalars(queries.credits(consultation.id))),
        notes=synthesis.notes,
        glossary=synthesis.glossary,
        imprint=synthesis.imprint,
        labels={name: say.gettext(label) for name, label in HEADINGS.items()},
        outcomes=given_outcomes.of_synthesis(session, synthesis, say),
        **follow_ups.composed(session, consultation, say, now),
    )


def published(session: Session, slug: str, number: int = 0) -> tuple[SynthesisVersion, Composed]:
    """Return a version of a synthesis, the one in force by default, without what is taken back.

    Raises synthesis-unknown (404). Who may read it is for the caller to know. A quotation whose
    text was hidden or withdrawn since is left out, and so are its words where the synthesis
    repeats them, and the name of whoever no longer agrees to be thanked.
    """
    version = session.scalars(published_syntheses.any_version(slug, number or None)).one_or_none()
    if version is None:
        raise RuleBroken("synthesis-unknown", 404)
    return version, readable(session, composed.read(version.content))


def _parts(session: Session, synthesis: Synthesis, say: Speech, now: datetime) -> tuple[Part, ...]:
    found = session.scalars(block_queries.of_synthesis(synthesis.id)).all()
    pictures = {one.id: one for one in session.scalars(picture_queries.of_blocks(synthesis.id))}
    proofs: dict[str, list[Quote]] = {}
    for row in session.execute(queries.quotes(synthesis.id)):
        proofs.setdefault(row.block_id, []).append(_quote(row, synthesis.slug, say, now))
    numbers = arranged.numbers([blocks.rank(one.kind) for one in found])
    return tuple(
        replace(
            _part(one, number, proofs.get(one.id, ()), say),
            picture=_picture(one, pictures, synthesis.slug),
        )
        for one, number in zip(found, numbers, strict=True)
    )


def _picture(
    block: SynthesisBlock, held: Mapping[str, models.Picture], slug: str
) -> Picture | None:
    kept = held.get(block.details.get("picture", ""))
    if kept is None:
        return None
    return Picture(
        id=kept.id,
        path=f"/syntheses/{slug}/pictures/{kept.id}",
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        alternative=block.details["alternative"],
        credit=block.details.get("credit", ""),
    )


def _part(block: SynthesisBlock, number: str, quotes: Sequence[Quote], say: Speech) -> Part:
    kind = blocks.kind(block.kind)
    words, link, figures = [], "", None
    for name, field in kind.FIELDS.items():
        value = block.details.get(name, "")
        if not value or block.kind == ILLUSTRATION:
            continue
        if field.control == _fields.LINK:
            link = value
        elif field.control == _fields.TABLE:
            header = ("", say.gettext(HEADINGS["number"]))
            figures = Figures(block.title, header, tuple(_fields.rows(value)))
        else:
            words.append((say.gettext(field.label), _said(field, value, say)))
    return Part(
        id=block.id,
        kind=block.kind,
        label=say.gettext(kind.LABEL),
        number=number,
        title=block.title,
        body=block.body,
        details=tuple(words),
        link=link,
        figures=figures,
        quotes=tuple(quotes),
    )


def _said(field: blocks.Field, value: str, say: Speech) -> str:
    choices: Mapping[str, str] = dict(field.choices)
    return say.gettext(choices[value]) if value in choices else value


def _minutes(row: Any) -> Quote:
    return Quote(
        row.quote,
        by=row.document,
        place=row.room,
        path=f"/rooms/{row.room_slug}/documents/{row.document_id}",
        source=DOCUMENT,
        held=row.document_id,
    )


def _heard(quote: str, hearing: Hearing, slug: str, say: Speech) -> Quote:
    """Return words of a person heard, who is named where they agree to be."""
    by = hearings.named(hearing.speaker, hearing.function, hearing.organisation)
    return Quote(
        quote,
        by=by if hearing.agrees else say.gettext(HEADINGS["heard"]),
        place=say.gettext("heard on %(day)s", day=say.day(hearing.held_on)),
        path=f"/syntheses/{slug}/hearings/{hearing.id}" if hearing.agrees else "",
        source=HEARING,
        held=hearing.id,
    )


def _quote(row: Any, slug: str, say: Speech, now: datetime) -> Quote:
    if row.statement_id is None:
        return _minutes(row) if row.Hearing is None else _heard(row.quote, row.Hearing, slug, say)
    signature = signatures.Signature(row.signed_as, row.signature, row.function)
    is_told = passages.is_named(row.named, row.told_at, None, now)
    named = is_told and row.signed_as != signatures.NONE
    parent = (row.parent_kind, row.parent_id) if row.parent_id else None
    top = f"/proposals/{row.top_id}" if row.top_id else None
    kind = signatures.ACTOR_LABELS.get(row.actor_kind or "")
    where = [say.gettext(kind) if kind else "", row.territory or ""]
    return Quote(
        row.quote,
        by=signatures.shown(signature) if named else "",
        place=", ".join(one for one in where if one),
        path=extracts.path_of(row.kind, row.statement_id, parent, top),
        source=row.kind,
        statement=row.statement_id,
    )


def period(consultation: Consultation, say: Speech) -> str:
    """Return from when to when a consultation was open, in words."""
    starts = consultation.opens_at
    ends = phases.ends_at(consultation.closes_at, consultation.closed_early_at)
    if starts is None or ends is None:
        return ""
    first, last = say.day(starts), say.day(ends)
    if first == last:
        return say.gettext("on %(day)s", day=first)
    return say.gettext("from %(start)s to %(end)s", start=first, end=last)


def _counts(session: Session, synthesis: Synthesis, say: Speech) -> tuple[tuple[str, int], ...]:
    """Return how many texts there are, and how many in each place: the sum is the whole."""
    consultation = session.get_one(Consultation, synthesis.consultation_id)
    found = readings.counts(session, consultation)
    return tuple((say.gettext(label), found[name]) for name, label in COUNTED.items())
