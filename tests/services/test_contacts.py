"""Whom the people of a territory may call."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Territory, TerritoryContact
from consult.queries import rooms
from consult.queries import territories as tree
from consult.services import consultations, contacts


@pytest.fixture
def save(session, now):
    def one(code="D-54", version=None, **values):
        place = session.get_one(Territory, code)
        held = contacts.values_of(session, place)
        contacts.save(
            session,
            place,
            values=values,
            version=consultations.stamp(held) if version is None else version,
            actor="account:x",
            now=now,
        )
        session.commit()
        return contacts.values_of(session, place)

    return one


def called(session, code):
    place = rooms.with_moderator(code, rooms.Reader())
    contact = session.execute(tree.with_contact(place, code)).one().TerritoryContact
    return contact and contact.territory_code


def test_a_contact_is_written_changed_and_removed(session, save):
    kept = save(name="Ada", phone="03 00 00 00 00", hours="Le matin", email="ADA@exemple.fr")
    assert kept == {
        "name": "Ada", "phone": "03 00 00 00 00", "email": "ada@exemple.fr", "hours": "Le matin",
    }  # fmt: skip
    assert save(name="Bob", email="bob@exemple.fr")["phone"] == ""
    assert set(save().values()) == {""}
    assert session.scalars(select(TerritoryContact)).all() == []
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert {(one.act, one.subject) for one in entries} == {("contact.saved", "territory:D-54")}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "Ada"}, "contact-unreachable"),
        ({"hours": "Le matin"}, "contact-unreachable"),
        ({"email": "moi"}, "email-unreadable"),
        ({"phone": "0" * 41}, "text-too-long"),
        ({"phone": "0", "name": "\x00"}, "text-unreadable"),
    ],
)
def test_what_cannot_be_is_refused(session, save, values, code):
    with pytest.raises(RuleBroken, match=code):
        save(**values)
    session.rollback()
    assert session.scalars(select(TerritoryContact)).all() == []


def test_two_who_change_it_at_once_are_told(session, save):
    save(phone="1")
    with pytest.raises(RuleBroken, match="stale") as broken:
        save(phone="2", version="before")
    assert broken.value.status == 409
    session.rollback()


def test_one_calls_the_nearest(session, save):
    assert called(session, "M-54395") is None
    for code in ("FR", "R-44", "D-54", "E-245400676", "M-54395"):
        save(code, phone="1")
        assert called(session, "M-54395") == code
    assert called(session, "D-51") == "R-44"
    assert called(session, "M-98818") == "FR"
    assert called(session, "FR") == "FR"
