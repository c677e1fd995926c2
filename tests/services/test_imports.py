"""Imports: written once, met again unchanged, changed with their history kept."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.domain.signatures import Signature
from consult.formats import importers, records
from consult.formats.report import COMMAND, Report
from consult.models import (
    AnswerQuestion,
    Consultation,
    Organisation,
    Participant,
    Revision,
    Stance,
    Statement,
    Theme,
)
from consult.queries import counters
from consult.services import exports, imports, journal

HEADER = records.Consultation(key="c1", title="Un forum", introduction="Pour écouter.")
THEME = records.Theme(key="t3", number=3, label="III", title="Mutualisation")
QUESTIONS = [
    records.Question(key=f"q{n}", theme_key="t3", number=n, wording=f"Question {n} ?")
    for n in (1, 2)
]
PERSON = records.Person(key="p1", name="Ada")


def source(**facts):
    """A small consultation: a long answer to two questions, an opinion, a discussed proposal."""
    text = facts.get("text", "Une réponse à deux questions.")
    signed = Signature("organisation", "Les Petits Ateliers", "animatrice")
    return [
        HEADER,
        THEME,
        *QUESTIONS,
        PERSON,
        records.Answer(
            key="a1", person_key="p1", question_keys=("q1", "q2"), body=text, signature=signed
        ),
        records.Proposal(key="x1", theme_key="t3", title="Article 1", body="Le texte.", agree=71),
        records.Argument(key="g1", parent_key="x1", side="for", body="Parce que."),
        records.Stance(target_key="a1", person_key="p1", value="mixed"),
    ]


def take(session, stream, now, **asked):
    facts = {"kind": "jsonl", "into": None, "title": None, "now": now} | asked
    done = imports.run(session, iter(stream), **facts)
    session.commit()
    return done


def test_everything_is_written_where_it_belongs(session, now):
    consultation, counts = take(session, source(), now)
    assert dict(counts.created) == {
        "theme": 1, "question": 2, "person": 1, "answer": 1, "proposal": 1, "argument": 1,
        "stance": 1,
    }  # fmt: skip
    answer = session.scalars(select(Statement).where(Statement.kind == "answer")).one()
    assert (answer.mixed, answer.signature, answer.function) == (
        1, "Les Petits Ateliers", "animatrice",
    )  # fmt: skip
    assert session.get(Organisation, answer.organisation_id).slug == "les-petits-ateliers"
    proposal = session.scalars(select(Statement).where(Statement.kind == "proposal")).one()
    assert (proposal.declared_agree, proposal.agree, proposal.arguments) == (71, 0, 1)
    assert proposal.score > 0.9
    assert consultation.allows_arguments and not consultation.allows_sources
    assert (consultation.answers, consultation.proposals) == (1, 1)
    assert all(not session.scalars(query()).all() for query in counters.RECOUNTS.values())


def test_a_second_import_changes_nothing(session, now):
    take(session, source(), now)
    _consultation, counts = take(session, source(), now)
    assert not +counts.created
    assert not +counts.updated
    assert sum(counts.unchanged.values()) == 8
    assert session.scalar(select(func.count()).select_from(Consultation)) == 1
    assert session.scalar(select(func.count()).select_from(AnswerQuestion)) == 1


def test_a_changed_text_keeps_its_history(session, now):
    take(session, source(), now)
    _consultation, counts = take(session, source(text="Une autre réponse."), now)
    assert dict(+counts.updated) == {"answer": 1}
    answer = session.scalars(select(Statement).where(Statement.kind == "answer")).one()
    assert (answer.body, answer.version, answer.mixed) == ("Une autre réponse.", 2, 1)
    kept = session.scalars(select(Revision)).one()
    assert (kept.body, kept.version) == ("Une réponse à deux questions.", 1)


def test_a_count_that_changed_makes_no_new_version(session, now):
    take(session, source(), now)
    stream = [replace(r, agree=72) if r.type == "proposal" else r for r in source()]
    _consultation, counts = take(session, stream, now)
    assert dict(+counts.updated) == {"proposal": 1}
    proposal = session.scalars(select(Statement).where(Statement.kind == "proposal")).one()
    assert (proposal.declared_agree, proposal.version) == (72, 1)
    assert session.scalar(select(func.count()).select_from(Revision)) == 0


def test_a_name_that_changed_is_written_over(session, now):
    take(session, source(), now)
    stream = [replace(r, title="Mise en commun") if r.type == "theme" else r for r in source()]
    _consultation, counts = take(session, stream, now)
    assert dict(+counts.updated) == {"theme": 1}
    assert session.scalars(select(Theme.title)).one() == "Mise en commun"


def test_answers_to_one_question_have_no_further_ones(session, now):
    one = records.Answer(key="a2", question_keys=("q1",), body="Une seule.")
    take(session, [HEADER, THEME, *QUESTIONS, one], now)
    assert session.scalar(select(func.count()).select_from(AnswerQuestion)) == 0


def test_a_stream_begins_with_its_consultation(session, now):
    with pytest.raises(TypeError):
        take(session, [THEME, HEADER], now)


def test_what_the_organiser_moved_stays_where_it_is(session, make, now):
    take(session, source(), now)
    answer = session.scalars(select(Statement).where(Statement.kind == "answer")).one()
    answer.question_id = None
    journal.record(session, "answer.attached", f"statement:{answer.id}", actor="account:1", now=now)
    session.commit()
    _consultation, counts = take(session, source(text="Une autre réponse."), now)
    session.refresh(answer)
    assert answer.question_id is None
    assert answer.body == "Une réponse à deux questions."
    assert not +counts.updated


def test_into_a_consultation_that_is_not_there(session, now):
    with pytest.raises(RuleBroken, match="consultation-unknown"):
        take(session, source(), now, into="ailleurs")


def test_into_a_consultation_that_is_there(session, make, now):
    consultation = make.consultation(slug="ici")
    found, _counts = take(session, source(), now, into="ici")
    assert found.id == consultation.id


def test_an_export_is_read_back_with_the_same_counts(session, now, tmp_path):
    consultation, counts = take(session, source(), now)
    file = tmp_path / "out.jsonl"
    file.write_bytes(b"".join(exports.chunks(session, consultation, "jsonl", now=now)))
    copied, again = take(session, importers()["jsonl"].read([file], Report()), now, title="Copie")
    for kind in ("theme", "question", "answer", "proposal", "argument"):
        assert again.created[kind] == counts.created[kind]
    assert (copied.answers, copied.proposals) == (1, 1)
    answer = session.scalars(
        select(Statement).where(Statement.consultation_id == copied.id, Statement.kind == "answer")
    ).one()
    assert answer.declared_mixed == 1, "an opinion leaves as a count, never as a person"


@pytest.mark.realdata
def test_republique_numerique(session, now, shared):
    archive = shared / "data/republique-numerique/opinions.tar.gz"
    report = Report(limits=COMMAND)
    stream = importers()["cap-collectif-json"].read([archive], report)
    consultation, counts = take(session, stream, now, kind="cap-collectif-json")
    assert counts.created["theme"] == 18
    assert counts.created["proposal"] == 696
    assert counts.created["argument"] == 3994
    assert counts.created["source"] == 326
    assert len(report.quarantined) == 26
    totals = session.execute(
        select(
            func.sum(Statement.declared_agree),
            func.sum(Statement.declared_mixed),
            func.sum(Statement.declared_disagree),
        ).where(Statement.kind == "proposal")
    ).one()
    assert tuple(map(int, totals)) == (71_940, 5_947, 10_735)
    sides = dict(
        session.execute(
            select(Statement.side, func.count())
            .where(Statement.kind == "argument")
            .group_by(Statement.side)
        ).all()
    )
    assert sides == {"for": 1960, "against": 2034}
    withdrawn = select(func.count()).where(
        Statement.kind == "proposal", Statement.state == "withdrawn"
    )
    assert session.scalar(withdrawn) == 4
    assert consultation.proposals == 692
    assert session.scalar(select(func.count()).select_from(Stance)) == 0
    stream = importers()["cap-collectif-json"].read([archive], Report(limits=COMMAND))
    _again, second = take(session, stream, now, kind="cap-collectif-json")
    assert not +second.created
    assert not +second.updated
    assert second.unchanged == counts.created


@pytest.mark.realdata
def test_the_grand_est_forum(session, now, shared):
    page = next((shared / "seeds").glob("004_*.txt"))
    stream = importers()["spip-forum-text"].read([page], Report())
    consultation, counts = take(session, stream, now, kind="spip-forum-text")
    assert (counts.created["theme"], counts.created["question"]) == (3, 6)
    assert counts.created["answer"] == 3
    assert consultation.answers == 3
    assert session.scalar(select(func.count()).select_from(Participant)) == 1
