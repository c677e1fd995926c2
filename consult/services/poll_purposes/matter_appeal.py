"""The room where a matter began votes on whether to ask the room above to look again, once."""

from collections.abc import Mapping
from functools import partial

from ...domain.kinds import N_
from . import REASONS, _matter

LABEL = N_("Let the room vote on asking again")
HINT = N_("If the room says yes, the room above looks again. This happens once.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "appeal", _matter.PATH
ASKS, KINDS = (REASONS,), _matter.KINDS
draft, bind, act = (partial(do, MOVE) for do in (_matter.draft, _matter.bind, _matter.act))
title = _matter.title
QUESTION = N_("Do we ask the room above to look again: “%(title)s”?")
WORDS: Mapping[str, str] = {
    **_matter.WORDS,
    "done": N_("The room above is asked to look again, with this vote."),
}
