"""What the two kinds of texts share: only their cleaning and their length differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

ANSWERS = N_("Answers")


class Writing(NamedTuple):
    """A text to be typed: how it is cleaned, and its greatest number of characters."""

    clean: Callable[..., str]
    limit: int

    def normalise_options(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the greatest number of characters, at most the limit."""
        return {"max_length": _raw.setting(raw, "max_length", self.limit, 1, self.limit)}

    def read(self, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> str:
        """Return the text typed, cleaned."""
        return self.read_json(_raw.single(raw, "value"), options)

    def read_json(self, raw: object, options: Mapping[str, Any]) -> str:
        """Return the text received, cleaned."""
        if not isinstance(raw, str):
            raise RuleBroken("value-unreadable")
        return self.clean(raw, options["max_length"], required="answer-empty")

    def as_text(self, value: str, options: Mapping[str, Any]) -> str:
        """Return the text itself."""
        return value

    def form_value(self, value: str, options: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return the one field of the form."""
        return {"value": [value]}

    def summarise(self, values: Iterable[str], options: Mapping[str, Any]) -> list[tuple[str, int]]:
        """Count the texts; what they say is for people to read."""
        return [(ANSWERS, sum(1 for _ in values))]
