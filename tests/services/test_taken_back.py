"""What is taken back since a publication goes from its parts, its outcomes and its credits."""

from consult.domain.syntheses.composed import Given, Part, Quote
from consult.services import taken_back
from tests import syntheses


def test_the_words_and_the_outcomes_of_a_text_go_with_it(session, make):
    kept, gone = (make.proposal(make.theme(), title=name) for name in ("Un", "Deux"))
    parts = (
        Part(
            "f", "finding", "Constat", "1", "Dit : Deux", "Deux et Un.",
            quotes=(Quote("Deux", statement=gone.id), Quote("Un", statement=kept.id)),
        ),
    )  # fmt: skip
    outcomes = tuple(Given("kept", "Retenue", "Oui.", statement=one.id) for one in (kept, gone))
    whole = syntheses.usual(parts=parts, outcomes=outcomes, credits=())
    assert taken_back.readable(session, whole) is whole
    assert taken_back.answered_in(whole) == [kept.id, gone.id]
    gone.state = "hidden"
    session.commit()
    shown = taken_back.readable(session, whole)
    assert (shown.parts[0].title, shown.parts[0].body) == ("Dit : […]", "[…] et Un.")
    assert [one.statement for one in shown.outcomes] == [kept.id]
    assert taken_back.statements_of(shown) == [kept.id]
