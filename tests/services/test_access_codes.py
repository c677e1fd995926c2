"""Codes printed on letters: used on any device as one person, counted, taken back."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import AccessCode, Device, JournalEntry, Participant
from consult.queries.consultations import Reader
from consult.services import access_codes, accounts, participation
from consult.services.access_codes import Printing
from tests.meanwhile import just_before


@pytest.fixture
def here(make, session, now):
    printed(session, make.consultation(access="listed"), now, key="noise")
    return make.consultation(access="listed")


def printed(session, consultation, now, key="one", number=3, **facts):
    asked = Printing(key, number, **facts)
    letters = access_codes.make(session, consultation, asked, actor="account:x", now=now)
    session.commit()
    return letters


def refused(code, act, status=422):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def use(session, code, now):
    found, device = access_codes.use(session, code, now=now)
    session.commit()
    return found, accounts.find_participant(session, account_id=None, device=device)


def test_only_hashes_are_stored_and_letters_are_numbered(session, here, now):
    letters = printed(session, here, now)
    more = printed(session, here, now, key="two", number=2)
    assert [letter.number for letter in (*letters, *more)] == [1, 2, 3, 4, 5]
    stored = repr([vars(row) for row in session.scalars(select(AccessCode))])
    codes = {letter.code for letter in (*letters, *more)}
    assert len(codes) == 5
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    told = repr([row.facts for row in session.scalars(select(JournalEntry))])
    assert not any(code in told for code in codes)


def test_names_are_printed_and_kept_only_when_it_is_said(session, here, now):
    names = ("Awa Ba", "Bob")
    letters = printed(session, here, now, number=2, names=names)
    assert [letter.name for letter in letters] == ["Awa Ba", "Bob"]
    printed(session, here, now, key="two", number=2, names=names, keeps_names=True)
    query = select(AccessCode.name).where(AccessCode.consultation_id == here.id)
    assert session.scalars(query.order_by(AccessCode.number)).all() == ["", "", "Awa Ba", "Bob"]


@pytest.mark.parametrize("number", ["0", "501", "-1", "trois", "", "1.5", None, "9" * 19, "²"])
def test_a_number_that_cannot_be_is_refused(number):
    wanted = access_codes.wanted
    refused("codes-number", lambda: wanted(key="k", number=number, names="", keeps_names=False))


def test_names_count_the_letters():
    wanted = access_codes.wanted(key="k", number="9", names="Awa\n\n Bob ", keeps_names=True)
    assert wanted == Printing("k", 2, ("Awa", "Bob"), True)
    assert access_codes.wanted(key="k", number=" 7 ", names=None, keeps_names=True).number == 7
    many = "\n".join(str(n) for n in range(501))
    refused(
        "codes-number",
        lambda: access_codes.wanted(key="k", number="", names=many, keeps_names=False),
    )


def test_the_same_form_prints_once_and_there_is_a_most(session, here, now, monkeypatch):
    printed(session, here, now)
    refused("codes-printed", lambda: printed(session, here, now), 409)
    monkeypatch.setattr(access_codes, "MOST", 5)
    refused("codes-too-many", lambda: printed(session, here, now, key="two"))


def test_a_code_is_one_person_on_every_device(session, here, now):
    first, second, _third = printed(session, here, now)
    found, person = use(session, first.code, now)
    assert found.id == here.id
    assert use(session, first.code.lower().replace("-", " "), now) == (found, person)
    other = use(session, second.code, now)[1]
    assert other != person
    devices = select(func.count()).where(Device.participant_id == person)
    assert session.scalar(devices) == 2
    used = select(func.count()).where(AccessCode.used_at.is_not(None))
    assert session.scalar(used) == 2
    acts = select(func.count()).where(JournalEntry.act == "code.used")
    assert session.scalar(acts) == 2


def test_a_code_lets_in_where_it_was_given_and_nowhere_else(session, make, here, now):
    first, *_others = printed(session, here, now)
    person = use(session, first.code, now)[1]
    reader = Reader(participant_id=person)
    participation.enter(session, "answer", here, reader, now=now)
    elsewhere = make.consultation(access="listed")
    refused(
        "not-on-the-list",
        lambda: participation.enter(session, "answer", elsewhere, reader, now=now),
        403,
    )
    query = select(AccessCode.id).where(AccessCode.participant_id == person)
    code_id = session.scalars(query).one()
    refused(
        "code-not-held",
        lambda: access_codes.revoke(session, elsewhere, code_id, actor="account:x", now=now),
        404,
    )
    access_codes.revoke(session, here, code_id, actor="account:x", now=now)
    session.commit()
    refused("access-code-unknown", lambda: use(session, first.code, now))
    refused(
        "not-on-the-list",
        lambda: participation.enter(session, "answer", here, reader, now=now),
        403,
    )


def test_the_codes_of_a_printing_not_used_are_taken_back(session, here, now):
    first, second, _third = printed(session, here, now)
    use(session, first.code, now)
    batch = session.scalar(select(AccessCode.batch).where(AccessCode.consultation_id == here.id))
    back = {"actor": "account:x", "now": now}
    assert access_codes.revoke_unused(session, here, batch, **back) == 2
    session.commit()
    use(session, first.code, now)
    refused("access-code-unknown", lambda: use(session, second.code, now))
    refused("code-not-held", lambda: access_codes.revoke_unused(session, here, batch, **back), 404)


def test_a_code_never_given_is_unknown_and_one_given_early_waits(session, make, here, now):
    refused("access-code-unknown", lambda: use(session, "7K4M-2PX9-QHTW-3EFG", now))
    early = make.consultation(access="listed", published_at=None)
    (letter,) = printed(session, early, now, number=1)
    refused("not-open-yet", lambda: use(session, letter.code, now), 409)


def test_typed_on_two_devices_at_once_it_is_one_person(session, here, now):
    (letter,) = printed(session, here, now, number=1)
    engine = session.get_bind()
    session.close()

    def enter(_n):
        with Session(engine) as own:
            return use(own, letter.code, now)[1]

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(enter, range(8)))) == 1
    people = select(func.count()).where(Participant.origin.like("code:%"))
    assert session.scalar(people) == 1
    assert re.fullmatch(r"[2-9A-Z-]{19}", letter.code)


def test_typed_on_another_device_meanwhile_it_is_the_same_person(session, here, now):
    (letter,) = printed(session, here, now, number=1)
    session.commit()
    first = []

    def enter(own):
        found = use(own, letter.code, now)[1]
        own.commit()
        return found

    def enter_first(_connection):
        with Session(session.get_bind()) as other:
            first.append(enter(other))

    with just_before(session.get_bind(), "INSERT INTO participant", enter_first):
        assert enter(session) == first[0]
