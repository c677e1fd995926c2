"""The demonstration, loaded once on each database."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain import phases, signatures
from consult.extensions import db
from consult.models import (
    Account,
    Base,
    Consultation,
    Contribution,
    Decision,
    Draft,
    Outcome,
    Question,
    Report,
    Revision,
    Room,
    RoomEvent,
    SecondReading,
    Setting,
    Statement,
    Tag,
    Theme,
)
from consult.queries import counters, groupings, rooms
from consult.services import assistance, demo, vacancies
from consult.services.demo import growing, keys
from tests.demo import EDITIONS, NOW, SEED, SENT_DOWN, loaded, sent_down

GRAND_EST = ["D-08", "D-10", "D-51", "D-52", "D-54", "D-55", "D-57", "D-67", "D-68", "D-88"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo_app(request, tmp_path_factory, worker):
    with loaded(request.param, tmp_path_factory.mktemp("demo"), worker) as app:
        yield app


@pytest.fixture
def session(demo_app):
    with demo_app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


def grand_est(session):
    return session.get_one(Consultation, keys.of("consultation", "grand-est"))


def answers(session):
    query = select(Statement).where(
        Statement.consultation_id == grand_est(session).id, Statement.kind == "answer"
    )
    return session.scalars(query).all()


def sizes(session):
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


@pytest.mark.parametrize("what", counters.RECOUNTS)
def test_counters_equal_recounts(session, what):
    assert session.scalars(counters.RECOUNTS[what]()).all() == []


def test_a_second_load_changes_nothing(session):
    before = sizes(session)
    assert demo.load(session, now=NOW + timedelta(days=3), seed=SEED + 1, keep=print) is False
    assert list(demo.grow(session, size="s", now=NOW, seed=SEED)) == []
    assert not session.new
    assert not session.dirty
    assert sizes(session) == before
    assert before["statement"] > 100


def test_answers_are_in_every_state(session):
    states = Counter(answer.state for answer in answers(session))
    assert states == {"published": 49, "pending": 5, "to_correct": 1, "hidden": 2, "withdrawn": 3}
    assert session.scalar(select(func.count()).select_from(Draft)) == 4
    hidden = [answer for answer in answers(session) if answer.state in ("hidden", "to_correct")]
    assert {answer.state_reason for answer in hidden} == {"attack", "advertising", "private"}


def test_answers_come_from_everywhere_and_everybody(session):
    written = answers(session)
    assert {answer.signed_as for answer in written} == set(signatures.SIGNATURE_KINDS)
    assert {answer.actor_kind for answer in written} == {None, *signatures.ACTOR_KINDS}
    assert {answer.territory_code for answer in written} - {None} == set(GRAND_EST)
    channels = Counter(answer.channel for answer in written)
    assert sum(channels.values()) - channels["web"] == 12
    assert set(channels) == {"web", "paper", "desk", "phone", "workshop"}
    named = Counter(answer.organisation_id for answer in written if answer.organisation_id)
    assert sum(number > 1 for number in named.values()) >= 3


def test_helped_people_have_a_place_a_consent_and_a_helper(session):
    helped = session.scalars(select(Contribution).where(Contribution.channel != "web")).all()
    assert helped
    assert all(one.place and one.assisted_by_id for one in helped)
    assert {one.channel for one in helped} == set(assistance.CHANNELS)
    assert {one.consent for one in helped} == set(assistance.CONSENTS)


def test_what_is_hidden_was_decided_and_some_texts_are_reported(session):
    hidden = {one.id: one for one in answers(session) if one.state in ("hidden", "to_correct")}
    decisions = session.scalars(select(Decision)).all()
    assert {one.statement_id for one in decisions} == set(hidden)
    for decision in decisions:
        statement = hidden[decision.statement_id]
        assert (decision.to_state, decision.reason) == (statement.state, statement.state_reason)
        assert decision.decided_at > statement.created_at
    assert session.scalars(select(SecondReading.outcome)).all() == [None]
    reported = session.scalars(select(Report.statement_id)).all()
    assert (len(reported), len(set(reported))) == (3, 2)


def test_every_question_asked_is_answered_and_the_fifth_theme_is_hidden(session):
    rows = session.execute(
        select(Theme.label, Theme.hidden, Question.kind, Question.answers, Question.easy_wording)
        .join(Question.theme)
        .where(Theme.consultation_id == grand_est(session).id)
        .order_by(Theme.number, Question.number)
    ).all()
    assert [(row.label, row.kind) for row in rows] == [
        ("I", "long_text"),
        ("I", "long_text"),
        ("II", "choices"),
        ("II", "long_text"),
        ("III", "long_text"),
        ("III", "long_text"),
        ("IV", "long_text"),
        ("IV", "actors"),
        ("V", "long_text"),
        ("V", "long_text"),
    ]
    assert all(bool(row.answers) != row.hidden and row.easy_wording for row in rows)


def test_the_phases_are_those_of_today(session):
    found = session.scalars(select(Consultation).order_by(Consultation.slug)).all()
    assert {one.slug: phases.of(one, NOW) for one in found} == {
        "strategie-numerique-grand-est": phases.OPEN,
        "reglement-lieux-aide-numerique": phases.OPEN,
        "horaires-maison-du-numerique": phases.OUTCOME,
        "idees-pour-la-suite": phases.PREPARATION,
        **dict.fromkeys(EDITIONS, phases.OPEN),
    }
    first = grand_est(session)
    assert first.opens_at == datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
    assert first.closes_at == datetime(2026, 12, 28, 22, 59, tzinfo=UTC)
    assert session.scalar(select(func.count()).select_from(Tag)) > 4


def test_nothing_is_written_in_the_future(session):
    late = select(Statement.id).where((Statement.created_at > NOW) | (Statement.updated_at > NOW))
    assert session.scalars(late).all() == []
    assert session.scalars(select(Outcome.id).where(Outcome.created_at > NOW)).all() == []


def test_revisions_keep_an_earlier_text_and_decisions_a_reason(session):
    kept = session.execute(
        select(Revision.body, Statement.body, Statement.version, Statement.kind).join(
            Statement, Statement.id == Revision.statement_id
        )
    ).all()
    assert Counter(row.kind for row in kept) == {"answer": 2, "proposal": 1}
    assert all(row[0] != row[1] and row.version == 2 for row in kept)
    amendments = session.scalars(select(Statement).where(Statement.kind == "amendment")).all()
    assert Counter(one.decision for one in amendments) == {None: 2, "accepted": 1, "refused": 1}
    assert all(one.decision_reason and one.decided_at for one in amendments if one.decision)
    accepted = next(one for one in amendments if one.decision == "accepted")
    assert session.get_one(Statement, accepted.parent_id).body == accepted.body


def test_outcomes_are_said_on_questions_and_on_texts(session):
    about = session.execute(select(Outcome.question_id, Outcome.statement_id, Outcome.verdict))
    rows = about.all()
    assert sum(row.question_id is not None for row in rows) >= 3
    assert sum(row.statement_id is not None for row in rows) >= 3
    assert {row.verdict for row in rows} == {"kept", "partly", "not_kept"}


def test_opinions_are_as_the_texts_say(session):
    first = session.get_one(Statement, keys.of("statement", "dejeuner"))
    assert (first.agree, first.mixed, first.disagree) == (41, 4, 1)
    assert 0 < first.score < 1


def test_every_text_can_be_searched(session):
    assert session.scalars(select(Statement.id).where(Statement.search == "")).all() == []
    assert session.scalars(select(Consultation.id).where(Consultation.search == "")).all() == []


def test_everything_is_fictional(session):
    said = [text for row in session.execute(select(Statement.body, Statement.link)) for text in row]
    said += session.scalars(select(Setting.value)).all()
    said += session.scalars(select(Consultation.contact_phone)).all()
    said += session.scalars(select(RoomEvent.link).order_by(RoomEvent.id)).all()
    words = "\n".join(said)
    phones = re.findall(r"\b0[1-9](?:[ .]?\d\d){4}\b", words)
    assert phones
    assert all(phone.startswith("01 99 00 ") for phone in phones)
    hosts = re.findall(r"https?://([^/\s,]+)", words)
    assert hosts
    assert all(re.search(r"(^|\.)example\.(org|com)$", host) for host in hosts)
    emails = session.scalars(select(Account.email)).all()
    assert len(emails) == 72
    assert all(email.endswith("@demo.invalid") for email in emails)


def test_more_answers_are_made_from_phrases(session):
    before = len(answers(session))
    growing.Growth(session, now=NOW).make(range(60), Random(SEED))
    made = [one for one in answers(session) if one.id == keys.of("statement", "made-0")]
    assert len(answers(session)) == before + 60
    assert growing.made(session) == 60
    assert made[0].search
    for query in counters.RECOUNTS.values():
        assert session.scalars(query()).all() == []


def test_made_answers_are_values_their_questions_accept(session):
    from consult.domain import questions

    growing.Growth(session, now=NOW).make(range(60), Random(SEED))
    rows = session.execute(
        select(Question.kind, Question.options, Statement.value)
        .join(Question, Question.id == Statement.question_id)
        .where(Statement.value.is_not(None), Statement.kind == "answer")
    ).all()
    assert {row.kind for row in rows} >= {"choices", "actors", "scale", "yes_no", "choice"}
    for row in rows:
        assert questions.kind(row.kind).read_json(row.value, row.options) == row.value


def test_the_rooms_are_those_of_the_network_each_below_the_one_that_links_it(session):
    held = {room.id: room for room in session.scalars(select(Room))}
    assert Counter(room.level for room in held.values()) == {"national": 1, "hub": 5, "local": 14}
    above = {room.name: held[room.parent_id].name for room in held.values() if room.parent_id}
    assert above["Salle de Meurthe-et-Moselle"] == "Hub Grand Est"
    assert above["Salle de Guyane"] == "Ultra Numérique"
    assert above["Ultra Numérique"] == "Salle nationale"
    assert len(above) == 19


def test_the_rooms_live_and_three_of_them_sleep(session):
    names = dict(session.execute(select(Room.id, Room.name)).all())
    asleep = {names[key]: state for key, state in vacancies.states(session, now=NOW).items()}
    vacant = dict.fromkeys(("Salle du Bas-Rhin", "Salle des Antilles"), "vacant")
    assert asleep == {**vacant, "Salle du Pays de Montbéliard": "dormant"}


READ_BY = {
    "M-54395": "Salle de Meurthe-et-Moselle", "D-57": "Hub Grand Est", "R-44": "Hub Grand Est",
    "M-62765": "Salle du Pays de Saint-Omer", "D-62": "Salle du Pas-de-Calais",
    "M-29019": "Salle de Brest", "M-98818": "Salle de Nouvelle-Calédonie",
    "D-974": "Salle de La Réunion", "D-971": "Salle nationale",
}  # fmt: skip


@pytest.mark.parametrize(("code", "room"), READ_BY.items())
def test_each_place_is_read_by_the_nearest_room(session, code, room):
    assert session.scalars(rooms.moderator_of(code)).one().name == room


def test_a_local_and_a_hub_facilitator_may_be_tried(session):
    levels = {
        key: session.scalar(
            select(Account.facilitates).where(Account.email == f"{key}@demo.invalid")
        )
        for key in ("animatrice", "hub", "nationale", "habitante")
    }
    assert levels == {
        "animatrice": "local", "hub": "hub", "nationale": "national", "habitante": None
    }  # fmt: skip


def test_the_three_oceans_are_groupings(session):
    rows = session.execute(groupings.listed()).all()
    assert [(row.name, row.members) for row in rows] == [
        ("Zone Atlantique", 6), ("Zone océan Indien", 3), ("Zone Pacifique", 3),
    ]  # fmt: skip


def test_what_goes_down_is_received_in_several_ways(session):
    assert sent_down(session, grand_est(session)) == SENT_DOWN
