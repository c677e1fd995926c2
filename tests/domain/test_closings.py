import pytest

from consult.domain import closings
from consult.domain.errors import RuleBroken


def refused(code, act, *facts):
    with pytest.raises(RuleBroken, match=code) as broken:
        act(*facts)
    return broken.value.status


def test_every_reason_has_its_rule():
    assert set(closings.REASONS) == set(closings.GROUNDS)
    assert [closings.reason(one) for one in closings.REASONS] == list(closings.REASONS)


@pytest.mark.parametrize("raw", ["", "other", None, ["attack"], 3])
def test_a_reason_is_one_of_the_list(raw):
    assert refused("closing-reason-missing", closings.reason, raw) == 422


def test_what_happened_is_said_in_words():
    assert closings.words("  Trois messages.\r\n ") == "Trois messages."
    assert refused("closing-words-missing", closings.words, " \u200b ") == 422
    assert refused("text-too-long", closings.words, "x" * 1_001) == 422
    assert refused("text-unreadable", closings.words, "a\x00b") == 422
