"""The vote of a room before it sends a matter up: who was there, and how they voted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import RuleBroken

MOST = 100_000


@dataclass(frozen=True)
class Vote:
    """What came out of a vote: how many were there, for, mixed, against, and how many it takes.

    `poll` is the vote on this site that it comes from, "" for one that was held in a meeting.
    """

    present: int
    in_favour: int
    mixed: int
    against: int
    quorum: int
    poll: str = ""

    @property
    def passes(self) -> bool:
        """Whether enough people were there, and more were for than against."""
        return self.present >= self.quorum and self.in_favour > self.against

    def as_facts(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {name: value for name, value in asdict(self).items() if value != ""}


def read(raw: Mapping[str, object], quorum: int) -> Vote:
    """Read a vote as it was typed; raises vote-count-unreadable, vote-more-than-present."""
    names = ("present", "in_favour", "mixed", "against")
    present, in_favour, mixed, against = (_count(raw.get(name)) for name in names)
    vote = Vote(present, in_favour, mixed, against, quorum)
    if vote.in_favour + vote.mixed + vote.against > vote.present:
        raise RuleBroken("vote-more-than-present")
    return vote


def check(vote: Vote | None, *, is_needed: bool) -> None:
    """Check that a room may send a matter up after this vote.

    Raises vote-needed when the room votes first, vote-quorum and vote-lost.
    """
    if vote is None:
        if is_needed:
            raise RuleBroken("vote-needed")
        return
    if vote.present < vote.quorum:
        raise RuleBroken("vote-quorum", quorum=vote.quorum)
    if not vote.passes:
        raise RuleBroken("vote-lost")


def _count(raw: object) -> int:
    text = raw.strip() if isinstance(raw, str) else raw
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= len(str(MOST)):
        text = int(text)
    if not isinstance(text, int) or isinstance(text, bool) or not 0 <= text <= MOST:
        raise RuleBroken("vote-count-unreadable", max=MOST)
    return text
