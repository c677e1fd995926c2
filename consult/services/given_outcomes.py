"""What became of the parts, proposals and questions of a consultation, as a synthesis says it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..domain import outcomes as rules
from ..domain.syntheses.composed import Composed, Given
from ..models import Outcome, Synthesis
from ..queries import blocks as block_queries
from ..queries import outcomes as queries
from ..speech import Speech


def of_synthesis(session: Session, synthesis: Synthesis, say: Speech) -> tuple[Given, ...]:
    """Return what became of the blocks as they stand, and of what the consultation asked."""
    parts = {one.id: one.title for one in session.scalars(block_queries.of_synthesis(synthesis.id))}
    rows = session.execute(queries.of_consultation(synthesis.consultation_id)).all()
    return _given(rows, synthesis.id, parts.keys(), say)


def today(
    session: Session, synthesis: Synthesis, whole: Composed, say: Speech
) -> tuple[Given, ...]:
    """Return what is said today of a version and of what its consultation asked."""
    rows = session.execute(queries.of_consultation(synthesis.consultation_id)).all()
    return _given(rows, synthesis.id, {part.id for part in whole.parts}, say)


def _given(
    rows: Sequence[Any], synthesis_id: str, part_ids: Collection[str], say: Speech
) -> tuple[Given, ...]:
    return tuple(
        _one(row, say)
        for row in rows
        if row.Outcome.part_id is None
        or (row.Outcome.synthesis_id == synthesis_id and row.Outcome.part_id in part_ids)
    )


def _one(row: Any, say: Speech) -> Given:
    outcome: Outcome = row.Outcome
    return Given(
        verdict=outcome.verdict,
        label=say.gettext(rules.LABELS[outcome.verdict]),
        body=outcome.body,
        decision=outcome.decision,
        link=outcome.link,
        day=say.day(outcome.updated_at),
        part=outcome.part_id or "",
        title=row.title,
        path=_path(row),
        statement=outcome.statement_id or "",
    )


def _path(row: Any) -> str:
    if row.Outcome.statement_id is not None:
        return f"/{row.kind}s/{row.Outcome.statement_id}"
    if row.Outcome.question_id is not None:
        number = f"{row.theme_number}-{row.question_number}"
        return f"/consultations/{row.slug}/questions/{number}"
    return ""
