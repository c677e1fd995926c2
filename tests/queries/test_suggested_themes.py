"""Suggested themes: among which texts, how many each holds, what is in none."""

import pytest

from consult.domain import suggestions
from consult.models import SuggestedTheme, ThemedStatement
from consult.queries import suggested_themes as queries
from tests import reading_rooms


@pytest.fixture
def suggested(make):
    def suggested(consultation, texts=(), **facts):
        facts = {"terms": {"stems": ["gar"], "words": ["gare"]}} | facts
        one = make.save(
            SuggestedTheme(
                consultation_id=consultation.id, created_at=make.now, updated_at=make.now, **facts
            )
        )
        for place, text in enumerate(texts):
            row = {"statement_id": text.id, "version": text.version, "place": place}
            make.save(ThemedStatement(suggestion_id=one.id, **row))
        return one

    return suggested


def test_each_text_is_counted_once_and_shown_while_it_is_public(make, session, suggested):
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme)
    first, second, changed, hidden, grouped, alone = (make.answer(question) for _ in range(6))
    make.answer(question, state="pending")
    proposal = make.proposal(theme)
    below = make.comment(make.argument(proposal))
    one = suggested(
        consultation, [second, first, changed, hidden, grouped], question_id=question.id
    )
    named = suggested(consultation, [proposal], theme_id=theme.id, name="Gares", state="kept")
    suggested(consultation, question_id=question.id, state="dropped")
    changed.version, hidden.state = 2, "hidden"
    reading_rooms.grouped(make, grouped, alone)
    session.commit()
    rows = session.execute(queries.texts(consultation.id, "")).all()
    places = {row.id: (row.question_id, row.theme_id) for row in rows}
    assert places[below.id] == places[proposal.id] == (None, theme.id)
    assert places[first.id][0] == question.id
    assert not {hidden.id, grouped.id} & set(places)
    counted = {row.what: row.number for row in session.execute(queries.counts(consultation.id))}
    assert counted == {
        suggestions.THEMED: 3,
        suggestions.GROUPED: 1,
        suggestions.HIDDEN: 1,
        suggestions.WAITING: 1,
        suggestions.UNCLASSIFIED: 4,
    }
    found = session.execute(queries.listed(consultation.id)).all()
    numbers = {row.SuggestedTheme.id: row.number for row in found}
    assert (numbers[one.id], numbers[named.id]) == (2, 1)
    assert sum(numbers.values()) == counted[suggestions.THEMED]
    shown = session.execute(queries.members(one.id, consultation.id, None)).all()
    assert [row.id for row in shown] == [second.id, first.id]
    assert len(session.execute(queries.held(consultation.id)).all()) == 6
    assert len(session.scalars(queries.of_consultation(consultation.id)).all()) == 3
    other = make.answer(make.question()).id
    found = session.scalars(queries.chosen(consultation.id, [first.id, other])).all()
    assert [text.id for text in found] == [first.id]
