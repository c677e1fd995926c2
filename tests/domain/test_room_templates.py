"""Every template of room keeps the promises of the family."""

import pytest

from consult.domain import colleges, room_templates, seats
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("name", room_templates.TEMPLATES)
def test_a_template_holds_words_colleges_and_seats_that_exist(name):
    template = room_templates.template(name)
    assert template.LABEL and template.DESCRIPTION and template.PURPOSE
    assert set(template.COLLEGES) <= set(colleges.LABELS)
    assert all(0 < number < colleges.MOST for number in template.COLLEGES.values())
    assert all(seats.kind(one.kind) and one.title for one in template.SEATS)
    single = [one.kind for one in template.SEATS if one.kind in ("coordination", "spokesperson")]
    assert len(single) == len(set(single))


def test_the_bodies_that_were_named_are_there():
    wanted = {"club", "committee", "council", "epci_pair", "hub", "national", "existing_body"}
    assert wanted <= set(room_templates.TEMPLATES)
    assert [name for name, _one in room_templates.in_order()][0] == "club"
    pair = [one.kind for one in room_templates.TEMPLATES["epci_pair"].SEATS]
    assert pair == ["elected", "technician"]


def test_a_room_may_open_empty_and_from_nothing_else():
    assert room_templates.template("") is room_templates.template(None) is None
    for raw in ("parliament", 3, ["club"]):
        with pytest.raises(RuleBroken, match="template-unknown"):
            room_templates.template(raw)
