"""Who runs a call, the first one first; whose letters still wait."""

from datetime import timedelta

from consult.models import CallInvitation
from consult.queries import call_officers
from tests import open_calls as factory


def test_the_people_and_the_letters_of_one_call(session, make, now):
    one, two = make.account(email="a@exemple.fr"), make.account(email="b@exemple.fr")
    call, other = factory.call(make, officer=one), factory.call(make, officer=two)
    make.save(factory.CallOfficer(call_id=call.id, account_id=two.id, created_at=now))
    dates = {"created_at": now, "expires_at": now + timedelta(days=7)}
    for number, place in enumerate((call, other)):
        letter = {"email": f"{number}@exemple.fr", "token_hash": f"{number}" * 64}
        make.save(CallInvitation(call_id=place.id, **letter, **dates))
    found = {row.email for row in session.execute(call_officers.people(call.id))}
    assert found == {"a@exemple.fr", "b@exemple.fr"}
    invited = call_officers.invited
    assert [row.email for row in session.scalars(invited(call.id, now))] == ["0@exemple.fr"]
    assert not session.scalars(invited(call.id, now + timedelta(days=8))).all()
    running = [
        session.scalar(call_officers.running(call.id, person.id))
        for person in (one, two, make.account(), make.account("administrator"))
    ]
    assert [found is not None for found in running] == [True, True, False, True]
    one.active = False
    session.commit()
    assert session.scalar(call_officers.running(call.id, one.id)) is None
