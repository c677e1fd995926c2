"""The notebook opens filled: the themes, the questions, what is most supported, what divides."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Extract, JournalEntry, Outcome, Synthesis
from consult.queries import blocks as queries
from consult.services import synthesis_drafting
from tests import synthesising


def kinds(session, synthesis):
    return [
        (one.kind, one.title or one.body)
        for one in session.scalars(queries.of_synthesis(synthesis.id))
    ]


def answered(make, world, subject, body, now, verdict="kept"):
    name = "statement_id" if subject is not world.question else "question_id"
    said = {"verdict": verdict, "body": body, "created_at": now, "updated_at": now}
    make.save(Outcome(consultation_id=world.consultation.id, **{name: subject.id}, **said))


LAID_OUT = [
    ("chapter", "Qui a participé"),
    (
        "finding",
        "Elles ont écrit 5 textes. 5 réponses sont des cases cochées, ou des nombres. "
        "1\u202f131 avis ont été donnés sur ces textes.",
    ),
    ("chapter", "Le soir"),
    ("section", "Quand venez-vous ?"),
    ("proposition", "Le soir."),
    ("proposition", "Le matin."),
    ("reply", "Nous ouvrirons le soir."),
    ("section", "Matin ou soir ?"),
    ("figure", "Ce que les gens ont répondu"),
    ("section", "Personne ?"),
    ("section", "Combien ?"),
    ("section", "Autre chose ?"),
    ("proposition", "Un bus. Tous les jours."),
    ("reply", "Un bus est prévu."),
    ("disagreement", "Ouvrir tard"),
    ("chapter", "Sans rien"),
    ("chapter", "La suite"),
    ("perspective", "Ce qui sera décidé"),
]


def filled(make, world, now):
    """Fill the consultation; return a long text."""
    long = make.answer(world.question, body="Le soir.\n\n" + "mot " * 500, declared_agree=1_030)
    make.answer(world.question, body="Le matin.", declared_agree=9, declared_disagree=1)
    make.answer(world.question, body="Jamais.", declared_agree=1, declared_disagree=9)
    make.answer(world.question, body="Caché.", declared_agree=99, state="hidden")
    torn = {"declared_agree": 40, "declared_disagree": 38}
    make.proposal(world.theme, title="Ouvrir tard", body="Jusqu'à 21 h.", **torn)
    idea = make.proposal(world.theme, title="", body="Un bus. Tous les jours.", declared_agree=3)
    choice = {"choices": ["Le matin", "Le soir"], "allow_other": False}
    asked = make.question(world.theme, kind="choice", options=choice, wording="Matin ou soir ?")
    for value in ("Le soir", "Le soir", "Le matin"):
        make.answer(asked, value=value, body=value)
    make.answer(asked, value=None, body="")
    make.question(world.theme, wording="Personne ?", kind="choice", options=choice)
    bounds = {"min": 0, "max": 9, "unit": ""}
    number = make.question(world.theme, wording="Combien ?", kind="number", options=bounds)
    make.answer(number, value=None, body="")
    make.question(world.theme, wording="Autre chose ?")
    hidden = make.theme(world.consultation, hidden=True)
    make.answer(make.question(hidden), body="Secret.")
    make.theme(world.consultation, title="Sans rien")
    answered(make, world, world.question, "Nous ouvrirons le soir.", now)
    answered(make, world, idea, "Un bus est prévu.", now, "partly")
    return long


def test_a_whole_consultation_is_laid_out_in_order(session, make, now):
    world = synthesising.closed(make, will_decide="Les horaires.", access="listed")
    long = filled(make, world, now)
    synthesis = synthesising.begun(session, world)
    assert kinds(session, synthesis) == LAID_OUT
    blocks = {
        one.title or one.body: one for one in session.scalars(queries.of_synthesis(synthesis.id))
    }
    figure = blocks["Ce que les gens ont répondu"]
    assert figure.details["rows"] == "Le matin : 1\nLe soir : 2"
    assert "1\u202f030" in blocks["Le soir."].details["opinions"]
    assert blocks["Un bus est prévu."].details == {"verdict": "partly"}
    assert "d’une liste" in synthesis.method
    proof = session.scalars(select(Extract).where(Extract.statement_id == long.id)).one()
    assert (proof.starts, proof.ends, proof.quote) == (0, 8, "Le soir.")
    assert proof.source_sha256 == sha256(long.body.encode()).hexdigest()
    assert not proof.named
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act == "synthesis.begun"))
    assert acts.all() == ["synthesis.begun"]


def test_many_texts_are_counted_by_kind_of_author_and_three_begin(session, make):
    world = synthesising.closed(make)
    for number in range(32):
        kind = "resident" if number < 20 else "place" if number < 30 else None
        make.answer(world.question, body=f"Texte {number}.", actor_kind=kind)
    make.proposal(world.theme, theme_id=None, title="Sans thème")
    found = dict(kinds(session, synthesising.begun(session, world, "en")))
    synthesis = session.scalars(select(Synthesis).order_by(Synthesis.id)).one()
    rows = session.scalars(queries.of_synthesis(synthesis.id)).all()
    figure = next(one for one in rows if one.kind == "figure")
    assert figure.details["rows"] == "Resident : 20\nOthers : 13"
    assert len([one for one in rows if one.question_id and one.kind == "proposition"]) == 3
    assert "Other texts" in [one.title for one in rows] and found["chapter"]


def test_an_empty_consultation_gives_a_frame_and_a_draft_nothing(session, make, now):
    world = synthesising.closed(make)
    synthesis = synthesising.begun(session, world)
    assert kinds(session, synthesis)[:2] == [
        ("chapter", "Qui a participé"),
        ("finding", "Personne n’a participé."),
    ]
    bare = make.consultation(owner_id=world.owner.id)
    found = synthesis_drafting.begin(session, bare, locale="fr", account=world.owner, now=now)
    assert len(kinds(session, found)) == 2
    draft = make.consultation(published_at=None)
    with pytest.raises(RuleBroken) as refused:
        synthesis_drafting.begin(session, draft, locale="fr", account=world.owner, now=now)
    assert refused.value.status == 409
    with pytest.raises(RuleBroken) as refused:
        synthesis_drafting.begin(
            session, world.consultation, locale="fr", account=world.owner, now=now
        )
    assert (refused.value.code, refused.value.status) == ("synthesis-begun", 409)


def test_hidden_counts_weigh_nothing_before_the_close_and_blank_texts_prove_nothing(
    session, make, now
):
    after = now + synthesising.DAY
    world = synthesising.closed(make, closes_at=after, results="after_close")
    make.answer(world.question, body="Bien.", declared_agree=30, declared_disagree=30)
    make.answer(world.question, body=" \n ", declared_agree=50)
    rows = session.scalars(queries.of_synthesis(synthesising.begun(session, world).id)).all()
    told = [(one.kind, one.details) for one in rows if one.kind in ("proposition", "disagreement")]
    assert told == [("proposition", {})]
