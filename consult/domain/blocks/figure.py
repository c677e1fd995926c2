"""A figure: whole numbers in a table."""

from collections.abc import Mapping

from ..kinds import N_
from ._fields import Field, line, table

LABEL = N_("Figures")
HINT = N_("Numbers in a table. Say in one sentence what they show.")
TITLE, BODY = N_("What the numbers count"), N_("What they show")
NEEDS = ("title", "rows")
FIELDS: Mapping[str, Field] = {
    "rows": table(
        N_("The numbers"), N_("One row a line: words, a colon, a number. The morning : 12")
    ),
    "source": line(N_("Where they come from")),
}
RANK = 3
