"""What people make of suggested themes, and how one is known again at the next search."""

from collections.abc import Collection, Mapping, Sequence

from . import clean
from .errors import RuleBroken
from .kinds import N_

SUGGESTED, KEPT, DROPPED = "suggested", "kept", "dropped"
THEMED, GROUPED, UNCLASSIFIED, WAITING, HIDDEN = COUNTS = (
    "themed",
    "grouped",
    "unclassified",
    "waiting",
    "hidden",
)
LABELS = {
    THEMED: N_("In a theme"),
    GROUPED: N_("Grouped with a text that says the same"),
    UNCLASSIFIED: N_("In no theme"),
    WAITING: N_("Waits for moderation"),
    HIDDEN: N_("Hidden by moderation"),
}
NAME_LIMIT = 200
SAME = 0.5
MOST_WORDS = 6


def name(typed: object, words: Sequence[str]) -> str:
    """Return the name to give: what was typed, or the first words; raises suggestion-unnamed."""
    found = clean.line(typed, NAME_LIMIT) or ", ".join(words[:3])[:NAME_LIMIT]
    if not found:
        raise RuleBroken("suggestion-unnamed")
    return found


def known_again(
    before: Mapping[str, Collection[str]], now: Sequence[Collection[str]]
) -> dict[int, str]:
    """Tell which groups of texts are those of before: at least half of the texts of both.

    The most alike are told first; none is told twice.
    """
    pairs = sorted(
        (-len(old & new) / len(old | new), place, key)
        for key, texts in before.items()
        for place, found in enumerate(now)
        if (old := set(texts)) & (new := set(found))
    )
    told: dict[int, str] = {}
    for unlike, place, key in pairs:
        if -unlike >= SAME and place not in told and key not in told.values():
            told[place] = key
    return told


def was_dropped(stems: Collection[str], dropped: Sequence[Collection[str]]) -> bool:
    """Tell whether a suggestion has at least half of the terms of one that people dropped."""
    mine = set(stems)
    return any(
        len(mine & set(one)) >= SAME * max(len(mine), len(set(one))) for one in dropped if one
    )
