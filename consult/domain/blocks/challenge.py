"""A challenge: what is hard; the initiatives that take it up come after it."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Challenge")
HINT = N_("What is hard. Put the initiatives that take it up below.")
TITLE, BODY = N_("The challenge, as a question"), N_("Why it is hard")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {}
RANK = 3
