"""Every answer that suits, one at least."""

from collections.abc import Sequence
from typing import Any

from ..kinds import N_
from . import _form

LABEL = N_("All the answers that suit me")
HINT = N_("Everyone ticks one answer or more.")
METHOD, IS_PLAIN, HAS_OPTIONS = "approval", False, True
HAS_SHARES, scale = False, _form.of_votes
RULES = ("most", "majority", "two_thirds")
WORDS: dict[str, str] = {}
UNIT, READING = N_("People"), N_("The longer the bar, the more people this answer suits.")
WHY = N_("Everyone ticked all the answers that suit them. We counted the ticks.")
from_form, said, rows, leaders = _form.several, _form.listed, _form.counted, _form.most_counted


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper on which a blank ballot is refused: to abstain is said otherwise."""
    return {"options": list(options), "min": 1}
