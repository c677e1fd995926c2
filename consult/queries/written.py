"""What has words to read, and what is a box ticked or a number: counted with the figures."""

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select

from ..domain import readings
from ..models import Question, Statement


def is_text(consultation_id: str) -> ColumnElement[bool]:
    """Tell which contributions have words to read, and are not boxes ticked or numbers alone."""
    closed = select(Question.id).where(
        Question.consultation_id == consultation_id, Question.kind.not_in(readings.TEXT_KINDS)
    )
    open_to_words = or_(
        Statement.kind != "answer",
        Statement.question_id.is_(None),
        Statement.question_id.not_in(closed),
        _has_words(),
    )
    return and_(Statement.kind.in_(readings.KINDS), open_to_words)


def _has_words() -> ColumnElement[bool]:
    """Tell which answers to closed questions hold words of their own: "Other", or a detail.

    The quotes that a person types are kept escaped: they never look like those of a key.
    """
    value = func.coalesce(cast(Statement.value, Text), "")
    detailed = and_(value.contains('"detail": "'), not_(value.contains('"detail": ""')))
    return or_(value.contains('{"other": "'), detailed)
