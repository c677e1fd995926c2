"""Whoever is named as whom to call, and asks to be forgotten."""

from consult.services import forgetting_calls
from tests import open_calls as factory


def test_a_person_is_taken_off_the_calls_that_name_them(session, make):
    named = factory.call(make, contact_name="Awa", contact_phone="06", opened_by="Awa")
    other = factory.call(make, contact_name="Bob", contact_phone="07")
    forgetting_calls.forget(session, ("awa@exemple.fr", "Awa"))
    session.expire_all()
    assert (named.contact_name, named.contact_phone, named.opened_by) == ("", "", "–")
    assert (other.contact_name, other.contact_phone) == ("Bob", "07")
