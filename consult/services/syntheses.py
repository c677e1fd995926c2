"""The synthesis of a consultation: found, and what surrounds its blocks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Account, Consultation, Synthesis, SynthesisVersion
from ..queries import syntheses as queries
from . import consultations, journal

FIELDS: dict[str, Callable[..., Any]] = {
    "title": partial(clean.line, limit=200, required="title-missing"),
    "method": clean.text,
    "foreword": clean.text,
    "foreword_by": partial(clean.line, limit=200),
    "notes": clean.text,
    "glossary": clean.text,
    "imprint": clean.text,
    "by_two": bool,
}


def find(session: Session, consultation: Consultation) -> Synthesis | None:
    """Return the synthesis of a consultation, None before it is begun."""
    return session.scalar(queries.of_consultation(consultation.id))


def values_of(synthesis: Synthesis) -> dict[str, Any]:
    """Return what the form of what surrounds the blocks shows."""
    return {name: getattr(synthesis, name) for name in FIELDS}


def claim(session: Session, synthesis: Synthesis) -> None:
    """Count one change of a synthesis; until the commit, nobody else makes one.

    Raises synthesis-unknown (404) when someone else took it away meanwhile.
    """
    done: Any = session.execute(
        update(Synthesis)
        .where(Synthesis.id == synthesis.id)
        .values(version=Synthesis.version + 1)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("synthesis-unknown", 404)
    session.refresh(synthesis)


def revise(
    session: Session,
    synthesis: Synthesis,
    *,
    values: Mapping[str, Any],
    version: str,
    account: Account,
    now: datetime,
) -> None:
    """Change what surrounds the blocks; `version` is the stamp of what was shown.

    Raises stale (409) when someone else changed it meanwhile, and foreword-unsigned for a
    foreword that nobody signs.
    """
    given = {name: read(values.get(name)) for name, read in FIELDS.items()}
    if given["foreword"] and not given["foreword_by"]:
        raise RuleBroken("foreword-unsigned")
    claim(session, synthesis)
    consultations.check_stamp(values_of(synthesis), version)
    for name, value in given.items():
        setattr(synthesis, name, value)
    record(session, synthesis, "synthesis.revised", account=account, now=now)
    session.flush()


def remove(session: Session, synthesis: Synthesis, *, account: Account, now: datetime) -> None:
    """Take away a synthesis that was never published, to begin again from the answers.

    Raises synthesis-published (409) once it was: what was published stays.
    """
    claim(session, synthesis)
    version = select(SynthesisVersion.id).where(SynthesisVersion.synthesis_id == synthesis.id)
    if session.scalar(version.limit(1)) is not None:
        raise RuleBroken("synthesis-published", 409)
    record(session, synthesis, "synthesis.removed", account=account, now=now)
    session.flush()
    session.expunge(synthesis)
    session.execute(delete(Synthesis).where(Synthesis.id == synthesis.id))


def record(
    session: Session,
    synthesis: Synthesis,
    act: str,
    *,
    account: Account,
    now: datetime,
    **facts: Any,
) -> None:
    """Write in the journal that something was done to a synthesis."""
    synthesis.updated_at = now
    journal.record(
        session,
        act,
        f"synthesis:{synthesis.id}",
        actor=f"account:{account.id}",
        now=now,
        consultation_id=synthesis.consultation_id,
        **facts,
    )
