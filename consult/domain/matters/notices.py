"""Whom each step of a matter is told to: nobody for what concerns those who did it alone."""

from collections.abc import Mapping

# What all these letters are called, for whoever stops them.
SUBJECT = "matters"
# The room that holds it from then on, the rooms that have held it, those that carry it too, the
# room above the holder, and whoever wrote it.
HOLDER, PATH, BACKERS, ABOVE, AUTHOR = "holder", "path", "backers", "above", "author"
_MOVED = (HOLDER, PATH, AUTHOR)
_ANSWERED = (PATH, BACKERS, AUTHOR)
TOLD: Mapping[str, tuple[str, ...]] = {
    "publish": (AUTHOR,),
    "withdraw": (AUTHOR,),
    "timeout_withdraw": (HOLDER, AUTHOR),
    "endorse": (HOLDER, AUTHOR),
    "ask": (HOLDER,),
    "relay": _MOVED,
    "relay_by_threshold": _MOVED,
    "remind": (HOLDER, ABOVE),
    "timeout_relay": _MOVED,
    "take_up": (PATH, AUTHOR),
    "timeout_take_up": (HOLDER,),
    "return_down": _MOVED,
    "resubmit": _MOVED,
    "settle_below": _ANSWERED,
    "timeout_resubmit": _MOVED,
    "join": (PATH, AUTHOR),
    "answer_joined": _ANSWERED,
    "decide": _ANSWERED,
    "timeout_lapse": _ANSWERED,
    "appeal": _MOVED,
}
