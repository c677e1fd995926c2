from datetime import timedelta

from consult.models import AccountClosing
from consult.queries import closings, paging


def test_open_closings_are_listed_the_latest_first(session, make, now):
    boss = make.account("administrator", name="Ada")
    people = [make.account(name=f"P{n}") for n in range(paging.SIZE + 2)]
    for number, one in enumerate(people):
        said = {"reason": "attack", "words": "Des attaques.", "closed_by_id": boss.id}
        make.save(
            AccountClosing(account_id=one.id, closed_at=now + timedelta(minutes=number), **said)
        )
    over = session.query(AccountClosing).filter_by(account_id=people[-1].id).one()
    over.reopened_at, over.reopened_by_id = now, boss.id
    session.commit()
    first, after = paging.cut(
        session.execute(closings.closed()).all(), lambda row: (row.closed_at, row.id)
    )
    rest = session.execute(closings.closed(after)).all()
    assert [row.name for row in [*first, *rest]] == [one.name for one in people[-2::-1]]
    past = session.execute(closings.of_account(people[-1].id)).one()
    assert (past.closer_name, past.opener_name, past.words) == ("Ada", "Ada", "Des attaques.")
    assert session.execute(closings.of_account(boss.id)).all() == []
