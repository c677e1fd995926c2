"""What happened since to what the last edition left open: a state, and words where there are any.

Until the next edition says so, there is no news, and its readers are told that plainly.
"""

from dataclasses import dataclass

from . import clean, outcomes
from .errors import RuleBroken
from .kinds import N_

DONE, GOING_ON, DROPPED, NO_NEWS = "done", "going_on", "dropped", "no_news"
STATES = (DONE, GOING_ON, DROPPED, NO_NEWS)
LABELS = {
    DONE: N_("Done"),
    GOING_ON: N_("Going on"),
    DROPPED: N_("Dropped"),
    NO_NEWS: N_("No news"),
}
KINDS = ("open_question", "perspective")  # the blocks that promise something to the next edition
BODY_LIMIT = 2_000


@dataclass(frozen=True)
class Said:
    """What someone says of a part: its state, a few words, where it is read."""

    state: str = NO_NEWS
    body: str = ""
    link: str = ""


def read(said: Said) -> Said:
    """Return what is kept; follow-up-state-unknown, follow-up-state-missing for words alone."""
    if said.state not in STATES:
        raise RuleBroken("follow-up-state-unknown")
    kept = Said(said.state, clean.text(said.body, BODY_LIMIT), outcomes.link(said.link))
    if kept.state == NO_NEWS and (kept.body or kept.link):
        raise RuleBroken("follow-up-state-missing")
    return kept
