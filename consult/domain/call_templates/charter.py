"""A call whose principles are those of a charter of digital mediation."""

from ..kinds import N_
from . import MAY_APPLY, SURPLUS

LABEL = N_("Charter of digital mediation")
DESCRIPTION = N_("The principles are those of a charter. The same amount for each project.")
ORDER = 4
SETTINGS = {
    "rule": "equal_awards",
    "about": N_("You help people with digital tools? We share the envelope between all."),
    "may_apply": MAY_APPLY,
    "surplus": SURPLUS,
    "lines_above_cents": 500_000,
}
PRINCIPLES = (
    N_("People are welcome as they are, without judgement"),
    N_("The help is free, or its price depends on income"),
    N_("People learn to do it themselves"),
    N_("Personal data stay confidential"),
    N_("The people who help are trained, or are being trained"),
    N_("What it makes is shared under a free licence"),
)
