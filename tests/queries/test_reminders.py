from consult.queries import reminders
from tests.rooms import tree


def names(session, account):
    return [row.name for row in session.execute(reminders.answered_for(account.id))]


def test_one_answers_for_the_rooms_below_that_nobody_runs(session, make, now):
    found = tree(session, make, now)
    make.room(above=found.hub, name="Salle vide")
    vacant = make.room(above=found.local, name="Salle vide, plus bas")
    make.joins(make.account(active=False), vacant)
    make.joins(make.account(), vacant, "member")
    assert names(session, found.by_hub) == ["Hub Grand Est", "Salle vide"]
    assert names(session, found.by_local) == ["Salle du 54", "Salle vide, plus bas"]
    assert names(session, found.by_national) == ["Salle nationale"]
    assert names(session, make.account()) == []
