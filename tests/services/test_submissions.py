import pytest

from consult.domain.errors import RuleBroken
from consult.services import submissions


def test_a_form_is_taken_once_and_gives_what_it_made(session, make, now):
    person, other = make.participant().id, make.participant().id
    answer = make.answer(make.question())
    assert submissions.take(session, person, "k", now=now) is None
    submissions.finish(session, person, "k", answer.id)
    session.commit()
    assert submissions.take(session, person, "k", now=now).id == answer.id
    assert submissions.earlier(session, person, "k").id == answer.id
    assert submissions.earlier(session, other, "k") is None
    assert submissions.found(session, person, "k").id == answer.id
    assert submissions.found(session, person, "k\x00") is None


def test_a_form_that_made_nothing_is_refused_again(session, make, now):
    person = make.participant().id
    assert submissions.claim(session, person, "k", now=now)
    with pytest.raises(RuleBroken, match="key-used"):
        submissions.take(session, person, "k", now=now)
