"""Who moderates, what they narrow the queue to, and the states that it is read by."""

from dataclasses import dataclass

REPORTED = "reported"  # public, and someone waits for an answer about it
STATES = ("pending", REPORTED, "to_correct", "hidden", "published")
COUNTED = 1_000
MOST_CHOICES = 50


@dataclass(frozen=True)
class Moderator:
    """Who decides about texts: an account, and what it may read.

    All, as an administrator; what it opened and joined, as an organiser; what it joined, when it
    is no longer one; what its rooms read; and the projects of the calls it runs.
    """

    account_id: str
    sees_all: bool = False
    organises: bool = False
    joins: bool = False
    facilitates: bool = False
    runs_calls: bool = False

    @property
    def actor(self) -> str:
        """Their name in the journal."""
        return f"account:{self.account_id}"


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to: a consultation or a call by its address, a kind, texts."""

    consultation: str | None = None
    kind: str | None = None
    ids: tuple[str, ...] | None = None
    passed_on: bool = False
    call: str | None = None


def known(state: str) -> str:
    """Return a state that is read, or raise ValueError."""
    if state not in STATES:
        raise ValueError(state)
    return state
