"""The one exception family that rules raise; the edge turns it into a sentence."""

from typing import Any


class RuleBroken(ValueError):
    """A rule of the field was not met.

    `code` is a stable kebab-case key, translated at the edge. `status` is what the web answers:
    422 for a value, 409 for closed, already done or stale, 403 for a right, 404 for missing.
    `facts` fill the sentence.
    """

    def __init__(self, code: str, status: int = 422, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.facts = facts
