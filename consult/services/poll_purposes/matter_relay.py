"""The room that holds a matter votes to send it up: the trail keeps the vote and the reasons."""

from collections.abc import Mapping
from functools import partial

from ...domain.kinds import N_
from . import REASONS, _matter

LABEL = N_("Let the room vote before it is sent up")
HINT = N_("If the room says yes, the matter goes up by itself when the vote closes.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "relay", _matter.PATH
ASKS, KINDS = (REASONS,), _matter.KINDS
draft, bind, act = (partial(do, MOVE) for do in (_matter.draft, _matter.bind, _matter.act))
title = _matter.title
QUESTION = N_("Do we send this matter up: “%(title)s”?")
WORDS: Mapping[str, str] = {**_matter.WORDS, "done": N_("The matter is sent up, with this vote.")}
