from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import AccountSession, SignInLink, new_id
from consult.services import accounts, entrance
from tests.meanwhile import just_before

ADA = "ada@exemple.fr"


def test_requests_in_a_flood_make_few_ways_in(session, now):
    made = []
    for seconds in range(0, 600, 10):
        made.append(entrance.ask(session, ADA, now=now + timedelta(seconds=seconds)))
        session.commit()
    assert len([way for way in made if way]) == entrance.AN_HOUR
    assert entrance.ask(session, "autre@exemple.fr", now=now)
    assert entrance.ask(session, ADA, now=now + timedelta(hours=3))


def test_of_two_who_ask_at_the_same_moment_one_gets_a_letter(session, now):
    engine = session.get_bind()

    def ask_first(_connection):
        with Session(engine) as other:
            assert entrance.ask(other, ADA, now=now)
            other.commit()

    writing = just_before(engine, ("DELETE", "INSERT"), ask_first)
    with writing, Session(engine, autoflush=False) as own:
        assert entrance.ask(own, ADA, now=now) is None
        own.commit()
    assert len(session.scalars(select(SignInLink)).all()) == 1


def test_a_way_in_lasts_an_hour_and_one_that_publishes_longer(session, now):
    late = now + timedelta(minutes=61)
    token, _code = entrance.ask(session, ADA, now=now)
    assert entrance.waiting(session, token, now=late) is None
    token, _code = entrance.ask(session, "bob@exemple.fr", now=now, publishes=True)
    assert entrance.waiting(session, token, now=late)


def test_looking_at_a_link_uses_nothing(session, now):
    token, _code = entrance.ask(session, ADA, now=now, publishes=True)
    session.commit()
    for _ in range(2):
        assert entrance.waiting(session, token, now=now).email == ADA
    assert entrance.waiting(session, token, now=now + timedelta(hours=25)) is None
    assert entrance.waiting(session, "inconnu", now=now) is None
    assert session.scalars(select(SignInLink.used_at)).one() is None
    accounts.follow_link(session, token, now=now)
    assert entrance.waiting(session, token, now=now) is None


def test_only_the_newest_way_in_works(session, now):
    ways = []
    for minutes in range(4):
        ways.append(entrance.ask(session, ADA, now=now + timedelta(minutes=minutes)))
        session.commit()
    late = now + timedelta(minutes=5)
    other, _code = entrance.ask(session, "bob@exemple.fr", now=late)
    for token, code in ways[:-1]:
        assert entrance.waiting(session, token, now=late) is None
        assert entrance.of_link(session, token, now=late).replaced_at
        with pytest.raises(RuleBroken, match="link-replaced") as refused:
            accounts.follow_link(session, token, now=late)
        assert refused.value.status == 409
        if code != ways[-1][1]:
            with pytest.raises(RuleBroken, match="code-wrong"):
                accounts.of_code(session, ADA, code)
    assert accounts.of_code(session, ADA, ways[-1][1]).email == ADA
    assert accounts.follow_link(session, ways[-1][0], now=late)
    assert entrance.waiting(session, other, now=late)


def test_whoever_asks_for_someone_else_keeps_them_neither_out_nor_from_publishing(
    session, make, now
):
    writer = make.participant()
    publishing = entrance.ask(session, ADA, now=now, participant_id=writer.id, publishes=True)
    ways = []
    for seconds in range(0, 1200, 30):  # forty times, by somebody else
        ways.append(entrance.ask(session, ADA, now=now + timedelta(seconds=seconds)))
        session.commit()
    sent = [way for way in ways if way]
    late = now + timedelta(seconds=1200)
    assert len(sent) == entrance.AN_HOUR
    assert accounts.of_code(session, ADA, publishing[1]).participant_id == writer.id
    assert accounts.follow_link(session, sent[-1][0], now=late)[1] is None
    session.commit()
    again = entrance.ask(session, ADA, now=late)  # its owner came in: they can ask once more
    session.commit()
    assert accounts.of_code(session, ADA, again[1]).participant_id is None
    assert accounts.follow_link(session, publishing[0], now=late)[1] == writer.id


def test_a_way_in_asked_for_by_the_writer_replaces_the_one_that_publishes(session, make, now):
    writer, late = make.participant(), now + timedelta(minutes=1)
    first = entrance.ask(session, ADA, now=now, participant_id=writer.id, publishes=True)
    second = entrance.ask(session, ADA, now=late, participant_id=writer.id)
    assert entrance.waiting(session, first[0], now=late) is None
    assert accounts.follow_link(session, second[0], now=late)[1] == writer.id


def test_of_ways_in_made_at_once_one_works(session, now):
    def make_one(_number):
        with Session(session.get_bind()) as own:
            made = accounts.new_link(own, ADA, now=now)
            own.commit()
            return made[0]

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(make_one, range(4)))
    assert sum(entrance.waiting(session, token, now=now) is not None for token in tokens) == 1


def test_a_way_in_made_by_someone_else_meanwhile_is_replaced_too(session, now):
    def insert_first(connection):
        dates = {"created_at": now, "expires_at": now + timedelta(hours=1)}
        row = {"token_hash": accounts.digest("theirs"), "email": ADA, **dates}
        connection.execute(insert(SignInLink).values(id=new_id(), attempts=0, **row))

    with just_before(session.get_bind(), "INSERT INTO sign_in_link", insert_first):
        token, _code = accounts.new_link(session, ADA, now=now)
    assert entrance.waiting(session, token, now=now).email == ADA
    assert entrance.of_link(session, "theirs", now=now).replaced_at == now


def test_a_session_is_closed_by_its_owner_alone(session, make, now):
    owner, other = make.account(), make.account()
    number = accounts.open_session(session, account=owner, address="", user_agent="", now=now)
    session.commit()
    mark = session.scalars(select(AccountSession.id_hash)).one()
    assert mark == accounts.digest(number)
    assert not entrance.close_other(session, other.id, mark, now=now)
    assert entrance.close_other(session, owner.id, mark, now=now)
    assert not entrance.close_other(session, owner.id, mark, now=now)


def test_all_the_other_sessions_of_an_account_are_closed_at_once(session, make, now):
    owner, other = make.account(), make.account()

    def opened(account, at=now):
        number = accounts.open_session(session, account=account, address="", user_agent="", now=at)
        return number, account.fs_uniquifier

    here, there, elsewhere = opened(owner), opened(owner), opened(other)
    opened(owner, now - timedelta(days=accounts.SESSION_DAYS + 1))
    session.commit()
    assert entrance.close_others(session, owner.id, accounts.digest(here[0]), now=now) == 1
    found = [accounts.of_session(session, *one, now=now) for one in (here, there, elsewhere)]
    assert [one and one[0].id for one in found] == [owner.id, None, other.id]
    assert entrance.close_others(session, owner.id, accounts.digest(here[0]), now=now) == 0
