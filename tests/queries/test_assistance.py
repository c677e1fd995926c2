from datetime import timedelta

from consult.queries import assistance, published
from consult.queries.consultations import Reader


def test_only_open_questions_are_offered(session, make, now):
    shown = make.question()
    make.question(make.theme(make.consultation(closes_at=now - timedelta(days=1))))
    make.question(make.theme(make.consultation(opens_at=now + timedelta(days=1))))
    make.question(make.theme(make.consultation(published_at=None)))
    make.question(make.theme(hidden=True))
    rows = session.execute(assistance.open_questions(Reader(), now)).all()
    assert [row.id for row in rows] == [shown.id]


def test_a_question_is_found_where_it_may_be_known(session, make, now):
    shown = make.question()
    listed = make.question(make.theme(make.consultation(access="listed")))
    assert session.execute(published.question(shown.id, Reader(), now)).first() is not None
    assert session.execute(published.question(listed.id, Reader(), now)).first() is None
