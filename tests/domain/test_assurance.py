import pytest

from consult.domain import assurance


@pytest.mark.parametrize(
    ("asked", "given", "enough"),
    [
        ("", None, True),
        ("  ", "eidas1", True),
        ("eidas2", "eidas2", True),
        ("eidas2", "eidas3", True),
        ("eidas2", "eidas10", True),
        ("eidas2", "eidas1", False),
        ("eidas3 eidas2", "eidas2", True),
        ("eidas2", "level3", False),
        ("eidas2", "eidas", False),
        ("eidas2", "", False),
        ("eidas2", None, False),
        ("eidas2", ["eidas2"], False),
        ("eidas2", 2, False),
        ("eidas2", "eidas２", False),
        ("eidas2", "eidas3\n", False),
        ("urn:high urn:low", "urn:low", True),
        ("urn:high", "urn:low", False),
    ],
)
def test_a_level_is_enough_when_it_is_asked_for_or_above(asked, given, enough):
    assert assurance.is_enough(asked, given) is enough
