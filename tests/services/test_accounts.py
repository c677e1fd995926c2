from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, Device, JournalEntry
from consult.services import accounts
from tests.meanwhile import just_before


def follow_code(session, email, code, *, now):
    return accounts.use(session, accounts.of_code(session, email, code), now=now)


def test_a_link_works_once(session, now):
    token, _code = accounts.new_link(session, "ada@exemple.fr", now=now)
    account, _participant = accounts.follow_link(session, token, now=now)
    assert account.confirmed_at == now
    with pytest.raises(RuleBroken, match="link-used"):
        accounts.follow_link(session, token, now=now)
    assert len(session.scalars(select(Account)).all()) == 1


def test_five_wrong_codes_close_the_way(session, now):
    _token, code = accounts.new_link(session, "ada@exemple.fr", now=now)
    wrong = "000000" if code != "000000" else "111111"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(RuleBroken) as refused:
            follow_code(session, "ada@exemple.fr", wrong, now=now)
        assert refused.value.facts == {"left": left}
    with pytest.raises(RuleBroken, match="link-unknown"):
        follow_code(session, "ada@exemple.fr", code, now=now)


def test_wrong_codes_tried_at_the_same_moment_all_count(session, now):
    accounts.new_link(session, "ada@exemple.fr", now=now)
    session.commit()
    engine = session.get_bind()

    def guess(own):
        with pytest.raises(RuleBroken, match="code-wrong") as refused:
            follow_code(own, "ada@exemple.fr", "wrong", now=now)
        own.commit()
        return refused.value.facts["left"]

    def guess_first(_connection):
        with Session(engine) as other:
            guess(other)

    with just_before(engine, "UPDATE sign_in_link", guess_first), Session(engine) as own:
        assert guess(own) == accounts.CODE_ATTEMPTS - 2


def test_the_right_code_after_four_wrong_ones_can_be_looked_at_first(session, now):
    _token, code = accounts.new_link(session, "ada@exemple.fr", now=now)
    for left in (4, 3, 2, 1):
        with pytest.raises(RuleBroken) as refused:
            follow_code(session, "ada@exemple.fr", "wrong", now=now)
        assert refused.value.facts["left"] == left
    assert accounts.of_code(session, "ada@exemple.fr", code).email == "ada@exemple.fr"
    assert follow_code(session, "ada@exemple.fr", code, now=now)


def test_the_right_code_comes_in_once(session, now):
    _token, code = accounts.new_link(session, "ada@exemple.fr", now=now, participant_id=None)
    account, participant = follow_code(session, "ada@exemple.fr", code, now=now)
    assert (account.email, participant) == ("ada@exemple.fr", None)
    with pytest.raises(RuleBroken, match="link-unknown"):
        follow_code(session, "ada@exemple.fr", code, now=now)


def test_a_link_of_another_day_or_of_nobody_is_unknown(session, make, now):
    token, _code = accounts.new_link(session, "ada@exemple.fr", now=now)
    late = now + timedelta(hours=accounts.LINK_HOURS, seconds=1)
    for number, at in ((token, late), ("autre", now)):
        with pytest.raises(RuleBroken, match="link-unknown"):
            accounts.follow_link(session, number, now=at)


def test_an_account_shut_out_does_not_come_in_by_a_link(session, make, now):
    account = make.account(active=False)
    token, _code = accounts.new_link(session, account.email, now=now)
    found, participant = accounts.follow_link(session, token, now=now)
    assert (found.active, participant) == (False, None)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert "account.signed-in" not in acts


def test_a_device_is_a_participant_and_an_account_is_one_for_all_its_devices(session, make, now):
    account = make.account()
    person, device = accounts.new_participant(session, account_id=None, now=now, browser="b")
    again, second = accounts.new_participant(session, account_id=None, now=now, browser="b")
    other, _ = accounts.new_participant(session, account_id=None, now=now)
    mine, none = accounts.new_participant(session, account_id=account.id, now=now)
    assert (again.id, none) == (person.id, None)
    assert len({person.id, other.id, mine.id}) == 3
    assert accounts.new_participant(session, account_id=account.id, now=now)[0].id == mine.id

    def found(account_id=None, device=""):
        return accounts.find_participant(session, account_id=account_id, device=device)

    session.flush()
    assert found(device=device) == found(device=second) == person.id
    assert found(account_id=account.id, device=device) == mine.id
    assert found() is found(device="inconnu") is None
    kept = session.scalars(select(Device.token_hash)).all()
    assert device not in kept


def test_a_role_given_twice_is_given_once(session, make, now):
    account = make.account("organiser")
    accounts.grant(session, account, "organiser", now=now)
    session.commit()
    assert [role.name for role in account.roles] == ["organiser"]
    acts = session.scalars(
        select(JournalEntry.act).where(JournalEntry.act == "role.granted").order_by(JournalEntry.id)
    )
    assert len(acts.all()) == 1


def test_a_session_lasts_a_month_until_it_is_closed(session, make, now):
    account = make.account()
    number = accounts.open_session(
        session, account=account, address="192.0.2.7", user_agent="x" * 300, now=now
    )
    session.commit()

    def of(number, at=now, uniquifier=account.fs_uniquifier):
        return accounts.of_session(session, number, uniquifier, now=at)

    assert of(number) == (account, now)
    assert not accounts.see_again(session, number, now, now=now + timedelta(minutes=9))
    later = now + timedelta(minutes=11)
    assert accounts.see_again(session, number, now, now=later)
    assert of(number) == (account, later)
    assert of(number, now + timedelta(days=accounts.SESSION_DAYS, seconds=1)) is None
    assert of(number, uniquifier="changed") is of("autre") is of("") is None
    accounts.close_session(session, number, now=now)
    assert of(number) is None


def test_two_first_sign_ins_at_once_make_one_account(session, now):
    def enter(_number):
        with Session(session.get_bind()) as own:
            account = accounts.by_email(own, "ada@exemple.fr", now=now)
            own.commit()
            return account.id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(enter, range(6)))) == 1
    created = (
        select(JournalEntry).where(JournalEntry.act == "account.created").order_by(JournalEntry.id)
    )
    assert len(session.scalars(created).all()) == 1


def test_an_account_made_by_someone_else_meanwhile_is_the_same(session, now):
    def enter(own):
        account = accounts.by_email(own, "ada@exemple.fr", now=now)
        own.commit()
        return account.id

    def enter_first(_connection):
        with Session(session.get_bind()) as other:
            first.append(enter(other))

    first = []
    with just_before(session.get_bind(), "INSERT INTO account", enter_first):
        assert enter(session) == first[0]
