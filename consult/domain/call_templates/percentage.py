"""The same percentage of each request; asking for more would pay, so two maximums hold it."""

from ..kinds import N_
from . import LOCAL_PRINCIPLES, MAY_APPLY, SURPLUS

LABEL = N_("Same percentage for all")
DESCRIPTION = N_("Each project receives the same percentage of its request, up to a maximum.")
ORDER = 3
SETTINGS = {
    "rule": "proportional",
    "cap_cents": 1_000_000,
    "cap_share": 7_000,
    "about": N_("Your project costs more than you have? We pay the same percentage to all."),
    "may_apply": MAY_APPLY,
    "surplus": SURPLUS,
    "lines_above_cents": 300_000,
}
PRINCIPLES = LOCAL_PRINCIPLES
