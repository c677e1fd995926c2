"""A chapter: a theme of the consultation, and what it holds."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Chapter")
HINT = N_("A great subject. What follows is part of it.")
TITLE, BODY = N_("Title of the chapter"), N_("Introduction")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {}
RANK = 1
