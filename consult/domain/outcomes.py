"""What the organiser says became of a question, a text or a part of a synthesis."""

import re
from dataclasses import dataclass
from datetime import timedelta

from . import clean
from .errors import RuleBroken
from .kinds import N_

KEPT = "kept"
PARTLY = "partly"
NOT_KEPT = "not_kept"
ANSWERED = "answered"
VERDICTS = (KEPT, PARTLY, NOT_KEPT, ANSWERED)

LABELS = {
    KEPT: N_("Kept"),
    PARTLY: N_("Kept in part"),
    NOT_KEPT: N_("Not kept"),
    ANSWERED: N_("Answered"),
}
# Kinds of blocks that say something to keep or not; the others hold them, or already answer.
UNANSWERED = frozenset({"chapter", "section", "figure", "reply"})
DECISION_LIMIT = 300
QUIET = timedelta(minutes=5)  # nothing changed for so long: the letters leave, one a person

# The pages of this site that an outcome may lead to, and those whose title everyone may read.
_PATH = re.compile(
    r"/(matters|proposals|polls|rooms|frames|consultations|syntheses|open-calls)"
    r"/[0-9A-Za-z_-]{1,80}(/[0-9A-Za-z_-]{1,80}){0,3}(#[0-9A-Za-z_-]{1,80})?",
    re.ASCII,
)


@dataclass(frozen=True)
class Words:
    """What the organiser says: a verdict, its reasons, what it led to and where that is read."""

    verdict: str = ""
    body: str = ""
    decision: str = ""
    link: str = ""


def read(raw: object) -> str:
    """Return the verdict sent, or raise verdict-unknown."""
    if not isinstance(raw, str) or raw not in VERDICTS:
        raise RuleBroken("verdict-unknown")
    return raw


def cleaned(words: Words) -> Words:
    """Return what is kept of some words, or raise what their fields raise.

    Raises verdict-unknown, outcome-missing without reasons, and link-unreadable.
    """
    return Words(
        read(words.verdict),
        clean.text(words.body, required="outcome-missing"),
        clean.line(words.decision, DECISION_LIMIT),
        link(words.link),
    )


def link(raw: object) -> str:
    """Return a web address, or the path of a page of this site; "" for nothing."""
    typed = clean.line(raw, clean.LINK_LIMIT)
    if not typed.startswith("/"):
        return clean.link(typed)
    if not _PATH.fullmatch(typed):
        raise RuleBroken("link-unreadable")
    return typed


def here(address: str, base_url: str) -> str:
    """Return an address of this site as its path, any other as it is."""
    typed = address.strip()
    return typed.removeprefix(base_url) if typed.startswith(f"{base_url}/") else typed


def page_of(path: str) -> tuple[str, str] | None:
    """Return the kind of page and its key that a path of this site names; None for the others."""
    found = _PATH.fullmatch(path)
    return (found[1], path.split("#")[0].split("/")[2]) if found else None
