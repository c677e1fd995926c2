import pytest

from consult.domain import follow_ups
from consult.domain.errors import RuleBroken
from consult.domain.follow_ups import Said


def test_a_point_is_said_with_a_state_words_and_a_link():
    said = follow_ups.read(Said("going_on", "  Bientôt.  ", "/matters/abc"))
    assert said == Said("going_on", "Bientôt.", "/matters/abc")
    assert follow_ups.read(Said()) == Said("no_news")
    assert set(follow_ups.LABELS) == set(follow_ups.STATES)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("maybe"), "follow-up-state-unknown"),
        (Said("no_news", "Des mots."), "follow-up-state-missing"),
        (Said("no_news", "", "https://exemple.fr"), "follow-up-state-missing"),
        (Said("done", "x" * 2_001), "text-too-long"),
        (Said("done", "", "javascript:alert(1)"), "link-unreadable"),
    ],
)
def test_what_says_nothing_clear_is_refused(said, code):
    with pytest.raises(RuleBroken, match=code):
        follow_ups.read(said)
