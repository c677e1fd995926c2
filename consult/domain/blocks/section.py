"""A section: a question that was asked, and what came of it."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Question")
HINT = N_("A question that was asked. What people answered follows.")
TITLE, BODY = N_("The question"), N_("In short")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {}
RANK = 2
