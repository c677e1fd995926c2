"""A split of which little is kept explains each award as the whole split does."""

import json
import random

from consult.domain import kept_splits
from consult.domain.envelopes import Envelope, share
from consult.domain.kept_splits import Given, Line
from consult.domain.splits import Demand, Terms, limits
from tests.split_checks import PAYABLE


def test_each_award_keeps_its_reasons():
    rnd = random.Random(4)
    for _ in range(200):
        asked = [rnd.randint(0, 4_000) for _ in range(rnd.randint(1, 8))]
        priority = [rnd.randint(1, 2) for _ in asked] if rnd.random() < 0.3 else ()
        demand = Demand(asked, priority=priority, ties=[str(n) for n in range(len(asked))])
        cap = rnd.choice((None, rnd.randint(1, 3_000)))
        terms = Terms(rnd.choice(PAYABLE), floor=rnd.choice((0, rnd.randint(0, 900))), cap=cap)
        places = [place for place in range(len(asked)) if rnd.random() < 0.7]
        envelopes = [Envelope(rnd.randint(0, 9_000), places), Envelope(rnd.randint(0, 9_000))]
        found, got = share(envelopes, demand, terms), [0] * len(asked)
        wanted, floors = limits(demand, terms)
        for one in found.shares:
            stages = json.loads(json.dumps(kept_splits.stages(one.split)))
            given = Given(terms.rule, one.split.envelope, one.split.awarded, stages)
            for at, place in enumerate(one.places):
                line = Line(
                    asked[place],
                    wanted[place],
                    floors[place] if floors else 0,
                    one.split.awards[at],
                    priority[place] if priority else None,
                )
                back = kept_splits.split_of(given, line.after(got[place]))
                why, kept = one.split.why(at), back.why(0)
                assert kept.reasons == why.reasons and kept.share == why.share
                assert back.left == one.split.left and back.wanted[0] == one.split.wanted[at]
                if "equal_share" in why.reasons:
                    assert kept.stage.served == why.stage.served
                assert kept.stage.count == why.stage.count
            for at, place in enumerate(one.places):
                got[place] += one.split.awards[at]
