"""The positions that people declare, so that none of weight is missing from what is quoted.

A position is what someone said of it themselves, never what their words make one guess: the side of
an argument, the opinion given on the text that one comments, the kind of actor, what one speaks
from. A position counts once enough people hold it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import masking, searching, stances
from .kinds import N_

FEWEST = masking.FEWEST  # people; fewer could be told apart
SHARE = 100  # one in so many
SIDE: Final = "side"
ACTOR: Final = "actor"
FROM: Final = "from"
FOR, MIXED, AGAINST = SIDES = ("for", "mixed", "against")
SIDE_LABELS = {FOR: N_("For"), MIXED: N_("Mixed"), AGAINST: N_("Against")}
_OF_OPINION = {stances.AGREE: FOR, stances.MIXED: MIXED, stances.DISAGREE: AGAINST}


@dataclass(frozen=True)
class Voice:
    """A text, the person behind it, and the positions that they declare."""

    id: str
    person: str
    positions: tuple[str, ...] = ()


def declared(
    side: str | None, opinion: int | None, actor: str | None, speaks_from: str
) -> tuple[str, ...]:
    """Return the positions that a text declares: "side:for", "actor:place", "from:benevol".

    `opinion` is the code of what its author thinks of the text that it hangs on.
    """
    told = side or (None if opinion is None else _OF_OPINION[stances.WORDS[opinion]])
    place = searching.normalise(speaks_from)
    found = ((SIDE, told), (ACTOR, actor), (FROM, place))
    return tuple(f"{kind}:{value}" for kind, value in found if value)


def enough(people: int) -> int:
    """Return how many people a position needs among so many: 1 % of them, and five at least."""
    return max(FEWEST, -(-people // SHARE))


def held(voices: Iterable[Voice]) -> dict[str, int]:
    """Return the positions that enough people hold, with how many, the most held first."""
    everyone: set[str] = set()
    people: dict[str, set[str]] = defaultdict(set)
    for one in voices:
        everyone.add(one.person)
        for position in one.positions:
            people[position].add(one.person)
    least = enough(len(everyone))
    found = {position: len(who) for position, who in people.items() if len(who) >= least}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def missing(held: Iterable[str], quoted: Collection[str]) -> list[str]:
    """Return the positions that nothing quoted speaks for, in order."""
    return [one for one in held if one not in quoted]


def side_left_out(
    people: Mapping[str, int], everyone: int, quoted: Collection[str]
) -> tuple[str, int] | None:
    """Return the side that a chapter leaves out, and how many people hold it; None for none.

    Only when it quotes one side, and enough people hold the other one.
    """
    for side, other in ((FOR, AGAINST), (AGAINST, FOR)):
        number = people.get(other, 0)
        if side in quoted and other not in quoted and number >= enough(everyone):
            return other, number
    return None


def label_of(position: str, words: Mapping[str, str], actors: Mapping[str, str]) -> str:
    """Return the words of a position: of the interface, or `words`, those that people wrote."""
    kind, _colon, value = position.partition(":")
    if kind == SIDE:
        return SIDE_LABELS[value]
    return actors.get(value, value) if kind == ACTOR else words.get(position, value)


def spoken(texts: Iterable[tuple[Sequence[str], str]]) -> dict[str, str]:
    """Return how the positions that people wrote are said: the words first met in order."""
    found: dict[str, str] = {}
    for places, words in sorted(texts, key=lambda pair: pair[1]):
        for position in places:
            if position.startswith(f"{FROM}:"):
                found.setdefault(position, words)
    return found
