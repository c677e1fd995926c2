"""Yes or no: a proposal is adopted or it is not."""

from collections.abc import Sequence
from typing import Any

from ..kinds import N_
from . import _form

LABEL = N_("Yes or no")
HINT = N_("Everyone answers yes, answers no, or abstains.")
METHOD, IS_PLAIN, HAS_OPTIONS = "single", True, False
HAS_SHARES, scale = True, _form.of_votes
RULES = ("majority", "two_thirds")
WORDS = {"yes": N_("Yes"), "no": N_("No")}
UNIT, READING = N_("Votes"), N_("The longer the bar, the more people gave this answer.")
WHY = N_("Everyone gave one answer. We counted the answers.")
from_form, said, rows, leaders = _form.one, _form.listed, _form.counted, _form.most_counted


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with yes and no, whatever the options."""
    return {"options": list(WORDS)}
