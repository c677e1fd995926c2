import random
from fractions import Fraction

from consult.domain.envelopes import Envelope, ceiling, share
from consult.domain.splits import Demand, Terms, split
from tests.split_checks import random_case


def test_what_one_envelope_leaves_unserved_goes_to_the_next():
    demand = Demand([500, 500, 500], ties=["c", "b", "a"])
    found = share([Envelope(300, [0, 0, 1]), Envelope(600)], demand, Terms())
    assert [one.split.awards for one in found.shares] == [[150, 150], [200, 200, 200]]
    assert found.awards == [350, 350, 200]
    assert found.shares[0].places == [0, 1] and found.left == 0


def test_floors_and_caps_hold_over_all_envelopes():
    demand = Demand([900, 900], minimum=[0, 500], priority=[2, 1], weight=[Fraction(1)] * 2)
    found = share([Envelope(300, [0]), Envelope(800)], demand, Terms(cap=600, floor=100))
    assert found.awards == [500, 600]
    more = share([Envelope(900), Envelope(900)], demand, Terms(cap=600, floor=100))
    assert more.awards == [600, 600] and more.left == 600
    assert more.shares[0].split.why(1).reasons == ["priority", "cap", "all_served"]


def test_one_envelope_for_all_is_a_plain_split():
    rnd = random.Random(8)
    for _ in range(200):
        envelope, demand, terms = random_case(rnd)
        found = share([Envelope(envelope)], demand, terms)
        assert found.awards == split(envelope, demand, terms).awards


def test_the_sum_holds_and_nobody_is_above_the_request():
    rnd = random.Random(9)
    for _ in range(300):
        envelope, demand, terms = random_case(rnd)
        places = [place for place in range(len(demand.asked)) if rnd.random() < 0.6]
        envelopes = [Envelope(envelope // 2, places), Envelope(envelope - envelope // 2)]
        found = share(envelopes, demand, terms)
        assert sum(found.awards) + found.left == envelope
        assert all(a <= asked for a, asked in zip(found.awards, demand.asked, strict=True))


def test_the_most_a_project_may_receive():
    assert ceiling(10_000, 2_000) == 8_000
    assert ceiling(10_000, 2_000, Fraction(7, 10)) == 7_000
    assert ceiling(10_000, 12_000, Fraction(7, 10)) == 0
    assert ceiling(333, 0, Fraction(1, 2)) == 166
