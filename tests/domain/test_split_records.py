import json
from fractions import Fraction

from consult.domain.split_records import digest, record
from consult.domain.splits import Demand, Terms, split


def kept(envelope=900, seed="s", rule="equal_awards", **columns):
    demand = Demand([900, 900], **columns)
    return record(split(envelope, demand, Terms(rule, 5, 800)), ["p", "q"], seed=seed)


def test_a_record_holds_all_that_makes_the_split_again():
    assert kept(weight=[Fraction(1), Fraction(3, 2)], ties=["b", "a"]) == {
        "rule": "equal_awards",
        "version": "1",
        "floor": 5,
        "cap": 800,
        "seed": "s",
        "envelope": 900,
        "awarded": 900,
        "left": 0,
        "projects": [
            {"project": "p", "asked": 900, "weight": "1", "tie": "b", "award": 361},
            {"project": "q", "asked": 900, "weight": "3/2", "tie": "a", "award": 539},
        ],
    }


def test_the_digest_is_of_what_the_record_says():
    first = digest(kept())
    assert len(first) == 64
    assert first == digest(json.loads(json.dumps(kept(), indent=1, sort_keys=True)))
    others = [
        kept(envelope=901), kept(seed="t"), kept(rule="proportional"), kept(minimum=[1, 1]),
        kept(priority=[1, 2]), kept(maximum=[None, 3]), kept(ties=["a", "b"]),
    ]  # fmt: skip
    assert len({first, *map(digest, others)}) == 8
