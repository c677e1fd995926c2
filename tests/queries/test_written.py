"""What people wrote beside a box is read like any text; a box alone is a figure."""

import pytest
from sqlalchemy import select

from consult.models import Statement
from consult.queries import written


@pytest.mark.parametrize(
    ("kind", "value", "has_words"),
    [
        ("yes_no", {"choice": "no", "detail": ""}, False),
        ("yes_no", {"choice": "no", "detail": '"detail": ""'}, True),
        ("yes_no", {"choice": "no", "detail": "Plus de bateau le soir."}, True),
        ("choice", "Le soir", False),
        ("choice", '{"other": "x"}', False),
        ("choice", {"other": "Pendant les vacances"}, True),
        ("choices", ["Le soir", {"other": "Tôt"}], True),
        ("choices", ["Le soir", '"detail": "x"'], False),
        ("number", 3, False),
        ("scale", None, False),
        ("long_text", None, True),
    ],
)
def test_words_beside_a_box_are_a_text(session, make, kind, value, has_words):
    theme = make.theme(make.consultation())
    answer = make.answer(make.question(theme, kind=kind), value=value)
    session.commit()
    found = session.scalars(
        select(Statement.id).where(
            Statement.consultation_id == theme.consultation_id,
            written.is_text(theme.consultation_id),
        )
    ).all()
    assert found == ([answer.id] if has_words else [])
