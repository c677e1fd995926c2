"""What the proposals of Cap Collectif's JSON declare, beside what they hold."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from . import reading
from .records import Proposal
from .report import Report

_OPINIONS = {
    "opinions-agree": "votes_ok",
    "opinions-mixed": "votes_mitige",
    "opinions-disagree": "votes_nok",
}
COUNTERS = (
    "votes_ok", "votes_mitige", "votes_nok", "votes_total", "versions_count", "sources_count",
    "arguments_count", "arguments_yes_count", "arguments_no_count",
)  # fmt: skip
_CHECKED = (
    "arguments", "arguments-for", "arguments-against", "sources", "amendments", "opinions",
    *_OPINIONS, "opinions-one-by-one", "proposals-agreeing", "definitions",
)  # fmt: skip


class Tally:
    """Sums what the files declare and what they hold."""

    def __init__(self) -> None:
        self.declared: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, opinion: Mapping[str, Any], proposal: Proposal, held: Counter[str]) -> None:
        """Count one proposal that went in."""
        number = {name: reading.count(opinion.get(name), name) for name in COUNTERS}
        declared = Counter(
            {
                "arguments": number["arguments_count"],
                "arguments-for": number["arguments_yes_count"],
                "arguments-against": number["arguments_no_count"],
                "sources": number["sources_count"],
            }
        )
        found = Counter(
            {
                "arguments": held["for"] + held["against"],
                "arguments-for": held["for"],
                "arguments-against": held["against"],
                "sources": held["source"],
            }
        )
        opinions = number["votes_ok"] + number["votes_mitige"] + number["votes_nok"]
        agreeing = declared == found and opinions == number["votes_total"]
        self.declared += declared + Counter({"proposals-agreeing": 1})
        self.found += found + Counter({"proposals-agreeing": int(agreeing)})
        self.declared["amendments"] += number["versions_count"]
        self.declared["opinions"] += number["votes_total"]
        self.found["opinions"] += opinions
        self.declared["opinions-one-by-one"] += opinions
        self.found["opinions-one-by-one"] += len(opinion.get("votes") or ())
        for what, name in _OPINIONS.items():
            self.declared[what] += number[name]
            self.found[what] += getattr(proposal, what.removeprefix("opinions-"))
        self.declared["definitions"] += len(opinion.get("modals") or ())

    def tell(self, report: Report) -> None:
        """Write the sums in the report."""
        for what in _CHECKED:
            report.check(what, self.declared[what], self.found[what])
