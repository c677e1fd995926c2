"""What comes next: the public texts of a kind that nobody has read nor reads, after another."""

from datetime import timedelta

from consult.models import ReadingHold
from consult.queries import reading_next
from consult.queries.readings import Filters
from tests import reading_rooms


def test_the_oldest_unread_of_a_kind_come_first(session, make, now):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    texts = [make.answer(question) for _ in range(6)]
    make.answer(question, state="pending")
    make.proposal(make.theme(consultation))
    ada, bob = make.account(), make.account()

    def following(after=None, at=now):
        asked = {"by": ada.id, "now": at, "after": after}
        query = reading_next.unread(consultation.id, Filters(), "answer", **asked)
        return [texts.index(one) for one in texts if one.id in session.scalars(query).all()]

    reading_rooms.reading(make, texts[1])
    reading_rooms.grouped(make, texts[2], texts[0])
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    reading_rooms.extract(make, part, texts[3])
    make.save(ReadingHold(statement_id=texts[4].id, account_id=bob.id, until=now + timedelta(1)))
    assert following() == [0, 5]
    assert following(at=now + timedelta(2)) == [0, 4, 5]
    assert following(after=(texts[0].created_at, texts[0].id)) == [5]
