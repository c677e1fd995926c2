"""Someone who is erased stands in no published synthesis: neither their name nor their words."""

import pytest

from consult.domain.syntheses import composed
from consult.domain.syntheses.composed import Composed, Part, Quote
from consult.models import SynthesisVersion
from consult.services import forgetting_syntheses
from tests import synthesising

WORDS = "Ouvert le soir"


@pytest.fixture
def version(session, make, now):
    world = synthesising.closed(make)
    synthesis = synthesising.begun(session, world)
    quotes = (
        Quote(WORDS, "Awa", "Nancy", "/answers/kept", "answer", "kept"),
        Quote("Rien à moi", "Bob", "", "/answers/other", "answer", "other"),
    )
    part = Part("b", "finding", "Constat", "1.1", body=f"On lit : {WORDS}.", quotes=quotes)
    whole = Composed("s", "S", "fr", "C", "", "", 1, parts=(part,), labels={"removed": "[retiré]"})
    text = composed.canonical(whole)
    return make.save(
        SynthesisVersion(
            synthesis_id=synthesis.id,
            number=1,
            content=text,
            digest=composed.digest(text),
            published_at=now,
        )
    )


def left(session, version):
    return composed.read(session.get_one(SynthesisVersion, version.id).content).parts[0]


def test_a_text_left_without_its_name_is_quoted_without_it(session, version):
    assert forgetting_syntheses.forget(session, "p", unsigned=["kept"], gone=[]) == 1
    part = left(session, version)
    assert [(one.text, one.by) for one in part.quotes] == [(WORDS, ""), ("Rien à moi", "Bob")]
    assert WORDS in part.body


def test_a_text_withdrawn_is_quoted_nowhere(session, version):
    assert forgetting_syntheses.forget(session, "p", unsigned=[], gone=["kept"]) == 1
    part = left(session, version)
    assert [one.by for one in part.quotes] == ["Bob"]
    assert part.body == "On lit : [retiré]."


def test_what_quotes_nobody_of_theirs_stays_as_it_was(session, version):
    before = version.content
    assert forgetting_syntheses.forget(session, "p", unsigned=["x"], gone=["y"]) == 0
    assert session.get_one(SynthesisVersion, version.id).content == before
