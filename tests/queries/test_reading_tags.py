"""Tags: each text is counted as one thing only, and what is proposed is what still waits."""

import random

import pytest
from sqlalchemy import func, select

from consult.domain import reading_tags as rules
from consult.models import ProposedTag, ReadingTag, RefusedTag, Statement, TaggedStatement
from consult.queries import reading_tags as queries
from consult.queries.readings import is_counted
from consult.services import reading_tags as service
from tests import reading_rooms


@pytest.fixture
def tag(make):
    def tag(consultation, name):
        row = ReadingTag(consultation_id=consultation.id, name=name, created_at=make.now)
        return make.save(row)

    return tag


def bears(make, text, tag, **facts):
    facts = {"version": text.version, "tagged_at": make.now} | facts
    return make.save(TaggedStatement(statement_id=text.id, tag_id=tag.id, **facts))


def proposed(make, text, tag, **facts):
    facts = {"version": text.version, "confidence": 700, "level": 1} | facts
    return make.save(ProposedTag(statement_id=text.id, tag_id=tag.id, **facts))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_texts_they_add_up(make, session, tag, seed):
    chance = random.Random(seed)
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme)
    tags = [tag(consultation, "Gares"), tag(consultation, "Soin")]
    states = ("published", "published", "pending", "hidden", "to_correct", "withdrawn")
    texts = [make.answer(question, state=chance.choice(states)) for _one in range(20)]
    texts.append(make.proposal(theme))
    for text in texts:
        if chance.random() < 0.4:
            bears(make, text, chance.choice(tags), version=chance.choice((1, 1, 2)))
        if chance.random() < 0.4:
            one = proposed(make, text, chance.choice(tags), version=chance.choice((1, 1, 2)))
            if chance.random() < 0.3:
                refused = {"tag_id": one.tag_id, "refused_at": make.now}
                make.save(RefusedTag(statement_id=text.id, **refused))
        if text is not texts[-1] and chance.random() < 0.3:
            reading_rooms.grouped(make, text, texts[-1])
    session.commit()
    found = service.counts(session, consultation.id)
    query = select(func.count()).select_from(Statement).where(is_counted(consultation.id))
    assert found.total == session.scalar(query) == sum(found.of.values())
    assert sum(found.tags.values()) == found.of[rules.TAGGED]
    shown = session.execute(queries.proposals(consultation.id, None)).all()
    assert len(shown) == found.of[rules.PROPOSED]
    left = len(session.execute(queries.texts(consultation.id, "")).all())
    assert left == sum(found.of[one] for one in (rules.TAGGED, rules.PROPOSED, rules.UNTAGGED))


def test_the_surest_come_first_and_a_choice_says_what_a_text_bears(make, session, tag):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    gares, care = tag(consultation, "Gares"), tag(consultation, "Écoles")
    first, second, third = (make.answer(question) for _one in range(3))
    proposed(make, first, gares, confidence=500)
    proposed(make, second, gares, confidence=900, level=3)
    bears(make, third, care)
    session.commit()
    rows = session.execute(queries.proposals(consultation.id, None)).all()
    assert [(row.id, row.name) for row in rows] == [(second.id, "Gares"), (first.id, "Gares")]
    choices = session.execute(queries.choices(third)).all()
    assert [(row.name, bool(row.here)) for row in choices] == [("Écoles", True), ("Gares", False)]
    now_is = session.execute(queries.seen(consultation.id, [first.id, third.id])).all()
    assert [(row.id, row.tag_id, row.proposed_id) for row in now_is] == [
        (first.id, None, gares.id),
        (third.id, care.id, None),
    ]
    assert session.execute(queries.refused(consultation.id)).all() == []
    assert session.execute(queries.named_themes(consultation.id)).all() == []
