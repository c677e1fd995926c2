import pytest

from consult.domain import signatures
from consult.domain.errors import RuleBroken
from consult.domain.signatures import Signature


@pytest.mark.parametrize(
    ("sent", "expected", "shown"),
    [
        ((None,), Signature("none"), ""),
        (("", "Ada"), Signature("none"), ""),
        (("none", "Ada", "Fablab", "prêteuse"), Signature("none"), ""),
        (("pseudonym", " Ada 54 "), Signature("pseudonym", "Ada 54"), "Ada 54"),
        (("name", "Ada L.", "Fablab"), Signature("name", "Ada L."), "Ada L."),
        (
            ("organisation", "Ada", "Fablab", "médiatrice"),
            Signature("organisation", "Fablab", "médiatrice"),
            "Fablab, médiatrice",
        ),
        (("organisation", "Fablab"), Signature("organisation", "Fablab"), "Fablab"),
    ],
)
def test_keeps_only_what_the_kind_shows(sent, expected, shown):
    assert signatures.read(*sent) == expected
    assert signatures.shown(expected) == shown


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (("king",), "signature-unknown"),
        ((["name"],), "signature-unknown"),
        (("name", " "), "signature-missing"),
        (("organisation",), "signature-missing"),
        (("pseudonym", "a" * 201), "text-too-long"),
        (("name", 3), "text-unreadable"),
    ],
)
def test_refuses(sent, code):
    with pytest.raises(RuleBroken, match=code):
        signatures.read(*sent)


def test_kinds_of_actors():
    assert signatures.actor_kind("resident") == "resident"
    assert signatures.actor_kind("") is signatures.actor_kind(None) is None
    assert set(signatures.ACTOR_LABELS) == set(signatures.ACTOR_KINDS)
    for bad in ("king", 1, ["resident"]):
        with pytest.raises(RuleBroken, match="actor-kind-unknown"):
            signatures.actor_kind(bad)
