"""What a room keeps."""

from datetime import date, timedelta

import pytest

from consult.domain import registers
from consult.domain.errors import RuleBroken

DUE = date(2026, 12, 10)


def test_decisions_and_resources_are_added_by_hand_and_minutes_are_not():
    assert registers.kind("decision") == "decision"
    for raw in ("minutes", "", None, ["decision"]):
        with pytest.raises(RuleBroken, match="document-kind-unknown"):
            registers.kind(raw)


@pytest.mark.parametrize(
    ("due", "kept", "today", "state"),
    [
        (DUE, None, DUE, "under_way"),
        (DUE, None, DUE + timedelta(days=1), "late"),
        (None, None, DUE, "under_way"),
        (DUE, DUE, DUE, "kept"),
        (None, DUE, DUE, "kept"),
        (DUE, DUE + timedelta(days=1), DUE, "kept_late"),
    ],
)
def test_a_commitment_is_late_from_the_day_after(due, kept, today, state):
    assert registers.state(due, kept, today) == state
    assert state in registers.STATES
