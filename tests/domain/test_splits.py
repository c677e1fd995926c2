import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.errors import RuleBroken
from consult.domain.splits import Demand, Terms, limits, split
from tests.split_checks import faults, random_case

EUROS = 100
# The demonstration's calls: the same percentage, the same sum, more than enough, one cent over.
CALL_A = [4000, 2500, 6000, 3500, 5000, 1500, 4500, 2000, 8000, 3000, 6500, 3500]
CALL_B = [4000, 3500, 2000, 9000, 7500, 6000, 5500]


def cents(*euros):
    return [round(100 * amount) for amount in euros]


def awards(envelope, asked, rule="equal_awards", **terms):
    return split(envelope * EUROS, Demand(cents(*asked)), Terms(rule, **terms)).awards


def reasons(found):
    return [found.why(place).reasons for place in range(len(found.awards))]


def test_the_calls_of_the_demonstration():
    assert awards(40_000, CALL_A, "proportional") == [80 * asked for asked in CALL_A]
    assert awards(30_000, CALL_B) == cents(4000, 3500, 2000, 5125, 5125, 5125, 5125)
    assert awards(10_000, [5000, 3300]) == cents(5000, 3300)
    for rule in ("equal_awards", "proportional"):
        assert awards(1_000, [500] * 3, rule) == [33_334, 33_333, 33_333]


@settings(max_examples=300)
@given(seed=st.integers(0, 2**48))
def test_what_every_payable_split_keeps_to(seed):
    rnd = random.Random(seed)
    envelope, demand, terms = random_case(rnd)
    assert faults(envelope, demand, terms, rnd) == []


def test_a_thousand_calls_of_up_to_two_hundred_projects():
    rnd = random.Random(137)
    for _ in range(1_000):
        envelope, demand, terms = random_case(rnd, most=200)
        assert faults(envelope, demand, terms, rnd) == []


@settings(max_examples=200)
@given(seed=st.integers(0, 2**48), rule=st.sampled_from(["equal_awards", "proportional"]))
def test_cents_stand_by_the_exact_share(seed, rule):
    rnd = random.Random(seed)
    asked = [rnd.randint(5_000, 230_000) for _ in range(rnd.randint(1, 40))]
    envelope = rnd.randint(0, sum(asked))
    found = split(envelope, Demand(asked), Terms(rule))
    exact = found.stages[1].rule.exact(envelope, asked, ())
    for one in range(len(asked)):
        assert abs(found.awards[one] - exact[one]) < 1
        for other in range(len(asked)):
            if asked[one] == asked[other]:
                assert abs(found.awards[one] - found.awards[other]) <= 1
            if asked[one] < asked[other]:
                assert found.awards[one] <= found.awards[other]
                assert asked[one] - found.awards[one] <= asked[other] - found.awards[other]
    if envelope >= len(asked) and rule == "equal_awards":
        assert all(found.awards)


@pytest.mark.parametrize("rule", ["equal_awards", "proportional"])
def test_no_paradox_of_the_largest_remainders(rule):
    """Alabama: with the largest remainders the second project would lose when the sum grows."""
    asked = [199, 295, 0, 52, 7, 4, 0]
    before = split(121, Demand(asked), Terms(rule)).awards
    after = split(122, Demand(asked), Terms(rule)).awards
    assert sum(b - a for a, b in zip(before, after, strict=True)) == 1
    assert all(b >= a for a, b in zip(before, after, strict=True))


