"""The long run of the sharing rules: many random splits checked to the cent, then a very large one.

`python -m bench.splits` checks 1,000,000 random splits of the payable rules (the sum, nobody above
the request, the order of the projects, a larger envelope, a departure) and measures a split of
100,000 projects, in CPU time, with its memory against one of 50,000.
"""

import argparse
import random
import sys
import time
import tracemalloc
from collections import Counter

from consult.domain.splits import Demand, Terms, split
from tests.split_checks import faults, random_case

LIMITS = {"equal_awards": 0.1, "proportional": 0.6}
ROUNDS = 5
LINEAR = 2.5


def long_run(count: int, seed: int) -> Counter[str]:
    """Check random splits; return how many break what."""
    rnd, broken = random.Random(seed), Counter()
    begun = time.process_time()
    for done in range(1, count + 1):
        envelope, demand, terms = random_case(rnd)
        for fault in faults(envelope, demand, terms, rnd):
            broken[fault] += 1
            print(f"{fault}: {envelope} {demand} {terms}", file=sys.stderr)
        if done % 100_000 == 0:
            print(f"{done:,} splits, {time.process_time() - begun:.0f} s", file=sys.stderr)
    return broken


def large(count: int, seed: int) -> tuple[int, Demand]:
    """Return a call of many projects, and an envelope of a little more than half."""
    rnd = random.Random(seed)
    asked = [rnd.randint(5_000, 230_000) for _ in range(count)]
    return sum(asked) * 55 // 100 + 1, Demand(asked)


def seconds(rule: str, count: int, seed: int) -> float:
    """Return the CPU time of one large split, the best of some."""
    envelope, demand = large(count, seed)
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        found = split(envelope, demand, Terms(rule))
        best = min(best, time.process_time() - begun)
        if found.awarded != envelope:
            raise SystemExit("the sum is not exact")
    return best


def memory(rule: str, count: int, seed: int) -> int:
    """Return the most bytes that one large split takes."""
    envelope, demand = large(count, seed)
    tracemalloc.start()
    split(envelope, demand, Terms(rule))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def main() -> None:
    """Measure, then check; exit 1 where a limit or a property is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", type=int, default=1_000_000)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=42)
    asked = parser.parse_args()
    missed = False
    for rule, limit in LIMITS.items():
        took = seconds(rule, asked.projects, asked.seed)
        whole = memory(rule, asked.projects, asked.seed)
        growth = whole / memory(rule, asked.projects // 2, asked.seed)
        missed |= took > limit or growth > LINEAR
        print(
            f"P19 {rule}, {asked.projects:,} projects: {took:.3f} s (limit {limit}), "
            f"{whole / 1e6:.0f} MB, {growth:.2f} x that of half as many"
        )
    broken = long_run(asked.splits, asked.seed)
    print(f"{asked.splits:,} random splits: {dict(broken) or 'nothing broken'}")
    raise SystemExit(1 if missed or broken else 0)


if __name__ == "__main__":
    main()
