"""An initiative: who does what already, where, and where to read more."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line, link

LABEL = N_("Initiative")
HINT = N_("What someone already does about a challenge.")
TITLE, BODY = N_("Name of the initiative"), N_("What is done")
NEEDS = ("title",)
FIELDS: Mapping[str, Field] = {
    "carrier": line(N_("Carried by")),
    "territory": line(N_("Where it happens")),
    "link": link(N_("To know more"), N_("The address of a page.")),
}
RANK = 3
