"""Participants propose, the others give their opinion."""

from ..kinds import N_
from . import StarterTheme

LABEL = N_("Ideas")
DESCRIPTION = N_("People propose their own ideas. The others give their opinion on them.")
ORDER = 4
FEATURES = {
    "ideas": True,
    "articles": False,
    "arguments": False,
    "sources": False,
    "amendments": False,
    "comments": True,
}
STARTER = (StarterTheme("I", N_("Your ideas")),)
