import pytest

from consult.domain import roles, rooms


def test_every_action_has_someone():
    for action, allowed in roles.ACTIONS.items():
        for some in [allowed] if isinstance(allowed, frozenset) else allowed.values():
            assert some, action
            assert some <= set(roles.ROLES)


def test_what_depends_on_a_level_says_so_for_each():
    depends = {name for name, held in roles.ACTIONS.items() if not isinstance(held, frozenset)}
    by_level = {"room.manage", "room.run", "room.write", "member.manage", "poll.manage"}
    by_level |= {"frame.publish", "frame.receive", "edition.open", "matter.act"}
    assert depends == by_level
    for name in depends:
        assert set(roles.ACTIONS[name]) == set(rooms.LEVELS)


def test_facilitators_are_not_asked_for_a_second_step():
    assert not roles.FACILITATORS & roles.STRONG
    assert {roles.ORGANISER, roles.CO_ORGANISER, roles.ADMINISTRATOR} == roles.STRONG


def test_nobody_manages_a_room_of_their_own_level_or_of_one_above():
    """Nobody raises themselves: A15."""
    for own, role in roles.OF_LEVEL.items():
        for level in rooms.LEVELS:
            may = roles.allowed(role, "room.manage", level)
            assert may == (rooms.rank(level) < rooms.rank(own))
            joins = roles.allowed(role, "member.manage", level)
            assert joins == (rooms.rank(level) <= rooms.rank(own))


def test_a_right_that_goes_down_the_tree_is_not_lost_on_the_way_up():
    for action, held in roles.ACTIONS.items():
        for level in [None] if isinstance(held, frozenset) else rooms.LEVELS:
            rights = [roles.allowed(roles.OF_LEVEL[one], action, level) for one in rooms.LEVELS]
            assert rights == sorted(rights), (action, level)


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
        ("co_organiser", "consultation.manage", True),
        ("co_organiser", "console.open", True),
        ("co_organiser", "consultation.create", False),
        ("co_organiser", "consultation.copy", False),
        ("local_facilitator", "answer.moderate", True),
        ("local_facilitator", "outcome.write", False),
        ("local_facilitator", "consultation.manage", False),
        ("local_facilitator", "room.manage", False),
        ("local_facilitator", "member.manage", True),
        ("hub_facilitator", "room.manage", True),
        ("local_facilitator", "frame.receive", True),
        ("facilitator_other", "frame.receive", False),
        ("organiser", "frame.publish", False),
        ("organiser", "edition.open", False),
        ("participant", "frame.receive", False),
        ("visitor", "matter.read", True),
        ("local_facilitator", "matter.act", True),
        ("facilitator_other", "matter.act", False),
        ("participant", "matter.act", False),
        ("administrator", "matter.act", False),
        ("facilitator_other", "answer.moderate", False),
        ("facilitator_other", "console.open", False),
        ("facilitator_other", "member.manage", False),
        ("auditor", "journal.read", True),
        ("auditor", "console.open", False),
        ("organiser", "journal.read", False),
        ("administrator", "platform.manage", True),
        ("nobody", "consultation.read", False),
    ],
)
def test_the_table(role, action, expected):
    assert roles.allowed(role, action) is expected


def test_an_action_outside_the_table_is_a_mistake():
    with pytest.raises(KeyError):
        roles.allowed("organiser", "consultation.burn")


def test_one_writes_to_a_room_from_its_level_or_from_one_above():
    for level, role in roles.OF_LEVEL.items():
        assert roles.allowed(role, "room.write", level)
        for other in rooms.LEVELS:
            above = rooms.rank(other) < rooms.rank(level)
            assert roles.allowed(role, "room.write", other) is (above or other == level)
    for role in (roles.VISITOR, roles.PARTICIPANT, roles.FACILITATOR_OTHER, roles.ORGANISER):
        assert not roles.allowed(role, "room.write")
