"""Participants propose, the others give their opinion."""

from ..kinds import N_
from . import StarterTheme, turning_on

LABEL = N_("Ideas")
DESCRIPTION = N_("People propose their own ideas. The others give their opinion on them.")
ORDER = 4
FEATURES = turning_on("ideas", "comments")
STARTER = (StarterTheme("I", N_("Your ideas")),)
