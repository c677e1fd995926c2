from datetime import timedelta

from consult.models import RoleInvitation
from consult.queries import role_holders


def letter(make, email, role, inviter, **facts):
    return make.save(
        RoleInvitation(
            email=email,
            role=role,
            token_hash=f"{email}{role}",
            invited_by_id=inviter.id if inviter else None,
            expires_at=make.now + timedelta(days=7),
            **{"created_at": make.now} | facts,
        )
    )


def test_each_role_is_listed_with_whoever_gave_it(session, make, now):
    first = make.account("administrator", email="a@exemple.fr", name="Ada")
    both = make.account("mediator", "organiser", email="b@exemple.fr")
    make.account(email="c@exemple.fr")
    letter(make, both.email, "mediator", first, used_at=now)
    letter(make, both.email, "organiser", first)
    rows = session.execute(role_holders.holders()).all()
    assert [(row.email, row.role, row.inviter_name) for row in rows] == [
        ("a@exemple.fr", "administrator", None),
        ("b@exemple.fr", "mediator", "Ada"),
        ("b@exemple.fr", "organiser", None),
    ]


def test_only_letters_that_can_be_used_are_listed(session, make, now):
    first = make.account("administrator", name="Ada")
    letter(make, "b@exemple.fr", "mediator", first)
    letter(make, "c@exemple.fr", "mediator", None, created_at=now + timedelta(minutes=1))
    letter(make, "d@exemple.fr", "mediator", first, used_at=now)
    late = now + timedelta(days=7)
    rows = session.execute(role_holders.invited(now)).all()
    assert [(row.email, row.inviter_name) for row in rows] == [
        ("b@exemple.fr", "Ada"),
        ("c@exemple.fr", None),
    ]
    assert session.execute(role_holders.invited(late)).all() == []
