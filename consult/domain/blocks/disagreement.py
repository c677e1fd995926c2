"""A disagreement: what divides people, each side in its own words."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line, text

LABEL = N_("Disagreement")
HINT = N_("What divides people. Say each side with the same care.")
TITLE, BODY = N_("What it is about"), N_("In short")
NEEDS = ()
FIELDS: Mapping[str, Field] = {
    "some": text(N_("Some say")),
    "others": text(N_("Others say")),
    "opinions": line(N_("Opinions received")),
}
RANK = 3
