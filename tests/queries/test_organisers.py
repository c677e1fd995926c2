"""Who organises what."""

from datetime import timedelta

from sqlalchemy import select

from consult.models import Consultation, CoOrganiser, Invitation
from consult.queries import organisers


def test_whoever_opened_it_and_those_who_joined_organise_it(session, make, now):
    owner, friend, other = (make.account("organiser") for _ in range(3))
    ours = make.consultation(owner_id=owner.id)
    make.consultation(owner_id=other.id)
    make.consultation()
    make.save(CoOrganiser(consultation_id=ours.id, account_id=friend.id, created_at=now))
    for account in (owner, friend):
        query = select(Consultation.id).where(organisers.is_organised_by(account.id))
        assert session.scalars(query).all() == [ours.id]
    assert [row.id for row in session.execute(organisers.people(ours.id))] == [owner.id, friend.id]


def test_only_what_can_be_accepted_is_listed(session, make, now):
    consultation = make.consultation()
    later, before = now + timedelta(days=1), now - timedelta(days=1)
    for number, (expires_at, used_at) in enumerate([(later, None), (before, None), (later, now)]):
        facts = {"email": f"{number}@x.fr", "token_hash": str(number), "created_at": before}
        make.save(
            Invitation(
                consultation_id=consultation.id, expires_at=expires_at, used_at=used_at, **facts
            )
        )
    found = session.scalars(organisers.invited(consultation.id, now)).all()
    assert [one.email for one in found] == ["0@x.fr"]
