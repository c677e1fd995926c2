"""A few closed questions and one open, answered in three minutes."""

from ..kinds import N_
from . import StarterQuestion, StarterTheme, turning_on

LABEL = N_("Short questionnaire")
DESCRIPTION = N_("People answer a few short questions, in about 3 minutes.")
ORDER = 3
FEATURES = turning_on("comments")
STARTER = (
    StarterTheme(
        "I",
        N_("Your opinion"),
        (
            StarterQuestion("yes_no", N_("Are you in favour of this project?")),
            StarterQuestion("long_text", N_("What would you like to add?")),
        ),
    ),
)
