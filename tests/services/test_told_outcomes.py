"""Who is told what became of theirs: what is said of each text, bounded, one key a person."""

from datetime import timedelta

from consult.domain.syntheses.composed import Part, Quote
from consult.models import Outcome, Synthesis
from consult.services import told_outcomes
from tests import syntheses


def test_each_person_has_all_their_texts_in_one(session, make, now):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    author = make.participant()
    sent = make.contribution(consultation, author, notify_email="amina@exemple.fr")
    own = {"participant_id": author.id, "contribution_id": sent.id}
    texts = [make.answer(question, **own) for _number in range(told_outcomes.MOST + 2)]
    quote = Quote("Oui", statement=texts[0].id)
    parts = (
        Part("f", "finding", "Constat", "1", quotes=(quote, quote)),
        Part("g", "finding", "Constat", "2", quotes=(quote,)),
    )
    version = syntheses.publish(make, syntheses.usual(number=1, parts=parts), consultation)
    synthesis = session.get_one(Synthesis, version.synthesis_id)
    about = {"consultation_id": consultation.id, "created_at": now, "updated_at": now}
    said = {"verdict": "kept", "body": "Oui."}
    place = {"synthesis_id": synthesis.id, "part_id": "f"}
    for subject in ({"question_id": question.id}, {"statement_id": texts[0].id}, place):
        make.save(Outcome(**subject, **said, **about))
    news = told_outcomes.gather(session, consultation)
    assert news.quoted == [texts[0].id]
    (person,) = told_outcomes.people(session, news)
    assert (person.email, person.left, len(person.texts)) == ("amina@exemple.fr", 2, 20)
    assert person.key(news).startswith(news.prefix) and len(person.key(news)) <= 120
    paths = {path for row, lines in person.texts if row.id == texts[0].id for _one, path in lines}
    assert paths == {f"/answers/{texts[0].id}", f"/syntheses/{synthesis.slug}#b-f"}
    changed = news.outcomes[0]
    told_outcomes.done(session, news, now=now + timedelta(minutes=9))
    session.expire_all()
    assert changed.told_at is not None
    assert told_outcomes.people(session, told_outcomes.gather(session, consultation)) == []
