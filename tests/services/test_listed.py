"""The people on a list: added once, written to once, again to the silent, taken off."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from consult.domain.errors import RuleBroken
from consult.models import ListedPerson, Mail, Stance
from consult.services import accounts, contributions, listed

LETTER = ("Votre avis", "Bonjour.")


@pytest.fixture
def here(make, session):
    noise = make.consultation(access="listed")
    session.add(ListedPerson(consultation_id=noise.id, email="a@x.fr"))
    session.commit()
    return make.consultation(access="listed")


def add(session, here, raw, now):
    done = listed.add(session, here, raw=raw, actor="account:x", now=now)
    session.commit()
    return done


def write(session, here, now, again=False):
    done = listed.write_to(session, here, LETTER, again=again, actor="account:x", now=now)
    session.commit()
    return done


def emails(session, here):
    query = select(ListedPerson.email).where(ListedPerson.consultation_id == here.id)
    return sorted(session.scalars(query))


def test_people_are_added_once(session, here, now):
    assert add(session, here, "A@x.fr; b@x.fr\n moi\n a@x.fr", now) == 2
    assert add(session, here, "b@x.fr\nc@x.fr", now) == 1
    assert emails(session, here) == ["a@x.fr", "b@x.fr", "c@x.fr"]


def test_a_list_is_shown_before_anything_changes(session, here, now):
    add(session, here, "a@x.fr", now)
    checked = listed.check(session, here, "a@x.fr\nb@x.fr\nmoi\nb@x.fr")
    assert (checked.fresh, checked.present) == (["b@x.fr"], 1)
    assert (checked.unreadable, checked.doubles) == ([(3, "moi")], [(4, "b@x.fr")])
    assert emails(session, here) == ["a@x.fr"]


def test_there_is_a_most(session, here, now, monkeypatch):
    monkeypatch.setattr(listed, "MOST", 2)
    add(session, here, "a@x.fr b@x.fr", now)
    with pytest.raises(RuleBroken, match="listed-too-many"):
        add(session, here, "c@x.fr", now)


def test_someone_is_taken_off_and_a_stranger_is_unknown(session, here, now):
    add(session, here, "a@x.fr b@x.fr", now)
    listed.remove(session, here, email=" A@x.fr", actor="account:x", now=now)
    assert emails(session, here) == ["b@x.fr"]
    with pytest.raises(RuleBroken) as broken:
        listed.remove(session, here, email="a@x.fr", actor="account:x", now=now)
    assert (broken.value.code, broken.value.status) == ("listed-unknown", 404)


def test_each_gets_one_letter_and_the_silent_another_the_day_after(session, make, here, now):
    add(session, here, "a@x.fr b@x.fr c@x.fr d@x.fr", now)
    assert listed.number_to_write_to(session, here, now=now) == 4
    assert write(session, here, now) == 4
    assert write(session, here, now) == 0
    assert write(session, here, now + timedelta(hours=23), again=True) == 0
    take_part(session, make, here, now)
    later = now + timedelta(days=1)
    assert listed.number_to_write_to(session, here, now=later) == 2
    assert write(session, here, later, again=True) == 2
    rows = session.execute(select(Mail.recipient, func.count()).group_by(Mail.recipient)).all()
    assert {row[0]: row[1] for row in rows} == {"a@x.fr": 1, "b@x.fr": 1, "c@x.fr": 2, "d@x.fr": 2}


def take_part(session, make, here, now):
    """One writes, another weighs, a third does so elsewhere."""
    writer, weigher, stranger = (
        make.participant(account_id=make.account(email=f"{name}@x.fr").id) for name in "abc"
    )
    contributions.of(session, here, writer.id, now=now)
    contributions.of(session, make.consultation(), stranger.id, now=now)
    question = make.question(make.theme(here))
    answer = make.answer(question, participant_id=writer.id)
    values = {"value": 1, "created_at": now, "updated_at": now}
    session.add(Stance(statement_id=answer.id, participant_id=weigher.id, **values))
    session.commit()


def test_whoever_comes_back_to_the_list_has_no_second_first_letter(session, here, now):
    add(session, here, "a@x.fr", now)
    write(session, here, now)
    listed.remove(session, here, email="a@x.fr", actor="account:x", now=now)
    add(session, here, "a@x.fr", now)
    write(session, here, now)
    assert session.scalar(select(func.count()).select_from(Mail)) == 1


@pytest.mark.parametrize(
    "facts", [{"published_at": None}, {"access": "open"}, {"closes_at": "past"}]
)
def test_no_letter_leaves_before_it_is_published_nor_after_the_close(session, make, now, facts):
    if "closes_at" in facts:
        facts = {"closes_at": now - timedelta(minutes=1)}
    here = make.consultation(**{"access": "listed", **facts})
    add(session, here, "a@x.fr", now)
    assert not listed.may_write(here, now)
    with pytest.raises(RuleBroken) as broken:
        write(session, here, now)
    assert (broken.value.code, broken.value.status) == ("letters-not-now", 409)


def test_a_thousand_people_are_written_to(session, here, now):
    assert add(session, here, "\n".join(f"p{n}@x.fr" for n in range(1_001)), now) == 1_001
    assert write(session, here, now) == 1_001
    keys = session.scalars(select(Mail.dedup_key)).all()
    assert len(set(keys)) == 1_001 and max(map(len, keys)) <= 120
    assert accounts.digest("p0@x.fr")[:24] in keys[0] + "".join(keys)
    facts = session.scalar(text("select count(*) from journal_entry where act like 'people.%'"))
    assert facts == 2
