import pytest

from consult.domain.errors import RuleBroken
from consult.queries import room_letters
from consult.services import follows, stopped_letters


@pytest.fixture
def room(make):
    room, other = make.room(), make.room()
    make.joins(make.account(email="runs@exemple.fr"), room)
    for name in ("ada", "bob"):
        account = make.account(email=f"{name}@exemple.fr")
        make.joins(account, room, "member")
        make.joins(account, other, "member")
    make.joins(make.account(email="other@exemple.fr"), other, "member")
    return room


def reached(session, room, part="all"):
    rows = session.execute(room_letters.reached(room.id, part)).all()
    return {row.email.partition("@")[0] for row in rows}


def test_it_reaches_who_is_there_now_and_wants_it(session, make, room, now):
    make.joins(make.account(email="gone@exemple.fr"), room, "member", ended_at=now)
    make.joins(make.account(email="shut@exemple.fr", active=False), room, "member")
    silent = make.account(email="silent@exemple.fr")
    make.joins(silent, room, "member")
    person = follows.subscribe(session, silent.email, now=now)
    follows.choose(session, person, "none", now=now)
    stopped = make.account(email="stopped@exemple.fr")
    make.joins(stopped, room, "member")
    stopped_letters.stop(session, stopped.id, room_letters.subject(room.id), now=now)
    elsewhere = make.account(email="elsewhere@exemple.fr")
    make.joins(elsewhere, room, "member")
    stopped_letters.stop(session, elsewhere.id, "room:another", now=now)
    assert reached(session, room) == {"runs", "ada", "bob", "elsewhere"}
    assert reached(session, room, "role:facilitator") == {"runs"}
    assert reached(session, room, "role:member") == {"ada", "bob", "elsewhere"}
    assert reached(session, room, "role:nobody") == set()
    found = {row.part: row.number for row in session.execute(room_letters.parts(room.id))}
    assert found == {"all": 4, "role:facilitator": 1, "role:member": 3}


@pytest.mark.parametrize("part", ["", "email:ada", "role", "x" * 100])
def test_a_part_that_rooms_do_not_have_is_refused(room, part):
    with pytest.raises(RuleBroken, match="room-part-unknown"):
        room_letters.reached(room.id, part)


def test_it_goes_in_the_language_of_each(session, room, now):
    follows.subscribe(session, "ada@exemple.fr", home=follows.Home(locale="en"), now=now)
    rows = session.execute(room_letters.reached(room.id)).all()
    assert {row.email[:3]: row.locale for row in rows} == {"run": "fr", "ada": "en", "bob": "fr"}


def test_a_membership_says_whether_letters_were_stopped(session, make, room, now):
    ada = make.account()
    assert session.execute(room_letters.membership(room.id, ada.id)).first() is None
    make.joins(ada, room, "member")
    found = session.execute(room_letters.membership(room.id, ada.id)).one()
    assert (found.role, found.stopped) == ("member", False)
    stopped_letters.stop(session, ada.id, room_letters.subject(room.id), now=now)
    assert session.execute(room_letters.membership(room.id, ada.id)).one().stopped
