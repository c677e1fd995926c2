"""What is kept of opinion groups comes back whole."""

import json
from dataclasses import asdict

from consult.domain import group_summaries
from consult.domain.group_summaries import Shares, Summary


def test_it_comes_back_whole() -> None:
    row = Shares("s", [9, 8], [7, 1], [1, 6])
    summary = Summary(17, [9, 8], [[row], []], [], [row], [(0, 1, 0, 9)])
    assert group_summaries.read(json.loads(json.dumps(asdict(summary)))) == summary
