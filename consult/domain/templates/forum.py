"""Themes and numbered questions, answered in free texts, as the Grand Est forum was."""

from ..kinds import N_
from . import StarterQuestion, StarterTheme, turning_on

LABEL = N_("Forum of numbered questions")
DESCRIPTION = N_(
    "People answer open questions, sorted by theme. They read and discuss the answers."
)
ORDER = 1
FEATURES = turning_on("comments")
STARTER = (
    StarterTheme(
        "I",
        N_("First theme"),
        (StarterQuestion("long_text", N_("In your opinion, what should change?")),),
    ),
)
