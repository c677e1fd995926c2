"""The terms of a call: what bounds its rule, what it lacks, what is locked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain import call_terms
from consult.domain.call_terms import Bounds, Envelope, Instalment, State
from consult.domain.errors import RuleBroken

NOW = datetime(2026, 9, 1, tzinfo=UTC)
STATE = State(
    title="Envies",
    opened_by="La ville",
    may_apply="Tous",
    opens_at=NOW,
    closes_at=NOW + timedelta(days=9),
    bounds=Bounds(),
    contact=True,
    principles=["Ouvert"],
    envelopes=[Envelope("La ville", 100)],
)


def changed(**facts):
    return State(**vars(STATE) | facts)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"rule": "talmud"}, "sharing-rule-unknown"),
        ({"rule": "proportional", "cap_share": 5_000}, "cap-missing"),
        ({"rule": "proportional", "cap_cents": 5_000}, "cap-share-missing"),
        ({"cap_cents": 0}, "cap-of-nothing"),
        ({"carrier_cap_cents": 0}, "cap-of-nothing"),
        ({"floor_cents": 11, "cap_cents": 10}, "floor-above-cap"),
        ({"floor_cents": 11, "cap_cents": 12, "carrier_cap_cents": 10}, "floor-above-cap"),
    ],
)
def test_bounds_that_do_not_hold_together(facts, code):
    with pytest.raises(RuleBroken, match=code):
        call_terms.check(Bounds(**facts))


def test_bounds_that_hold():
    call_terms.check(Bounds(floor_cents=10, cap_cents=10))
    call_terms.check(Bounds("proportional", cap_cents=10, cap_share=7_000))


@pytest.mark.parametrize(
    "facts",
    [
        {"title": ""},
        {"opened_by": ""},
        {"may_apply": ""},
        {"opens_at": None},
        {"closes_at": None},
        {"closes_at": NOW},
        {"principles": []},
        {"envelopes": []},
        {"envelopes": [Envelope("La ville", 0)]},
        {"envelopes": [Envelope("La ville", 1, priority=1)]},
        {"bounds": Bounds("proportional")},
    ],
)
def test_publication_requires_each_point(facts):
    assert not call_terms.missing(STATE, NOW)
    assert len(call_terms.missing(changed(**facts), NOW)) == 1


def test_a_person_to_call_is_only_advised():
    assert not call_terms.missing(changed(contact=False), NOW)
    assert [point.met for point in call_terms.points(changed(contact=False), NOW)].count(False) == 1


def test_what_is_locked_is_plain_json():
    parts = [Instalment("Avance", 6_000, date(2027, 1, 2)), Instalment("Solde", 4_000)]
    kept = call_terms.locked(changed(instalments=parts), {"seed": "s"})
    assert [row["due_on"] for row in kept["instalments"]] == ["2027-01-02", None]
    assert kept["envelopes"][0]["amount_cents"] == 100
    assert (kept["seed"], kept["rule"], kept["rule_version"]) == ("s", "equal_awards", "1")


@pytest.mark.parametrize(
    ("typed", "locale", "share"),
    [("70", "fr", 7_000), ("33,33 %", "fr", 3_333), ("33.33%", "en", 3_333), ("100", "en", 10_000)],
)
def test_a_percentage_is_read_in_hundredths(typed, locale, share):
    assert call_terms.share(typed, locale) == share


@pytest.mark.parametrize("typed", ["0", "100,01", "-5", "un", "", "1e2", "33,333"])
def test_what_is_no_percentage(typed):
    with pytest.raises(RuleBroken):
        call_terms.share(typed, "fr")
