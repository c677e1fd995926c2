"""The people of a list, as the console shows them."""

from consult.models import Contribution, ListedPerson, new_id
from consult.queries import listed


def test_who_took_part_is_told_for_this_list_alone(session, make, now):
    here, noise = make.consultation(access="listed"), make.consultation(access="listed")
    for consultation in (here, noise):
        for name in ("ada", "bob"):
            session.add(ListedPerson(consultation_id=consultation.id, email=f"{name}@x.fr"))
    for consultation, name in ((here, "ada"), (noise, "bob")):
        person = make.participant(account_id=make.account(email=f"{name}@x.fr").id)
        facts = {"consultation_id": consultation.id, "participant_id": person.id}
        session.add(Contribution(id=new_id(), created_at=now, **facts))
    session.commit()
    rows = session.execute(listed.people(here.id)).all()
    assert [(row.email, row.letters, bool(row.took_part)) for row in rows] == [
        ("ada@x.fr", 0, True),
        ("bob@x.fr", 0, False),
    ]
    assert tuple(session.execute(listed.counts(here.id)).one()) == (2, 1)


def test_a_page_follows_another(session, make, now):
    here = make.consultation(access="listed")
    for n in range(25):
        session.add(ListedPerson(consultation_id=here.id, email=f"p{n:02d}@x.fr"))
    session.commit()
    first, cursor = listed.paging.cut(
        session.execute(listed.people(here.id)).all(), lambda row: (row.email,)
    )
    rest = session.execute(listed.people(here.id, cursor)).all()
    assert [row.email for row in (*first, *rest)] == [f"p{n:02d}@x.fr" for n in range(25)]
