import pytest

from consult.domain import outcomes
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("verdict", outcomes.VERDICTS)
def test_each_verdict_is_read_and_has_a_label(verdict):
    assert outcomes.read(verdict) == verdict
    assert outcomes.LABELS[verdict]


@pytest.mark.parametrize("raw", [None, "", "KEPT", 1, ["kept"]])
def test_anything_else_is_refused(raw):
    with pytest.raises(RuleBroken) as refused:
        outcomes.read(raw)
    assert (refused.value.code, refused.value.status) == ("verdict-unknown", 422)


def test_the_verdicts_are_those_of_the_table():
    from consult.models import Outcome

    rule = next(c for c in Outcome.__table__.constraints if "verdict" in str(c.name))
    assert all(f"'{verdict}'" in str(rule.sqltext) for verdict in outcomes.VERDICTS)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("", ""),
        (None, ""),
        (" https://exemple.fr/arrete ", "https://exemple.fr/arrete"),
        ("/matters/abc", "/matters/abc"),
        ("/polls/abc#result", "/polls/abc#result"),
        ("/rooms/metz/meetings/2026-01", "/rooms/metz/meetings/2026-01"),
    ],
)
def test_an_outcome_leads_to_a_page_of_this_site_or_of_another(raw, kept):
    assert outcomes.link(raw) == kept


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", "//ailleurs.fr", "/console", "/matters/", "/matters/a b", "/polls/é",
     "/matters/../console", "ftp://exemple.fr", "https://", "/rooms/a\n/b"],
)  # fmt: skip
def test_any_other_address_is_refused(raw):
    with pytest.raises(RuleBroken, match="link-unreadable"):
        outcomes.link(raw)


def test_an_address_of_this_site_is_its_path():
    assert outcomes.here(" https://ici.fr/polls/a ", "https://ici.fr") == "/polls/a"
    assert outcomes.here("https://ici.fr.ailleurs/a", "https://ici.fr") == (
        "https://ici.fr.ailleurs/a"
    )
    assert outcomes.page_of("/polls/a#x") == ("polls", "a")
    assert outcomes.page_of("https://exemple.fr") is None


def test_words_are_cleaned_together():
    said = outcomes.cleaned(outcomes.Words("kept", " Oui. ", " La\ndécision ", "/polls/a"))
    assert said == outcomes.Words("kept", "Oui.", "La décision", "/polls/a")
