"""The split of a call: any order in, the same record out, and nobody loses when another leaves."""

import json
import random

import pytest

from consult.domain import chain, split_records
from consult.domain.call_splits import Claim, Rules, Source, again, compute, record
from consult.domain.errors import RuleBroken


def random_call(rnd, most=9):
    rules = Rules(
        "call",
        "seed",
        rnd.choice(("equal_awards", "proportional")),
        floor=rnd.choice((0, 0, rnd.randint(0, 900))),
        cap=rnd.choice((None, rnd.randint(1, 3_000))),
        cap_share=rnd.choice((None, None, rnd.randint(1, 10_000))),
        carrier_cap=rnd.choice((None, None, rnd.randint(1, 3_000))),
        priorities=rnd.choice((0, 0, 2)),
    )
    claims = [
        Claim(
            f"p{number}",
            number,
            rnd.randint(0, 4_000),
            cost=rnd.choice((None, rnd.randint(0, 6_000))),
            other=rnd.choice((0, rnd.randint(0, 900))),
            priority=rnd.choice((None, 1, 2)),
            carrier=f"o{rnd.randint(1, 5)}",
            sources=rnd.choice((None, (0,), (1,), (0, 1))),
        )
        for number in range(1, rnd.randint(1, most) + 1)
    ]
    sources = [Source("A", rnd.randint(0, 9_000)), Source("B", rnd.randint(0, 9_000))]
    return rules, sources, claims


def test_the_order_in_which_projects_come_changes_nothing():
    rnd = random.Random(1)
    for _ in range(150):
        rules, sources, claims = random_call(rnd)
        kept = record(compute(rules, sources, claims))
        mixed = record(compute(rules, sources, rnd.sample(claims, len(claims))))
        assert split_records.digest(kept) == split_records.digest(mixed)
        assert kept["awarded"] + kept["left"] == kept["envelope"]
        assert sum(row["award"] for row in kept["projects"]) == kept["awarded"]
        for row in kept["projects"]:
            assert sum(row["awards"]) == row["award"] <= row["asked"]


def test_a_record_read_back_comes_out_the_same_to_the_byte():
    rnd = random.Random(2)
    for _ in range(80):
        kept = record(compute(*random_call(rnd)))
        text = chain.encode(kept)
        assert chain.encode(again(json.loads(text))) == text
    kept["projects"][0]["award"] += 1
    assert chain.encode(again(kept)) != chain.encode(kept)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": 2},
        [],
        None,
        {"projects": [{}]},
        {"projects": "x"},
        {"projects": [3]},
        {"sources": [[]]},
        {"rule": "talmud"},
        {"rule": []},
        {"floor": "x"},
    ],
)
def test_what_is_no_record_is_refused(broken):
    kept = record(compute(Rules("c", "s"), [Source("A", 5)], [Claim("p", 1, 9)]))
    if isinstance(broken, dict) and broken:
        broken = kept | broken
    with pytest.raises(RuleBroken):
        again(broken)


def test_nobody_loses_when_a_project_leaves():
    rnd = random.Random(3)
    for _ in range(300):
        rules, sources, claims = random_call(rnd)
        claims = [Claim(c.project, c.number, c.asked, carrier=c.carrier) for c in claims]
        before = compute(rules, sources[:1], claims)
        gone = rnd.choice(claims)
        after = compute(rules, sources[:1], [claim for claim in claims if claim is not gone])
        had = dict(zip((c.project for c in before.claims), before.series.awards, strict=True))
        has = dict(zip((c.project for c in after.claims), after.series.awards, strict=True))
        assert all(has[project] >= had[project] for project in has)


def test_what_a_carrier_may_receive_is_shared_between_its_projects():
    rules = Rules("c", "s", carrier_cap=1_000)
    claims = [
        Claim("a", 1, 900, carrier="o"),
        Claim("b", 2, 300, carrier="o"),
        Claim("c", 3, 900, carrier="other"),
    ]
    found = compute(rules, [Source("A", 5_000)], claims)
    got = dict(zip((c.project for c in found.claims), found.series.awards, strict=True))
    assert got == {"a": 700, "b": 300, "c": 900}
    assert found.asked == 2_100 and found.envelope == 5_000 and found.awarded == 1_900


def test_costs_bound_what_a_project_receives():
    claims = [
        Claim("a", 1, 900, cost=1_000, other=300),
        Claim("b", 2, 900, other=100),
        Claim("c", 3, 900, cost=3_000),
    ]
    got = compute(Rules("c", "s", cap_share=5_000), [Source("A", 9_000)], claims)
    most = dict(zip((c.project for c in got.claims), got.demand.maximum, strict=True))
    assert most == {"a": 500, "b": 500, "c": 1_500}
    free = compute(Rules("c", "s"), [Source("A", 9_000)], claims)
    most = dict(zip((c.project for c in free.claims), free.demand.maximum, strict=True))
    assert most == {"a": 700, "b": None, "c": 3_000}
