"""The invitations of the known objects."""

from sqlalchemy import select

from consult.models import RoleInvitation
from consult.services import fixture_invitations, role_holders


def test_one_can_be_accepted_one_came_too_late_one_has_served(session, make, now):
    made = fixture_invitations.send(session, make.account("administrator"), now=now)
    session.commit()
    rows = {row.id: row for row in session.scalars(select(RoleInvitation))}
    waiting = {
        name: role_holders.waiting(session, token, now=now) is not None
        for name, (_key, token) in made.items()
    }
    assert waiting == {"pending": True, "expired": False, "used": False}
    assert rows[made["used"][0]].used_at == now
