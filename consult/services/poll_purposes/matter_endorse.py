"""Another room votes on whether it has the same matter: its name then stands on the matter."""

from collections.abc import Mapping
from functools import partial

from ...domain.kinds import N_
from . import _matter

LABEL = N_("Let the room vote on having it too")
HINT = N_("If the room says yes, its name stands on the matter when the vote closes.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "endorse", _matter.PATH
ASKS, KINDS = (), _matter.KINDS
draft, bind, act = (partial(do, MOVE) for do in (_matter.draft, _matter.bind, _matter.act))
title = _matter.title
QUESTION = N_("Do we have the same matter here: “%(title)s”?")
WORDS: Mapping[str, str] = {**_matter.WORDS, "done": N_("The room now stands behind the matter.")}
