"""Reading: a text each, what it became, and counts that always add up."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import outloud
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import synthesis_documents
from consult.domain import readings as rules
from consult.domain.errors import RuleBroken
from consult.formats import importers
from consult.formats.report import COMMAND, Report
from consult.models import Extract, ReadingHold, Statement, StatementReading
from consult.queries.readings import Filters
from consult.services import composing, imports, readings, synthesis_drafting
from tests import reading_rooms

ANYTHING = Filters()
TEXTS = st.lists(
    st.fixed_dictionaries(
        {
            "state": st.sampled_from(
                ("awaiting", "pending", "published", "published", "to_correct", "hidden")
                + ("withdrawn",)
            ),
            "used": st.booleans(),
            "grouped": st.booleans(),
            "reading": st.sampled_from((None, "read", "set_aside")),
            "changed": st.booleans(),
        }
    ),
    max_size=10,
)


@pytest.fixture
def room(make):
    """A consultation with a question, and who reads it."""
    consultation = make.consultation()
    return consultation, make.question(make.theme(consultation)), make.account("organiser")


def seen(statement, state="read", reason="", was="unread"):
    return readings.Mark(state, reason, statement.version, was)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=TEXTS)
def test_the_counts_always_add_up_to_the_texts(make, session, texts):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    leader = make.answer(question)
    expected = Counter({"unread": 1})
    for facts in texts:
        one = make.answer(question, state=facts["state"])
        if facts["used"]:
            reading_rooms.extract(make, part, one)
        if facts["grouped"]:
            reading_rooms.grouped(make, one, leader)
        if facts["reading"]:
            reading_rooms.reading(make, one, facts["reading"])
        if facts["changed"]:
            one.version += 1
            session.commit()
        if facts["state"] in rules.COUNTED:
            fresh = not facts["changed"]
            became = rules.became(
                facts["state"],
                used=facts["used"],
                grouped=facts["grouped"] and fresh,
                reading=facts["reading"] if fresh else None,
            )
            expected[became] += 1
    found = readings.counts(session, consultation)
    assert found.pop("total") == sum(found.values()) == sum(expected.values())
    assert Counter(found) == expected


def test_nothing_has_counts_too(make, session):
    assert readings.counts(session, make.consultation()) == {
        "total": 0, "used": 0, "read": 0, "set_aside": 0, "grouped": 0, "hidden": 0, "unread": 0,
    }  # fmt: skip


def test_closed_questions_sources_and_other_consultations_are_not_counted(make, session, room):
    consultation, question, _reader = room
    ticked = make.question(make.theme(consultation), kind="yes_no")
    make.answer(ticked, value={"choice": "no", "detail": ""})
    make.answer(make.question())
    proposal = make.proposal(make.theme(consultation))
    make.source(proposal)
    make.comment(make.argument(proposal))
    make.answer(question)
    assert readings.counts(session, consultation)["total"] == 4


def test_a_group_without_its_leader_is_read_again(make, session, room):
    consultation, question, _reader = room
    leader, member = make.answer(question), make.answer(question)
    reading_rooms.grouped(make, member, leader)
    assert readings.counts(session, consultation)["grouped"] == 1
    leader.state = "hidden"
    session.commit()
    assert readings.counts(session, consultation)["grouped"] == 0
    leader.state, leader.version = "published", 2
    session.commit()
    assert readings.counts(session, consultation)["grouped"] == 0


def test_three_readers_get_three_texts(make, session, room, now):
    consultation, question, ada = room
    texts = [make.answer(question).id for _ in range(3)]
    readers = [ada, make.account("organiser"), make.account("organiser")]
    found = [
        readings.take_next(session, consultation.id, ANYTHING, by=one, now=now) for one in readers
    ]
    assert found == texts
    late = make.account("organiser")
    assert readings.take_next(session, consultation.id, ANYTHING, by=late, now=now) is None
    over = now + rules.HOLD_FOR
    assert readings.take_next(session, consultation.id, ANYTHING, by=late, now=over) == texts[0]
    assert session.scalar(select(func.count()).select_from(ReadingHold)) == 3


def test_those_who_ask_at_once_get_other_texts(make, session, room, now):
    consultation, question, _ada = room
    texts = {make.answer(question).id for _ in range(4)}
    people = [make.account("organiser") for _ in range(4)]
    key = consultation.id
    session.commit()

    def ask(by):
        with Session(session.get_bind()) as own:
            found = readings.take_next(own, key, ANYTHING, by=by, now=now)
            own.commit()
            return found

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, people)) == texts


def test_the_next_text_comes_after_and_round_again(make, session, room, now):
    consultation, question, ada = room
    first, second = make.answer(question), make.answer(question)
    proposal = make.proposal(make.theme(consultation))
    argument = make.argument(proposal)
    given = first
    found = []
    for _ in range(5):
        key = readings.take_next(session, consultation.id, ANYTHING, by=ada, now=now, after=given)
        given = session.get(Statement, key)
        found.append(key)
    assert found == [second.id, proposal.id, argument.id, first.id, second.id]


def test_what_is_read_grouped_used_or_not_public_does_not_come(make, session, room, now):
    consultation, question, ada = room
    leader = make.answer(question)
    reading_rooms.reading(make, leader)
    reading_rooms.grouped(make, make.answer(question), leader)
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    reading_rooms.extract(make, part, make.answer(question))
    make.answer(question, state="pending")
    make.answer(question, state="hidden")
    make.source(make.proposal(make.theme(consultation), state="hidden"))
    make.answer(make.question())
    assert readings.take_next(session, consultation.id, ANYTHING, by=ada, now=now) is None
    leader.version = 2
    session.commit()
    assert readings.take_next(session, consultation.id, ANYTHING, by=ada, now=now) == leader.id


def test_reading_is_narrowed_to_a_theme_a_question_a_territory(make, session, room, now):
    consultation, question, ada = room
    make.answer(question)
    theme = make.theme(consultation)
    other = make.question(theme)
    proposal = make.proposal(theme, state="hidden")
    argument = make.argument(proposal, territory_code="M-54395")
    comment = make.comment(argument)
    answer = make.answer(other)
    session.commit()

    def all_of(filters):
        found, given = [], None
        for _ in range(6):
            key = readings.take_next(
                session, consultation.id, filters, by=ada, now=now, after=given
            )
            if key is None or key in found:
                return found
            found.append(key)
            given = session.get(Statement, key)
        return found

    assert all_of(Filters(theme_id=theme.id)) == [answer.id, argument.id, comment.id]
    assert all_of(Filters(question_id=other.id)) == [answer.id]
    assert all_of(Filters(territory="R-44")) == [argument.id]
    assert all_of(Filters(territory="C-988")) == []


def test_a_mark_is_kept_changed_and_taken_back(make, session, room, now):
    _consultation, question, ada = room
    text = make.answer(question)
    readings.mark(session, text, seen(text), by=ada, now=now)
    again = seen(text, "set_aside", "unclear", was="read")
    readings.mark(session, text, again, by=ada, now=now)
    row = session.get(StatementReading, text.id)
    assert (row.state, row.reason, row.account_id) == ("set_aside", "unclear", ada.id)
    readings.mark(session, text, seen(text, "unread", was="set_aside"), by=ada, now=now)
    assert session.get(StatementReading, text.id) is None


def test_what_changed_meanwhile_is_not_overwritten(make, session, room, now):
    _consultation, question, ada = room
    text = make.answer(question)
    readings.mark(session, text, seen(text), by=ada, now=now)
    with pytest.raises(RuleBroken, match="reading-changed"):
        readings.mark(session, text, seen(text, "set_aside", "unclear"), by=ada, now=now)
    old = seen(text, was="read")
    text.version = 2
    session.commit()
    with pytest.raises(RuleBroken, match="reading-changed"):
        readings.mark(session, text, old, by=ada, now=now)
    readings.mark(session, text, seen(text), by=ada, now=now + timedelta(hours=1))
    assert session.get(StatementReading, text.id).version == 2


def test_a_text_that_is_not_public_is_not_marked(make, session, room, now):
    _consultation, question, ada = room
    text = make.answer(question, state="hidden")
    with pytest.raises(RuleBroken, match="text-not-public"):
        readings.mark(session, text, seen(text), by=ada, now=now)


def republique_numerique(session, now, shared):
    archive = shared / "data/republique-numerique/opinions.tar.gz"
    stream = importers()["cap-collectif-json"].read([archive], Report(limits=COMMAND))
    facts = {"kind": "cap-collectif-json", "into": None, "title": None, "now": now}
    consultation, _counts = imports.run(session, stream, **facts)
    session.commit()
    return consultation


@pytest.mark.realdata
def test_republique_numerique_adds_up(session, make, now, shared, tmp_path):
    consultation = republique_numerique(session, now, shared)
    by = {"locale": "fr", "account": make.account("organiser"), "now": now}
    synthesis = synthesis_drafting.begin(session, consultation, **by)
    session.commit()
    drafted = set(session.scalars(select(Extract.statement_id)))
    part = reading_rooms.block(make, synthesis)
    found = session.scalars(
        select(Statement.id)
        .where(Statement.kind.in_(("proposal", "argument")), Statement.state == "published")
        .order_by(Statement.id)
    ).all()
    ids = [one for one in found if one not in drafted]
    texts = {one.id: one for one in session.scalars(select(Statement).order_by(Statement.id))}
    for place, key in enumerate(ids[:400]):
        if place % 4 == 0:
            reading_rooms.reading(make, texts[key])
        elif place % 4 == 1:
            reading_rooms.reading(make, texts[key], "set_aside")
        elif place % 4 == 2:
            reading_rooms.grouped(make, texts[key], texts[ids[0]])
        elif texts[key].body:
            reading_rooms.extract(make, part, texts[key])
    found = readings.counts(session, consultation)
    states = Counter(session.scalars(select(Statement.state)))
    assert found["total"] + states["withdrawn"] == 4_690
    assert found["total"] == sum(found[state] for state in rules.STATES)
    assert found["hidden"] == states["hidden"]
    assert (found["read"], found["set_aside"], found["grouped"]) == (100, 100, 100)
    assert found["unread"] == found["total"] - found["hidden"] - 400 - len(drafted)
    whole = composing.compose(session, synthesis, locale="fr", now=now)
    assert sum(part.is_chapter for part in whole.parts) == 1 + 18
    assert dict(whole.counts)["Repris dans cette synthèse"] == found["used"]
    for form in synthesis_documents.ready():
        written = synthesis_documents.written(whole, form.kind, base_url="https://consult.example")
        assert len(written) > 15_000
        if form.kind == "pdf":
            (tmp_path / "whole.pdf").write_bytes(written)
            assert outloud.check(str(tmp_path / "whole.pdf")).errors == 0
