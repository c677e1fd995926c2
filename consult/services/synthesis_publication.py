"""The publication of a synthesis: frozen, numbered, by two people where that is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import clean, phases
from ..domain.errors import RuleBroken
from ..domain.syntheses import composed
from ..domain.syntheses.composed import Composed
from ..models import Account, Consultation, Synthesis, SynthesisVersion
from ..queries import journal as journal_queries
from ..queries import published_syntheses
from ..queries import syntheses as queries
from ..speech import day
from . import composing, syntheses, taken_back

LOCALE = "fr"  # what is published is frozen in the language of the site
REASON_LIMIT = 1_000


@dataclass(frozen=True)
class Wanted:
    """What someone asks to propose or publish: the digest and the number they saw, and why."""

    digest: str
    number: int
    reason: object = ""


def draft(session: Session, synthesis: Synthesis, *, now: datetime) -> tuple[Composed, str]:
    """Return what would be published now, and the digest that names it."""
    last = latest(session, synthesis)
    number = last.number + 1 if last else 1
    whole = composing.compose(session, synthesis, locale=LOCALE, now=now, number=number)
    return whole, composed.digest(composed.canonical(whole))


def latest(session: Session, synthesis: Synthesis) -> SynthesisVersion | None:
    """Return the version in force, None before the first one."""
    return session.scalars(published_syntheses.any_version(synthesis.slug)).one_or_none()


def propose(
    session: Session, synthesis: Synthesis, wanted: Wanted, *, by: Account, now: datetime
) -> None:
    """Ask another person to publish the synthesis whose digest this is.

    Raises what `publish` does, and synthesis-needs-one (409) where one person publishes.
    """
    syntheses.claim(session, synthesis)
    if not synthesis.by_two:
        raise RuleBroken("synthesis-needs-one", 409)
    whole = _checked(session, synthesis, wanted, now)
    synthesis.proposed_digest, synthesis.proposed_by_id = wanted.digest, by.id
    facts = {"digest": wanted.digest, "number": whole.number}
    syntheses.record(session, synthesis, "synthesis.proposed", account=by, now=now, **facts)
    session.flush()


def publish(
    session: Session, synthesis: Synthesis, wanted: Wanted, *, by: Account, now: datetime
) -> SynthesisVersion:
    """Publish the synthesis whose digest this is: it never changes, another may follow it.

    Raises not-open-yet or synthesis-too-early (409) before the close, synthesis-changed (409)
    where something changed since, synthesis-empty and synthesis-same (409),
    synthesis-reason-missing for a second version without a reason, and, where two people are
    needed, synthesis-not-proposed (409) and synthesis-same-person (403).
    """
    syntheses.claim(session, synthesis)
    whole = _checked(session, synthesis, wanted, now)
    required = "synthesis-reason-missing" if whole.number > 1 else ""
    reason = clean.text(wanted.reason, REASON_LIMIT, required=required)
    proposed_by = _proposed(synthesis, wanted, by) if synthesis.by_two else None
    zone = session.get_one(Consultation, synthesis.consultation_id).time_zone
    end = session.execute(journal_queries.last_seal()).first()
    frozen = replace(
        whole, published=day(now, zone, LOCALE), journal_head=end.hash if end is not None else ""
    )
    version = _version(synthesis, frozen)
    version.reason = reason
    version.proposed_by_id, version.published_by_id = proposed_by, by.id
    version.published_at = now
    version.told_at = None if version.number == 1 else now  # the weekly letter tells the next ones
    _add(session, version)
    synthesis.proposed_digest = synthesis.proposed_by_id = None
    facts = {"digest": version.digest, "number": version.number, "head": frozen.journal_head}
    syntheses.record(session, synthesis, "synthesis.published", account=by, now=now, **facts)
    session.flush()
    return version


def to_tell(session: Session, version: SynthesisVersion) -> Sequence[Any]:
    """Return the people whose texts a version quotes, once each: `who` and `email`."""
    quoted = taken_back.statements_of(composed.read(version.content))
    if not quoted:
        return []
    rows = session.execute(queries.to_tell(quoted)).all()
    return list({row.who: row for row in rows}.values())


def _checked(session: Session, synthesis: Synthesis, wanted: Wanted, now: datetime) -> Composed:
    """Return what would be published, or refuse it."""
    consultation = session.get_one(Consultation, synthesis.consultation_id)
    phase = phases.of(consultation, now)
    if not phases.may("publish_synthesis", phase):
        raise RuleBroken("synthesis-too-early", 409)
    whole, digest = draft(session, synthesis, now=now)
    if (wanted.number, wanted.digest) != (whole.number, digest):
        raise RuleBroken("synthesis-changed", 409)
    if not whole.parts:
        raise RuleBroken("synthesis-empty", 409)
    before = latest(session, synthesis)
    if before is not None:
        then = composed.read(before.content)
        if replace(then, number=whole.number, published="", journal_head="") == whole:
            raise RuleBroken("synthesis-same", 409)
    return whole


def _proposed(synthesis: Synthesis, wanted: Wanted, by: Account) -> str:
    """Return who proposed what is published."""
    if synthesis.proposed_digest is None or synthesis.proposed_by_id is None:
        raise RuleBroken("synthesis-not-proposed", 409)
    if synthesis.proposed_digest != wanted.digest:
        raise RuleBroken("synthesis-changed", 409)
    if synthesis.proposed_by_id == by.id:
        raise RuleBroken("synthesis-same-person", 403)
    return synthesis.proposed_by_id


def _version(synthesis: Synthesis, frozen: Composed) -> SynthesisVersion:
    content = composed.canonical(frozen)
    return SynthesisVersion(
        synthesis_id=synthesis.id,
        number=frozen.number,
        content=content,
        digest=composed.digest(content),
    )


def _add(session: Session, version: SynthesisVersion) -> None:
    """Store a version; whoever published the same number at the same moment came first."""
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError as error:
        raise RuleBroken("synthesis-changed", 409) from error


def is_published(session: Session, consultation_id: str) -> bool:
    """Tell whether a version of the synthesis of a consultation is published."""
    query = (
        select(SynthesisVersion.id)
        .join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .where(Synthesis.consultation_id == consultation_id)
    )
    return session.scalar(query.limit(1)) is not None
