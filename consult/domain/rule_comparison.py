"""One envelope by every rule, side by side: to understand the rules, never to pay."""

from collections.abc import Mapping, Sequence

from .errors import RuleBroken
from .sharing import RULES
from .splits import Demand, Terms, split

MOST_PROJECTS = 30  # some rules take long with many


def compared(envelope: int, asked: Sequence[int]) -> Mapping[str, list[int]]:
    """Return the award of each project by each rule, the payable rules first.

    Raises comparison-empty and comparison-too-many, with `most`.
    """
    if not asked:
        raise RuleBroken("comparison-empty")
    if len(asked) > MOST_PROJECTS:
        raise RuleBroken("comparison-too-many", most=MOST_PROJECTS)
    order = sorted(RULES, key=lambda name: (not RULES[name].PAYABLE, name))
    return {name: split(envelope, Demand(asked), Terms(name)).awards for name in order}
