"""An open question: what is left to settle, and when it is taken up again."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line

LABEL = N_("Open question")
HINT = N_("What nobody settled yet. It can come back in the next consultation.")
TITLE, BODY = N_("The question left open"), N_("More words")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {"carried_to": line(N_("Taken up again in"))}
RANK = 3
