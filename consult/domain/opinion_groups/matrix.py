"""Opinions as a matrix: one row a person, one column a statement."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import RuleBroken

AGREE, DISAGREE, PASS = 1, -1, 0
UNSEEN = 2  # any value that is not an opinion
MOST_CELLS = 60_000_000  # a byte each


@dataclass(frozen=True)
class Opinions:
    """Who said what: `values[person, statement]` is 1, -1, 0, or UNSEEN (int8)."""

    people: list[str]
    statements: list[str]
    values: NDArray[np.int8]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Return where there is an opinion."""
        return np.asarray(self.values != UNSEEN, dtype=np.bool_)


def read(opinions: Iterable[tuple[str, str, int]]) -> Opinions:
    """Return the matrix of (person, statement, opinion); the last one of a pair counts.

    People and statements are in order, whatever order they came in: what is found afterwards does
    not hang on it. Raises opinions-too-many when the matrix would not fit.
    """
    held = {(person, statement): value for person, statement, value in opinions}
    people = _ordered(person for person, _ in held)
    statements = _ordered(statement for _, statement in held)
    if len(people) * len(statements) > MOST_CELLS:
        raise RuleBroken("opinions-too-many", most=MOST_CELLS)
    row = {person: place for place, person in enumerate(people)}
    column = {statement: place for place, statement in enumerate(statements)}
    values = np.full((len(people), len(statements)), UNSEEN, dtype=np.int8)
    rows = np.fromiter((row[person] for person, _ in held), np.intp, len(held))
    columns = np.fromiter((column[statement] for _, statement in held), np.intp, len(held))
    values[rows, columns] = np.fromiter(held.values(), np.int8, len(held))
    return Opinions(people, statements, values)


def _ordered(names: Iterable[str]) -> list[str]:
    """Sort names, those that are numbers by their number."""
    return sorted(set(names), key=_order)


def _order(name: str) -> tuple[bool, int, str]:
    is_number = name.isascii() and name.isdecimal() and len(name) < 20
    return (not is_number, int(name) if is_number else 0, name)
