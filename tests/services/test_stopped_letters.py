from sqlalchemy import select

from consult.models import JournalEntry
from consult.services import stopped_letters


def test_letters_stop_and_come_again_once(session, make, now):
    ada, bob = make.account(), make.account()
    assert stopped_letters.stop(session, ada.id, "room:x", now=now)
    assert not stopped_letters.stop(session, ada.id, "room:x", now=now)
    assert stopped_letters.is_stopped(session, ada.id, "room:x")
    assert not stopped_letters.is_stopped(session, ada.id, "waiting")
    assert not stopped_letters.is_stopped(session, bob.id, "room:x")
    assert stopped_letters.resume(session, ada.id, "room:x", now=now)
    assert not stopped_letters.resume(session, ada.id, "room:x", now=now)
    session.commit()
    session.expire_all()
    assert not stopped_letters.is_stopped(session, ada.id, "room:x")
    query = select(JournalEntry.act, JournalEntry.subject).order_by(JournalEntry.id)
    assert session.execute(query).all() == [
        ("letters.stopped", "room:x"),
        ("letters.resumed", "room:x"),
    ]
