"""A proposition: what people ask to be done."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line

LABEL = N_("Proposition")
HINT = N_("What people ask to be done.")
TITLE, BODY = N_("Title"), N_("The proposition")
NEEDS = ()
FIELDS: Mapping[str, Field] = {
    "opinions": line(N_("Opinions received")),
    "addressed_to": line(N_("Addressed to")),
}
RANK = 3
