"""What every payable split keeps to, cent by cent: for the property tests and the long run."""

from dataclasses import replace
from fractions import Fraction

from consult.domain.splits import Demand, Terms, limits, split

PAYABLE = ("equal_awards", "proportional")


def random_case(rnd, most=8):
    """Return a call: an envelope around what is asked, and sometimes floors, caps and the rest."""
    count = rnd.randint(1, most)
    high = rnd.choice((9, 300, 230_000))
    asked = [rnd.randint(0, high) for _ in range(count)]
    if rnd.random() < 0.3:
        asked = [rnd.choice(asked) for _ in asked]  # equal claims
    terms = Terms(
        rnd.choice(PAYABLE),
        floor=rnd.choice((0, 0, rnd.randint(0, high))),
        cap=rnd.choice((None, None, rnd.randint(0, high))),
    )
    demand = Demand(
        asked,
        minimum=[rnd.randint(0, high) for _ in asked] if rnd.random() < 0.1 else (),
        maximum=[rnd.choice((None, rnd.randint(0, high))) for _ in asked]
        if rnd.random() < 0.1
        else (),
        weight=[Fraction(rnd.randint(1, 9), rnd.randint(1, 4)) for _ in asked]
        if rnd.random() < 0.2
        else (),
        priority=[rnd.randint(1, 3) for _ in asked] if rnd.random() < 0.2 else (),
        ties=[f"{rnd.getrandbits(64):016x}" for _ in asked],
    )
    return rnd.randint(0, sum(asked) * 5 // 4 + 1), demand, terms


def reordered(demand, places):
    """Return the demand of these projects alone, in this order."""
    columns = {
        name: [column[place] for place in places] if column else ()
        for name, column in vars(demand).items()
    }
    return replace(demand, **columns)


def faults(envelope, demand, terms, rnd):
    """Return what a split breaks of: sum, bounds, order, envelope, departure; [] when nothing."""
    found = split(envelope, demand, terms)
    awards, (wanted, floors) = found.awards, limits(demand, terms)
    broken = []
    if sum(awards) != min(envelope, sum(wanted)) or found.left + found.awarded != envelope:
        broken.append("sum")
    if not all(0 <= award <= most for award, most in zip(awards, wanted, strict=True)):
        broken.append("above the request")
    if not demand.priority and envelope >= sum(floors):
        low = floors or [0] * len(awards)
        if any(award < least for award, least in zip(awards, low, strict=True)):
            broken.append("below the floor")
    places = list(range(len(awards)))
    rnd.shuffle(places)
    if split(envelope, reordered(demand, places), terms).awards != [awards[p] for p in places]:
        broken.append("order")
    more = split(envelope + 1, demand, terms).awards
    if any(after < before for before, after in zip(awards, more, strict=True)):
        broken.append("a larger envelope takes a cent")
    gone = places[0]
    stay = [place for place in range(len(awards)) if place != gone]
    after = split(envelope, reordered(demand, stay), terms).awards
    if any(now < awards[place] for place, now in zip(stay, after, strict=True)):
        broken.append("a departure takes a cent")
    return broken
