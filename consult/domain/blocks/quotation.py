"""A quotation: words of someone, shown as they wrote them; its extract is the quotation."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field

LABEL = N_("Quotation")
HINT = N_("A few words that bring in what someone wrote. Join the extract.")
TITLE, BODY = "", N_("What brings it in")
NEEDS = ("body",)
FIELDS: Mapping[str, Field] = {}
RANK = 3
