"""A finding: what is, as people say it."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Finding")
HINT = N_("What is, as people tell it.")
TITLE, BODY = N_("Title"), N_("The finding")
NEEDS = ("body",)
FIELDS: Mapping[str, Field] = {}
RANK = 3
