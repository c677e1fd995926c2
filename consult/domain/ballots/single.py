"""One answer among several."""

from collections.abc import Sequence
from typing import Any

from ..kinds import N_
from . import _form

LABEL = N_("One answer among several")
HINT = N_("Everyone chooses one answer.")
METHOD, IS_PLAIN, HAS_OPTIONS = "single", False, True
HAS_SHARES, scale = True, _form.of_votes
RULES = ("most", "majority", "two_thirds")
WORDS: dict[str, str] = {}
UNIT, READING = N_("Votes"), N_("The longer the bar, the more people gave this answer.")
WHY = N_("Everyone gave one answer. We counted the answers.")
from_form, said, rows, leaders = _form.one, _form.listed, _form.counted, _form.most_counted


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with these options."""
    return {"options": list(options)}
