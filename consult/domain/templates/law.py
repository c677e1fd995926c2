"""A draft text put to opinions article by article, as the Digital Republic bill was."""

from ..kinds import N_
from . import StarterTheme, turning_on

LABEL = N_("Law text, article by article")
DESCRIPTION = N_(
    "People give their opinion on each article. They argue, add sources and propose amendments."
)
ORDER = 2
FEATURES = turning_on("ideas", "articles", "arguments", "sources", "amendments", "comments")
STARTER = (StarterTheme("I", N_("First title of the text")),)
