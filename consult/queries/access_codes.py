"""Access codes: the letters they were printed on, and whom they let in."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from ..models import AccessCode, Consultation
from . import paging

Rows = Select[*tuple[Any, ...]]


def is_held_by(participant_id: Any) -> ColumnElement[bool]:
    """Tell which consultations the holder of a code may enter; correlated to `Consultation`."""
    return (
        select(AccessCode.id)
        .where(
            AccessCode.participant_id == participant_id,
            AccessCode.consultation_id == Consultation.id,
            AccessCode.revoked_at.is_(None),
        )
        .correlate(Consultation)
        .exists()
    )


def batches(consultation_id: str) -> Rows:
    """Select each printing of letters, the latest first: how many codes, used, revoked."""
    return (
        select(
            AccessCode.batch,
            func.min(AccessCode.created_at).label("created_at"),
            func.min(AccessCode.number).label("first"),
            func.max(AccessCode.number).label("last"),
            func.count().label("codes"),
            func.count(AccessCode.used_at).label("used"),
            func.count(AccessCode.revoked_at).label("revoked"),
            func.count()
            .filter(AccessCode.used_at.is_(None), AccessCode.revoked_at.is_(None))
            .label("unused"),
        )
        .where(AccessCode.consultation_id == consultation_id)
        .group_by(AccessCode.batch)
        .order_by(func.min(AccessCode.number).desc())
    )


def codes(consultation_id: str, cursor: str | None = None) -> Rows:
    """Select a page of codes by the number of their letter; what was printed is not known."""
    query: Rows = select(
        AccessCode.id,
        AccessCode.number,
        AccessCode.name,
        AccessCode.used_at,
        AccessCode.revoked_at,
    ).where(AccessCode.consultation_id == consultation_id)
    columns: tuple[ColumnElement[Any], ...] = (AccessCode.number,)  # type: ignore[assignment]
    return paging.after(query, columns, descending=False, cursor_text=cursor)
