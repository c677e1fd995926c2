"""Many small helps with one maximum, as Brest has done for years (2,300 euros at most)."""

from ..kinds import N_
from . import LOCAL_PRINCIPLES, MAY_APPLY, SURPLUS

LABEL = N_("Small helps")
DESCRIPTION = N_("The same amount for each, and a maximum: many small projects.")
ORDER = 2
SETTINGS = {
    "rule": "equal_awards",
    "cap_cents": 230_000,
    "about": N_("A small sum helps you begin. Every project that respects the principles gets it."),
    "may_apply": MAY_APPLY,
    "surplus": SURPLUS,
}
PRINCIPLES = LOCAL_PRINCIPLES
