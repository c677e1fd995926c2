"""How long it takes to group people by their opinions: P14 of the limits.

`python -m bench.opinion_groups` groups 2,000 people by 200 statements, 10,000 by 300, and as many
as give a million opinions, from the rows to what is said of each group; exit 1 where one takes too
long, in CPU time, or too much memory.
"""

import resource
import sys
import time

import numpy as np

from consult.domain import opinion_groups

# people, statements, share of the statements that each has seen, seconds
CASES = ((2_000, 200, 0.5, 2.0), (10_000, 300, 0.13, 5.0), (10_000, 400, 0.25, 5.0))
MEMORY = 1_000_000_000
SIDES = 3


def rows(people: int, statements: int, share: float) -> list[tuple[str, str, int]]:
    """Return made-up opinions of three crowds, the same at each run."""
    chance = np.random.default_rng(42)
    lean = chance.normal(size=(SIDES, statements))
    found = []
    for person in range(people):
        seen = np.flatnonzero(chance.random(statements) < share)
        felt = lean[person % SIDES, seen] + chance.normal(size=len(seen)) * 0.8
        values = np.sign(np.round(felt)).astype(int).tolist()
        pairs = zip(seen.tolist(), values, strict=True)
        found += [(f"p{person}", str(place), value) for place, value in pairs]
    return found


def main() -> None:
    """Measure; exit 1 where a limit is missed."""
    missed = False
    for people, statements, share, limit in CASES:
        given = rows(people, statements, share)
        begun = time.process_time()
        opinions = opinion_groups.read(given)
        found = opinion_groups.find(opinions)
        opinion_groups.statements(opinions, found.groups.tolist(), found.number)
        took = time.process_time() - begun
        missed |= took > limit
        print(f"{people} x {statements}, {len(given)} opinions: {took:.2f} s (limit {limit})")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory, the rows included: {memory / 1e6:.0f} MB (limit {MEMORY / 1e6:.0f})")
    sys.exit(missed or memory > MEMORY)


if __name__ == "__main__":
    main()
