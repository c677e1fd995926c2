"""The kinds of questions, one module each: what an organiser sets and what an answer holds."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover

Raw = Mapping[str, Sequence[str]]
Options = Mapping[str, Any]
Form = dict[str, list[str]]
Table = list[tuple[str, int]]


class QuestionKind(Protocol):
    """What a module of this package provides."""

    LABEL: str

    def normalise_options(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Check what the organiser set, complete it with defaults, or raise RuleBroken.

        What it returns is JSON, and is accepted again unchanged.
        """

    def read(self, raw: Raw, options: Options) -> Any:
        """Return the value to store, which is JSON, from the lists of a submitted form."""

    def read_json(self, raw: object, options: Options) -> Any:
        """Return the value to store from what the API received; a stored value is accepted."""

    def as_text(self, value: Any, options: Options) -> str:
        """Return the plain text of a value, for lists, search and exports."""

    def form_value(self, value: Any, options: Options) -> Form:
        """Return the lists of the form that `read` turns into this value."""

    def summarise(self, values: Iterable[Any], options: Options) -> Table:
        """Count the values, in the order of the options: rows of label and number.

        The labels are the organiser's words, figures, or English msgids marked with N_.
        """


QUESTION_KINDS = cast(Mapping[str, QuestionKind], discover(sys.modules[__name__]))


def kind(name: str) -> QuestionKind:
    """Return the kind of this name, or raise question-kind-unknown."""
    if name not in QUESTION_KINDS:
        raise RuleBroken("question-kind-unknown")
    return QUESTION_KINDS[name]