def test_nothing_one_and_too_much():
    assert split(500, Demand([]), Terms()).left == 500
    assert split(0, Demand([5, 0]), Terms()).awards == [0, 0]
    assert split(3, Demand([8]), Terms()).awards == [3]
    assert split(9, Demand([8]), Terms("proportional")).awards == [8]
    assert split(8, Demand([8]), Terms("proportional")).left == 0
    huge = 10**40
    assert split(huge, Demand([huge, huge]), Terms("proportional")).awards == [huge // 2] * 2


def test_floor_cap_then_the_rule():
    asked = (1500, 2300, 4000, 800, 2300)
    assert awards(3_000, asked, floor=30_000, cap=230_000) == cents(*[600] * 5)
    low = awards(1_000, asked, floor=30_000)
    assert low == cents(*[200] * 5)  # below the sum of the floors, the rule runs on the floors
    demand = Demand(cents(1000, 1000), minimum=cents(400, 0), maximum=[None, 10_000])
    assert limits(demand, Terms()) == (cents(1000, 100), cents(400, 0))
    assert split(60_000, demand, Terms()).awards == cents(500, 100)
    assert split(0, Demand([5], maximum=[0]), Terms(cap=0)).why(0).reasons == [
        "cap",
        "nothing_asked",
    ]


def test_priorities_are_served_in_turn():
    demand = Demand(cents(400, 1200, 800), priority=[0, 1, 1])
    found = split(144_000, demand, Terms("proportional"))
    assert found.awards == cents(400, 624, 416)
    assert reasons(found) == [
        ["priority", "all_served"],
        ["priority", "same_percentage"],
        ["priority", "same_percentage"],
    ]
    nothing = split(40_000, demand, Terms("proportional"))
    assert reasons(nothing)[1] == ["priority", "nothing_left"]


def test_why():
    assert reasons(split(1000, Demand([500, 400]), Terms())) == [["all_served"]] * 2
    assert reasons(split(1000, Demand([900, 400, 0]), Terms(cap=500))) == [
        ["cap", "all_served"],
        ["all_served"],
        ["nothing_asked"],
    ]
    mixed = split(1001, Demand([900, 800, 100]), Terms())
    assert reasons(mixed) == [
        ["equal_share", "rounding_cent"],
        ["equal_share"],
        ["below_equal_share"],
    ]
    assert mixed.stages[1].served == 1
    assert reasons(split(100, Demand([90, 90, 90]), Terms("proportional"))) == [
        ["same_percentage", "rounding_cent"],
        ["same_percentage"],
        ["same_percentage"],
    ]
    short = split(200, Demand([90] * 3), Terms("proportional"))
    assert reasons(short)[2] == ["same_percentage", "rounding_cent_less"]
    floors = Demand([900, 200, 100], minimum=[300, 200, 0])
    assert reasons(split(700, floors, Terms())) == [
        ["floor", "equal_share"],
        ["floor", "below_equal_share"],
        ["below_equal_share"],
    ]
    assert reasons(split(400, floors, Terms()))[:2] == [
        ["floors_exceed", "equal_share"],
        ["floors_exceed", "below_equal_share"],
    ]
    weights = Demand([900, 900], weight=[Fraction(1), Fraction(2)])
    found = split(900, weights, Terms())
    assert found.awards == [300, 600]
    assert reasons(found) == [["equal_share"], ["weight", "equal_share"]]
    assert found.stages[1].served == 0
    assert reasons(split(9, Demand([9, 9]), Terms("talmud"))) == [["comparison"]] * 2


def test_what_cannot_be_shared_is_refused():
    for demand in (
        {"asked": [-1]},
        {"asked": [1], "minimum": [-1]},
        {"asked": [1], "maximum": [-1]},
    ):
        with pytest.raises(RuleBroken, match="amount-negative"):
            Demand(**demand)
    for envelope, terms in ((-1, Terms()), (1, Terms(floor=-1)), (1, Terms(cap=-1))):
        with pytest.raises(RuleBroken, match="amount-negative"):
            split(envelope, Demand([1]), terms)
    with pytest.raises(RuleBroken, match="weight-out"):
        Demand([1], weight=[Fraction(0)])
    with pytest.raises(ValueError, match="lengths"):
        Demand([1], minimum=[1, 2])
    with pytest.raises(RuleBroken, match="weights-not-taken"):
        split(1, Demand([1], weight=[Fraction(2)]), Terms("talmud"))
    assert split(1, Demand([1], weight=[Fraction(1)]), Terms("talmud")).awards == [1]
    with pytest.raises(RuleBroken, match="sharing-rule-unknown"):
        split(1, Demand([1]), Terms("lottery"))


@pytest.mark.parametrize("rule", ["equal_awards", "proportional"])
def test_a_hundred_thousand_projects(rule):
    rnd = random.Random(19)
    asked = [rnd.randint(5_000, 230_000) for _ in range(100_000)]
    found = split(sum(asked) // 2, Demand(asked), Terms(rule))
    assert found.awarded == sum(asked) // 2
    assert all(award <= claim for award, claim in zip(found.awards, asked, strict=True))


def toulouse(path):
    """Return the budget and the costs of a participatory budget, in cents."""
    lines = path.read_text("utf-8").splitlines()
    projects, votes = lines.index("PROJECTS"), lines.index("VOTES")
    meta = dict(line.split(";", 1) for line in lines[2:projects])
    place = lines[projects + 1].split(";").index("cost")
    costs = [line.split(";")[place] for line in lines[projects + 2 : votes]]
    return round(100 * Fraction(meta["budget"])), [round(100 * Fraction(cost)) for cost in costs]


@pytest.mark.realdata
def test_the_demand_of_toulouse(shared):
    files = sorted((shared / "data/pabulib").glob("France_Toulouse*.pb"))
    assert len(files) == 21
    rnd = random.Random(21)
    for path in files:
        envelope, costs = toulouse(path)
        demand = Demand(costs, ties=[f"{rnd.getrandbits(64):016x}" for _ in costs])
        for rule in ("equal_awards", "proportional"):
            found = split(envelope, demand, Terms(rule))
            assert found.awarded == min(envelope, sum(costs))
            assert all(found.awards)
            assert faults(envelope, demand, Terms(rule), rnd) == []
