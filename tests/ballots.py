"""A ballot paper for every method, and random ballots of each."""

from consult.domain.stances import STANCES
from consult.domain.voting import judgment

NAMES = ["A", "B", "C", "D"]
RAW = {"options": NAMES, "grades": ["poor", "fair", "good"], "scale": [-2, 5]}
LISTED = ("single", "approval", "ranking")
BY_OPTION = ("score", "judgment", "opinion", "consent")


def ballot(name, rnd, options=NAMES):
    """Return a random ballot of a method, as it comes out of JSON."""
    some = rnd.sample(options, rnd.randint(1, len(options)))
    values = {
        "score": lambda: rnd.randint(-2, 5),
        "judgment": lambda: rnd.choice(RAW["grades"]),
        "opinion": lambda: rnd.choice(STANCES),
        "consent": lambda: rnd.choice(["no_objection", {"objection": rnd.choice("xyz")}]),
    }
    if name in values:
        return {option: values[name]() for option in some}
    if name == "single":
        return some[:1]
    return [some[:2], *some[2:]] if name == "ranking" and rnd.random() < 0.4 else some


def grades(rows, default="worst", **changes):
    names = [f"O{place}" for place in range(len(rows))]
    grades = [f"g{place}" for place in range(len(rows[0]))]
    raw = {"options": names, "grades": grades, "default": default} | changes
    return judgment.tally_counts(rows, judgment.paper(raw))
