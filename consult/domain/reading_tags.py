"""The tags that readers put on texts: their names, how many, when the rest may be proposed."""

import unicodedata
from collections.abc import Mapping

from . import clean
from .errors import RuleBroken
from .kinds import N_

NAME_LIMIT = 80
MOST = 30
# What people tag before the rest may be proposed: so many texts, two tags with so many each.
BY_HAND = 100
FEWEST_TAGS, FEWEST_EACH = 2, 10
TAGGED, GROUPED, PROPOSED, UNTAGGED, WAITING, HIDDEN = COUNTS = (
    "tagged",
    "grouped",
    "proposed",
    "untagged",
    "waiting",
    "hidden",
)
LABELS = {
    GROUPED: N_("Grouped with a text that says the same"),
    PROPOSED: N_("A tag is proposed"),
    UNTAGGED: N_("Without a tag"),
    WAITING: N_("Waits for moderation"),
    HIDDEN: N_("Hidden by moderation"),
}
# How sure a proposal is, from how often the same was right among what people tagged.
LEVELS = {
    3: N_("Nearly sure: right 19 times in 20"),
    2: N_("Sure: right 9 times in 10"),
    1: N_("Fairly sure: right 8 times in 10"),
}
ACCEPT, REFUSE = ANSWERS = ("accept", "refuse")
CHANGED, TAKEN, GONE = "changed", "taken", "gone"
WHY = {
    CHANGED: N_("Its text changed."),
    TAKEN: N_("Somebody tagged it."),
    GONE: N_("This tag is no longer proposed for it."),
}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def name(typed: object) -> str:
    """Return the name of a tag, or raise tag-unnamed, text-too-long, text-unreadable."""
    return clean.line(typed, NAME_LIMIT, required="tag-unnamed")


def folded(name: str) -> str:
    """Return what two names share that differ by case and accents only."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LIGATURES))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (" ".join(kept.split()) or name)[: 4 * NAME_LIMIT]


def missing(tagged: Mapping[str, int]) -> dict[str, int]:
    """Return what people have yet to tag before the rest is proposed: texts, and whole tags.

    `tagged` gives how many texts people put each tag on. All is there when nothing is returned.
    """
    ready = sum(number >= FEWEST_EACH for number in tagged.values())
    left = {"texts": BY_HAND - sum(tagged.values()), "tags": FEWEST_TAGS - ready}
    return {what: number for what, number in left.items() if number > 0}


def check_ready(tagged: Mapping[str, int]) -> None:
    """Raise tag-more-texts or tag-more-tags (409) while the rest may not be proposed."""
    left = missing(tagged)
    if "texts" in left:
        raise RuleBroken("tag-more-texts", 409, number=left["texts"])
    if left:
        raise RuleBroken("tag-more-tags", 409, tags=FEWEST_TAGS, texts=FEWEST_EACH)
