"""The usual call of a local authority: the same amount for each, within what it asks."""

from ..kinds import N_
from . import LOCAL_PRINCIPLES, MAY_APPLY, SURPLUS

LABEL = N_("Local wishes")
DESCRIPTION = N_("Each project receives the same amount, without going beyond its request.")
ORDER = 1
SETTINGS = {
    "rule": "equal_awards",
    "about": N_("You have a wish for your neighbours? We share the envelope between all."),
    "may_apply": MAY_APPLY,
    "surplus": SURPLUS,
    "lines_above_cents": 500_000,
}
PRINCIPLES = LOCAL_PRINCIPLES
