"""What became of a question or a text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.domain.outcomes import Words
from consult.models import Account, Outcome, Question, Synthesis
from consult.services import consultations, outcomes
from tests import matters, syntheses

EMPTY = consultations.stamp(outcomes.NONE)


def give(session, subject, account, now, verdict="kept", body="Oui.", version=EMPTY, **led_to):
    words = Words(verdict, body, **led_to)
    made = outcomes.give(session, subject, words=words, version=version, account=account, now=now)
    session.commit()
    return made


@pytest.fixture
def organiser(make):
    return make.account("organiser")


def test_a_question_and_a_proposal_get_an_outcome_that_changes(session, make, organiser, now):
    question = make.question()
    proposal = make.proposal(make.theme())
    for subject in (question, proposal):
        first = give(session, subject, organiser, now)
        again = consultations.stamp(outcomes.values_of(first))
        second = give(session, subject, organiser, now, "partly", "En partie.", again)
        assert (second.id, second.verdict, second.body) == (first.id, "partly", "En partie.")
    assert session.scalar(select(func.count()).select_from(Outcome)) == 2


@pytest.mark.parametrize(
    ("verdict", "body", "code"),
    [
        ("maybe", "Oui.", "verdict-unknown"),
        (None, "Oui.", "verdict-unknown"),
        ("kept", " ", "outcome-missing"),
        ("kept", "x" * 20_001, "text-too-long"),
    ],
)
def test_what_cannot_be_is_refused(session, make, organiser, now, verdict, body, code):
    with pytest.raises(RuleBroken, match=code):
        give(session, make.question(), organiser, now, verdict, body)


def test_only_a_public_text_is_answered_and_only_after_the_opening(session, make, organiser, now):
    with pytest.raises(RuleBroken) as refused:
        give(session, make.answer(make.question(), state="pending"), organiser, now)
    assert (refused.value.code, refused.value.status) == ("statement-not-public", 409)
    session.rollback()
    draft = make.question(make.theme(make.consultation(published_at=None)))
    with pytest.raises(RuleBroken) as refused:
        give(session, draft, organiser, now)
    assert (refused.value.code, refused.value.status) == ("not-open-yet", 409)


def test_an_outcome_leads_to_a_page_that_everyone_reads_and_is_called_as_it(
    session, make, organiser, now
):
    question, theme = make.question(), make.theme()
    public, secret = make.room(name="Salle de Metz"), make.room(is_private=True)
    proposal = make.proposal(theme, title="Le bus du soir")
    rooms = matters.tree(make)
    matter = matters.begun(session, rooms.a, rooms.ada, now, title="Les clés")
    matters.does(session, matter, "relay", rooms.a, rooms.ada, now)
    consultation = make.consultation(title="La suite")
    pages = {
        f"/rooms/{public.slug}": "Salle de Metz",
        f"/proposals/{proposal.id}": "Le bus du soir",
        f"/consultations/{consultation.slug}": "La suite",
        f"/matters/{matter.id}": "Les clés",
        "/syntheses/carnet": "",
        "https://exemple.fr/arrete": "",
    }
    stamp = EMPTY
    for path, title in pages.items():
        made = give(session, question, organiser, now, version=stamp, link=path)
        assert (made.link, made.decision) == (path, title)
        stamp = consultations.stamp(outcomes.values_of(made))
    made = give(session, question, organiser, now, version=stamp, link=path, decision="L'arrêté")
    assert made.decision == "L'arrêté"
    stamp = consultations.stamp(outcomes.values_of(made))
    for path in (f"/rooms/{secret.slug}", "/polls/rien", "/proposals/rien", "/matters/rien"):
        with pytest.raises(RuleBroken, match="outcome-link-unknown"):
            give(session, question, organiser, now, version=stamp, link=path)
        session.rollback()


def test_a_part_of_a_synthesis_gets_one_and_what_does_not_change_is_not_told_again(
    session, make, organiser, now
):
    version = syntheses.publish(make)
    synthesis = session.get_one(Synthesis, version.synthesis_id)
    part = outcomes.Part(synthesis.consultation_id, synthesis.id, "f")
    made = give(session, part, organiser, now)
    assert (made.part_id, made.synthesis_id, made.told_at) == ("f", synthesis.id, None)
    made.told_at = now
    session.commit()
    stamp = consultations.stamp(outcomes.values_of(made))
    assert give(session, part, organiser, now, version=stamp).told_at == now
    assert give(session, part, organiser, now, "partly", version=stamp).told_at is None


def test_of_parallel_first_answers_one_is_kept(session, make, organiser, now):
    question = make.question()

    def one(number):
        with Session(session.get_bind()) as own:
            try:
                give(
                    own,
                    own.get_one(Question, question.id),
                    own.get_one(Account, organiser.id),
                    now,
                    body=f"Réponse {number}",
                )
            except RuleBroken as broken:
                return broken.code
            return "given"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["given", "stale", "stale", "stale"]
