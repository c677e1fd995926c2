from datetime import timedelta

from consult.queries import accounts as queries
from consult.services import accounts


def test_the_open_sessions_of_an_account_the_latest_first(session, make, now):
    owner, other = make.account(), make.account()
    for hours in range(3):
        at = now + timedelta(hours=hours)
        number = accounts.open_session(session, account=owner, address="", user_agent="", now=at)
    accounts.open_session(session, account=other, address="", user_agent="", now=now)
    session.commit()
    accounts.close_session(session, number, now=now)
    session.commit()
    since = now - timedelta(days=30)
    rows = session.execute(queries.open_sessions(owner.id, since)).all()
    assert [row.created_at for row in rows] == [now + timedelta(hours=1), now]
    rows = session.execute(queries.open_sessions(owner.id, now)).all()
    assert [row.created_at for row in rows] == [now + timedelta(hours=1)]
