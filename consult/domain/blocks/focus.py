"""A focus: one thing looked at closely."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, link

LABEL = N_("Focus")
HINT = N_("One thing looked at closely: a place, a tool, a story.")
TITLE, BODY = N_("Title"), N_("The text")
NEEDS = ("title", "body")
FIELDS: Mapping[str, Field] = {"link": link(N_("To know more"), N_("The address of a page."))}
RANK = 3
