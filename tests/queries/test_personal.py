"""What leads to a person is in the file of their data, or left out for a reason."""

import pytest

from consult.queries.personal import LEFT_OUT, PARTS, Person
from tests.personal import Someone, links


def test_every_column_that_leads_to_a_person_is_in_a_part_or_left_out():
    covered = [link for one in PARTS for link in one.links]
    assert links() == set(covered) | set(LEFT_OUT)
    assert not set(covered) & set(LEFT_OUT)
    assert all(LEFT_OUT.values())


def test_a_new_table_would_be_seen():
    assert {"stance.participant_id", "report.email", "mail.recipient", "decision.account_id"} <= (
        links()
    )


def test_each_part_has_its_own_name_and_no_secret():
    keys = [one.key for one in PARTS]
    assert len(set(keys)) == len(keys)
    person = Person("a", "p", "e", ("c",))
    names = {column.name for one in PARTS for column in one.rows(person).selected_columns}
    secret = ("hash", "password", "secret", "public_key", "credential", "uniquifier", "search")
    assert not [name for name in names if any(word in name for word in secret)]


@pytest.mark.parametrize("person", [Person(), Person(email="x@exemple.fr"), Person("a", "p")])
def test_nobody_in_particular_has_nothing(session, make, person):
    Someone(make).everything()
    assert not [one.key for one in PARTS if session.execute(one.rows(person)).all()]
