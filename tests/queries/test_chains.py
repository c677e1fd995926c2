"""Who invited whom, of the four kinds of invitation, once accepted."""

from datetime import timedelta

from consult.models import Invitation, OrganisationInvitation, RoleInvitation, RoomInvitation
from consult.queries import chains


def test_the_four_kinds_are_one_list(session, make, now):
    ada = make.account(name="Ada")
    kinds = (
        (RoleInvitation, {"role": "mediator"}),
        (Invitation, {"consultation_id": make.consultation(title="Le bus").id}),
        (OrganisationInvitation, {"organisation_id": make.organisation(name="Le café").id}),
        (RoomInvitation, {"room_id": make.room(name="Salle du 54").id, "role": "member"}),
    )
    for hour, (kind, own) in enumerate(kinds):
        for used in (now + timedelta(hours=hour), None):
            facts = {"email": f"{used is None}{hour}@x.fr", "invited_by_id": ada.id, **own}
            make.save(
                kind(
                    token_hash=f"{hour}{used}",
                    created_at=now,
                    expires_at=now,
                    used_at=used,
                    **facts,
                )
            )
    rows = session.execute(chains.accepted()).all()
    assert [(row.kind, row.to, row.inviter_name) for row in rows] == [
        ("room", "Salle du 54", "Ada"),
        ("organisation", "Le café", "Ada"),
        ("organiser", "Le bus", "Ada"),
        ("role", "mediator", "Ada"),
    ]
    first, cursor = chains.paging.cut(rows, lambda row: (row.used_at, row.id), limit=1)
    assert [row.kind for row in first] == ["room"]
    rest = session.execute(chains.accepted(cursor)).all()
    assert [row.kind for row in rest] == ["organisation", "organiser", "role"]
