"""A key idea: what to remember of a question, in one sentence."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Key idea")
HINT = N_("What to remember, in one sentence.")
TITLE, BODY = N_("The idea in one sentence"), N_("More words")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {}
RANK = 3
