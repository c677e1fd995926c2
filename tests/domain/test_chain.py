from datetime import UTC, datetime

import pytest

from consult.domain import chain

ENTRY = {
    "id": 7,
    "at": datetime(2026, 11, 23, 4, 50, tzinfo=UTC),
    "actor": "account:a",
    "act": "role.granted",
    "subject": "account:b",
    "consultation_id": None,
    "facts": {"role": "organiser", "number": 2},
    "mark": None,
}
OTHER = {
    "at": datetime(2026, 11, 23, 4, 50, 0, 1, tzinfo=UTC),
    "actor": "account:c",
    "act": "role.taken",
    "subject": "account:d",
    "consultation_id": "x",
    "facts": {"role": "mediator", "number": 2},
}


def test_a_mark_fits_its_entry_alone():
    marked = ENTRY | {"mark": chain.mark(ENTRY, chance="0" * chain.CHANCE_LENGTH)}
    assert len(marked["mark"]) == chain.MARK_LENGTH
    assert chain.is_marked(marked)
    assert not chain.is_marked(ENTRY)


@pytest.mark.parametrize("name", OTHER)
def test_any_change_breaks_the_mark_and_the_link(name):
    marked = ENTRY | {"mark": chain.mark(ENTRY, chance="0" * chain.CHANCE_LENGTH)}
    changed = marked | {name: OTHER[name]}
    assert not chain.is_marked(changed)
    assert chain.link(chain.GENESIS, 1, changed) != chain.link(chain.GENESIS, 1, marked)


def test_a_link_holds_the_place_the_number_the_mark_and_what_is_before():
    first = chain.link(chain.GENESIS, 1, ENTRY)
    assert len(first) == len(chain.GENESIS)
    others = {
        chain.link(chain.GENESIS, 2, ENTRY),
        chain.link(first, 1, ENTRY),
        chain.link(chain.GENESIS, 1, ENTRY | {"id": 8}),
        chain.link(chain.GENESIS, 1, ENTRY | {"mark": "m"}),
    }
    assert len(others | {first}) == 5


def test_the_order_of_the_facts_changes_nothing():
    turned = ENTRY | {"facts": {"number": 2, "role": "organiser"}}
    assert chain.link(chain.GENESIS, 1, turned) == chain.link(chain.GENESIS, 1, ENTRY)
