"""Who invited whom, as trees: under each person, those they brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

DEEPEST = 8  # further down, people stand beside the one who invited them


class Step(Protocol):
    """An invitation that was accepted."""

    @property
    def email(self) -> str:
        """Who was invited."""

    @property
    def inviter_email(self) -> str | None:
        """Who invited them, if they still have an account."""

    @property
    def used_at(self) -> datetime:
        """When it was accepted."""


@dataclass
class Person:
    """Someone, what they were invited to, the latest first, and those they invited."""

    email: str
    steps: list[Any] = field(default_factory=list)
    invited: list["Person"] = field(default_factory=list)


def trees(steps: Sequence[Step]) -> list[Person]:
    """Return the people of some invitations, each once, under whoever first invited them.

    The first of those who invited each other stands at the top.
    """
    ordered = sorted(steps, key=lambda step: (step.used_at, step.email))
    people: dict[str, Person] = {}
    above: dict[str, str] = {}
    for step in ordered:
        one = people.setdefault(step.email, Person(step.email))
        one.steps.insert(0, step)
        if step.inviter_email is None:
            continue
        people.setdefault(step.inviter_email, Person(step.inviter_email))
        if step.email not in above and step.email not in _line(step.inviter_email, above):
            above[step.email] = step.inviter_email
    depths = {email: len(_line(email, above)) for email in people}
    for email in sorted(people, key=lambda email: depths[email]):
        if email in above:
            line = _line(email, above)
            holder = line[1] if len(line) <= DEEPEST else line[len(line) - DEEPEST + 1]
            people[holder].invited.append(people[email])
    return [one for email, one in people.items() if email not in above]


def _line(email: str, above: dict[str, str]) -> list[str]:
    """Return a person, whoever invited them, and so on up to the top."""
    line = [email]
    while line[-1] in above:
        line.append(above[line[-1]])
    return line


def count(people: Iterable[Person]) -> int:
    """Return how many people some trees hold."""
    waiting, number = list(people), 0
    while waiting:
        number += 1
        waiting += waiting.pop().invited
    return number
