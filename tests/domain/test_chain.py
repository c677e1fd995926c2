import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
WORD = st.text(max_size=12)


@given(st.datetimes(timezones=st.just(UTC)), WORD, WORD, st.none() | WORD, JSON, st.booleans())
def test_what_a_database_keeps_as_text_is_written_the_same(at, actor, act, about, facts, ascii_):
    entry = {"at": at, "actor": actor, "act": act, "subject": "é", "consultation_id": about}
    stored = at.strftime("%Y").zfill(4) + at.strftime("-%m-%d %H:%M:%S.%f")
    text = json.dumps(facts, ensure_ascii=ascii_)
    said = chain.written_from(stored, (actor, act, "é", about), text)
    assert said == chain.written(entry | {"facts": facts})


def test_no_facts_at_all_are_written_as_null():
    words = ("account:a", "role.granted", "account:b", None)
    said = chain.written_from("2026-11-23 04:50:00.000000", words, None)
    assert said == chain.written(ENTRY | {"facts": None})


@pytest.mark.parametrize(
    ("at", "word", "facts"),
    [
        ("2026-11-23", "a", "{}"),
        ("2026-11-23T04:50:00.000000", "a", "{}"),
        (7, "a", "{}"),
        (None, "a", "{}"),
        ("2026-11-23 04:50:00.000000", 7, "{}"),
        ("2026-11-23 04:50:00.000000", "a", "{"),
        ("2026-11-23 04:50:00.000000", "a", "{} x"),
        ("2026-11-23 04:50:00.000000", "a", ""),
        ("2026-11-23 04:50:00.000000", "a", 7),
    ],
)
def test_what_nobody_wrote_so_cannot_be_read(at, word, facts):
    with pytest.raises((TypeError, ValueError)):
        chain.written_from(at, (word, "b", "c", None), facts)
