"""The reading aids of a consultation: how far each is, how the last one ended."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from ..models import Aid


def latest(consultation_id: str, kinds: Sequence[str]) -> Select[Aid]:
    """Select the last aid asked of each of these kinds, the kinds in order."""
    order = (Aid.created_at.desc(), Aid.id.desc())
    place = func.row_number().over(partition_by=Aid.kind, order_by=order).label("place")
    ranked = (
        select(Aid.id, place)
        .where(Aid.consultation_id == consultation_id, Aid.kind.in_(kinds))
        .subquery()
    )
    return (
        select(Aid)
        .join(ranked, ranked.c.id == Aid.id)
        .where(ranked.c.place == 1)
        .order_by(Aid.kind)
    )
