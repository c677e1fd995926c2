import pytest

from consult.domain import roles


def test_every_action_has_someone():
    for action, allowed in roles.ACTIONS.items():
        assert allowed, action
        assert allowed <= set(roles.ROLES)


@pytest.mark.parametrize(
    ("role", "action", "expected"),
    [
        ("visitor", "consultation.read", True),
        ("visitor", "answer.write", True),
        ("visitor", "console.open", False),
        ("participant", "answer.assist", False),
        ("mediator", "answer.assist", True),
        ("mediator", "answer.moderate", False),
        ("organiser", "consultation.manage", True),
        ("organiser", "amendment.decide", True),
        ("organiser_other", "console.open", True),
        ("organiser_other", "consultation.copy", True),
        ("organiser_other", "consultation.manage", False),
        ("organiser_other", "answer.moderate", False),
        ("organiser", "platform.manage", False),
        ("administrator", "platform.manage", True),
        ("nobody", "consultation.read", False),
    ],
)
def test_the_table(role, action, expected):
    assert roles.allowed(role, action) is expected


def test_an_action_outside_the_table_is_a_mistake():
    with pytest.raises(KeyError):
        roles.allowed("organiser", "consultation.burn")
