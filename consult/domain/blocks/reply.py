"""A reply: what the organiser keeps or not of what comes before it, and why."""

from collections.abc import Mapping

from .. import outcomes
from ..kinds import N_
from ._fields import Field, choice, line, link

LABEL = N_("The organiser's answer")
HINT = N_("What you keep, what you do not keep, and why.")
TITLE, BODY = "", N_("Your answer")
NEEDS = ("body",)
FIELDS: Mapping[str, Field] = {
    "verdict": choice(N_("The outcome given"), outcomes.LABELS),
    "decision": line(N_("The article or the decision it led to")),
    "link": link(N_("Where to read it"), N_("The address of a page.")),
}
RANK = 3
