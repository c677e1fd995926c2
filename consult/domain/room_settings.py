"""What a room may set for itself: each key, its default and its bounds; the rooms below inherit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import RuleBroken
from .kinds import N_

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Key:
    """A setting: a number between two bounds, or yes or no when there are none."""

    label: str
    default: int
    least: int = 0
    most: int = 1
    hint: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the answer is yes or no."""
        return (self.least, self.most) == (0, 1)


KEYS: Mapping[str, Key] = {
    "relay_vote": Key(
        N_("The room votes before it sends a matter up"),
        0,
        hint=N_("If not, whoever runs the room sends it up and says why in one sentence."),
    ),
    "relay_quorum": Key(N_("How many people must be there for this vote"), 3, 1, 500),
    "relay_threshold": Key(
        N_("How many rooms make a matter go up by themselves"),
        0,
        0,
        50,
        hint=N_("0: a third of the rooms below the same room, and two at least."),
    ),
    "delay_asked": Key(N_("Days to open what someone asks for, or say why not"), 30, 3, 180),
    "delay_open": Key(N_("Days a matter may stay open in the room"), 60, 7, 365),
    "delay_take_up": Key(N_("Days to take up a matter that arrives"), 15, 1, 90),
    "delay_review": Key(N_("Days to examine a matter"), 56, 7, 365),
    "delay_returned": Key(N_("Days to answer a question of the room above"), 30, 3, 180),
    "delay_acknowledge": Key(N_("Days to acknowledge an answer"), 30, 3, 180),
    "delay_reminder": Key(N_("Days that a reminder leaves"), 15, 3, 90),
}


def read(key: str, raw: object) -> int | None:
    """Read what was typed for a key; None for nothing: the room then inherits.

    Raises setting-unknown (404), setting-choice-unknown, setting-out.
    """
    about = KEYS.get(key)
    if about is None:
        raise RuleBroken("setting-unknown", 404)
    text = raw.strip() if isinstance(raw, str) else raw
    if text in ("", None):
        return None
    if about.is_choice:
        if text not in (YES, NO):
            raise RuleBroken("setting-choice-unknown")
        return int(text == YES)
    is_number = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 4
    if not is_number or not about.least <= int(str(text)) <= about.most:
        raise RuleBroken("setting-out", min=about.least, max=about.most)
    return int(str(text))


def in_force(stored: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the value of each key, from what a room and those above it set, the nearest first."""
    found = {name: about.default for name, about in KEYS.items()}
    taken: set[str] = set()
    for key, value in stored:
        if key in found and key not in taken:
            taken.add(key)
            found[key] = value
    return found
