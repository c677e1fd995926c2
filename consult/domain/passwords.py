"""Passwords: long enough and hard to guess, any character, never asked to be strange."""

import unicodedata

from .errors import RuleBroken

SHORTEST = 12
LONGEST = 200
FEWEST_LETTERS = 5
_RUNS = "abcdefghijklmnopqrstuvwxyz azertyuiopqsdfghjklmwxcvbn qwertyuiopasdfghjkl 01234567890"
_WORDS = ("password", "motdepasse", "consultation")


def canonical(raw: str) -> str:
    """Return a password as it is compared: the same letters, whatever the keyboard."""
    return unicodedata.normalize("NFKC", raw)


def check(raw: str, *, email: str) -> str:
    """Return a new password in canonical form.

    Raises password-short, password-long, or password-guessable for an address, a run of the
    keyboard, a few letters repeated, or a word that everyone tries.
    """
    password = canonical(raw)
    if len(password) < SHORTEST:
        raise RuleBroken("password-short", min=SHORTEST)
    if len(password) > LONGEST:
        raise RuleBroken("password-long", max=LONGEST)
    if _is_guessable(password.lower(), email):
        raise RuleBroken("password-guessable")
    return password


def _is_guessable(password: str, email: str) -> bool:
    return (
        len(set(password)) < FEWEST_LETTERS
        or any(_without(password, known) for known in (email, email.partition("@")[0], *_WORDS))
        or any(run in password for run in _runs())
    )


def _without(password: str, known: str) -> bool:
    """Whether hardly anything is left of a password without a word that everyone knows."""
    return len(password.replace(known, "")) < SHORTEST // 2


def _runs() -> set[str]:
    """Return the runs of eight keys that neighbour each other, in both directions."""
    rows = _RUNS.split()
    one_way = {row[at : at + 8] for row in rows for at in range(len(row) - 7)}
    return one_way | {run[::-1] for run in one_way}
