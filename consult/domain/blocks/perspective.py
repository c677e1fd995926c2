"""A perspective: what is to come, who takes it on and by when."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line

LABEL = N_("Perspective")
HINT = N_("What is to come. It is looked at again in the next edition.")
TITLE, BODY = N_("What will be done"), N_("More words")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {"who": line(N_("By whom")), "due": line(N_("By when"))}
RANK = 3
