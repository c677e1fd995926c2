"""How long the methods that think take: a ranking of many ballots, a judgment of any size.

`python -m bench.tallies` ranks 10,000 different ballots of 20 options, reading included, then
judges 20 options by seven grades for ten billion voters; exit 1 where one takes too long.
"""

import argparse
import random
import time
from collections.abc import Callable

from consult.domain.voting import judgment, ranking

LIMITS = {"ranking": 1.0, "judgment": 0.01}
ROUNDS = 5


def ranked(ballots: int, size: int, rnd: random.Random) -> Callable[[], object]:
    """Return the count of random rankings of all the options."""
    options = [f"Option {number}" for number in range(size)]
    orders = [rnd.sample(options, size) for _ in range(ballots)]
    paper = ranking.paper({"options": options})
    return lambda: ranking.tally([ranking.read(order, paper) for order in orders], paper)


def judged(voters: int, size: int, rnd: random.Random) -> Callable[[], object]:
    """Return the count of random judgments of as many voters."""
    raw = {"options": [f"Option {n}" for n in range(size)], "grades": list("1234567")}
    paper = judgment.paper(raw)
    rows = [[rnd.randrange(voters // 7) for _ in raw["grades"]] for _ in raw["options"]]
    return lambda: judgment.tally_counts(rows, paper)


def seconds(count: Callable[[], object]) -> float:
    """Return the CPU time of a count, the best of some."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        count()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Measure; exit 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=10_000)
    parser.add_argument("--options", type=int, default=20)
    parser.add_argument("--voters", type=int, default=10_000_000_000)
    parser.add_argument("--seed", type=int, default=42)
    asked, missed = parser.parse_args(), False
    rnd = random.Random(asked.seed)
    counts = {
        "ranking": (asked.ballots, ranked(asked.ballots, asked.options, rnd)),
        "judgment": (asked.voters, judged(asked.voters, asked.options, rnd)),
    }
    for name, (ballots, count) in counts.items():
        took = seconds(count)
        missed |= took > LIMITS[name]
        print(
            f"{name}, {ballots:,} ballots of {asked.options}: {took:.4f} s (limit {LIMITS[name]})"
        )
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
