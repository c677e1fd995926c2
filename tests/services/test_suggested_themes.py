"""What people make of suggested themes, and what the next search keeps of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain import passages
from consult.domain.errors import RuleBroken
from consult.models import Extract, SuggestedTheme, SynthesisBlock, ThemedStatement
from consult.services import suggested_themes as service
from consult.services.aid_kinds import themes
from tests import reading_rooms, suggesting


@pytest.fixture
def room(make):
    """A question whose answers speak of two things, and a theme with few texts."""
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme)
    for _subject, text in suggesting.texts():
        make.answer(question, body=text)
    make.proposal(theme)
    return consultation, question, make.account("organiser")


def search(session, consultation, now):
    beats = []
    found = themes.compute(session, consultation.id, lambda *one: beats.append(one))
    kept = themes.keep(session, consultation.id, found, now)
    session.commit()
    assert beats[-1] == (beats[-1][1], 69), beats[-1]
    return kept


def rows(session):
    return session.scalars(
        select(SuggestedTheme).order_by(SuggestedTheme.id).execution_options(populate_existing=True)
    ).all()


def texts(session, one):
    query = select(ThemedStatement.statement_id).where(ThemedStatement.suggestion_id == one.id)
    return set(session.scalars(query.order_by(ThemedStatement.statement_id)))


def test_a_search_made_again_finds_the_same_under_the_same_ids(session, room, now):
    consultation, question, _by = room
    assert search(session, consultation, now) == 2
    first = {one.id: texts(session, one) for one in rows(session)}
    assert {one.question_id for one in rows(session)} == {question.id}
    assert all(len(one.terms["words"]) == len(one.terms["stems"]) > 2 for one in rows(session))
    assert search(session, consultation, now) == 2
    assert {one.id: texts(session, one) for one in rows(session)} == first
    counts = service.counts(session, consultation.id)
    assert counts["total"] == 69 == sum(counts.values()) - counts["total"]


def test_what_is_named_keeps_its_name_and_what_is_dropped_stays_away(session, make, room, now):
    consultation, question, by = room
    search(session, consultation, now)
    trains, care = sorted(rows(session), key=lambda one: "gare" not in one.terms["words"])
    facts = {"by": by, "now": now}
    service.name(session, trains, "Les gares", version=1, **facts)
    service.drop(session, care, version=1, **facts)
    session.commit()
    for stale in (service.name, service.merge):
        with pytest.raises(RuleBroken, match="suggestion-changed"):
            stale(session, trains, "x", version=1, **facts)
    with pytest.raises(RuleBroken, match="suggestion-changed"):
        service.name(session, care, "Le soin", version=2, **facts)
    before = texts(session, trains)
    new = make.answer(question, body="Un train, une gare, un quai, un billet au guichet.")
    found = themes.compute(session, consultation.id, lambda *_: None)
    assert themes.keep(session, consultation.id, found, now) == 1
    session.commit()
    kept, dropped = sorted(rows(session), key=lambda one: one.state, reverse=True)
    assert (kept.id, kept.name, kept.state) == (trains.id, "Les gares", "kept")
    assert new.id in texts(session, kept) and len(before - texts(session, kept)) <= 2
    assert (dropped.id, dropped.state, texts(session, dropped)) == (care.id, "dropped", set())
    service.forget(session, dropped, version=2, **facts)
    with pytest.raises(RuleBroken, match="suggestion-changed"):
        service.forget(session, kept, version=kept.version, **facts)
    found = themes.compute(session, consultation.id, lambda *_: None)
    assert themes.keep(session, consultation.id, found, now) == 2


def test_what_people_do_during_a_search_stays(session, make, room, now):
    consultation, question, by = room
    search(session, consultation, now)
    found = themes.compute(session, consultation.id, lambda *_: None)
    one, other = rows(session)
    service.name(session, one, "", version=1, by=by, now=now)
    held = texts(session, one)
    assert themes.keep(session, consultation.id, found, now + timedelta(hours=1)) == 1
    session.commit()
    assert texts(session, one) == held and len(rows(session)) == 2
    assert rows(session)[0].name == ", ".join(one.terms["words"][:3])
    found = themes.compute(session, consultation.id, lambda *_: None)
    service.drop(session, one, version=2, by=by, now=now)
    themes.keep(session, consultation.id, found, now)
    assert sorted(row.state for row in rows(session)) == ["dropped", "suggested"]
    empty = themes.Found(("", ""), other.id, [], {"stems": [], "words": []})
    service.name(session, other, "Autre", version=1, by=by, now=now)
    held = texts(session, other)
    assert themes.keep(session, consultation.id, [empty], now) == 1
    assert texts(session, other) == held, "where no text is near any more, nothing is emptied"


def test_two_themes_become_one(session, make, room, now):
    consultation, question, by = room
    search(session, consultation, now)
    one, other = rows(session)
    both = texts(session, one) | texts(session, other)
    facts = {"version": 1, "by": by, "now": now}
    elsewhere = SuggestedTheme(
        consultation_id=consultation.id,
        theme_id=question.theme_id,
        terms={"stems": [], "words": []},
        created_at=now,
        updated_at=now,
    )
    make.save(elsewhere)
    for into in (one.id, elsewhere.id, "missing"):
        with pytest.raises(RuleBroken, match="suggestion-apart"):
            service.merge(session, one, into, **facts)
    left = service.merge(session, one, other.id, **facts)
    session.commit()
    assert (left.id, left.state) == (other.id, "kept") and left.name
    assert texts(session, left) == both
    assert session.get(SuggestedTheme, one.id) is None
    themes.keep(
        session,
        consultation.id,
        themes.compute(session, consultation.id, lambda *_: None),
        now,
    )
    assert session.get(SuggestedTheme, left.id).name == left.name


def test_a_theme_becomes_a_key_idea_with_its_evidence(session, make, room, now):
    consultation, question, by = room
    search(session, consultation, now)
    one = rows(session)[0]
    synthesis = reading_rooms.synthesis(make, consultation)
    reading_rooms.block(make, synthesis, "section", question_id=question.id)
    reading_rooms.block(make, synthesis, "chapter")
    words = " et ".join(one.terms["words"][:4])
    text = make.answer(question, body=f"Rien ici. Parlons {words}. Fin.")
    seen = passages.digest(text.body)
    facts = {"by": by, "now": now}
    for way, proofs, code in (
        ("finding", [(text, seen)], "suggestion-way"),
        ("key_idea", [], "suggestion-unproven"),
    ):
        with pytest.raises(RuleBroken, match=code):
            service.write(session, one, synthesis, service.Wanted(way, "", proofs), **facts)
    wanted = service.Wanted("key_idea", "", [(text, seen)])
    block = service.write(session, one, synthesis, wanted, **facts)
    session.commit()
    assert (block.kind, block.position) == ("key_idea", 2)
    assert session.scalars(select(Extract.quote)).all() == [f"Parlons {words}."]
    wanted = service.Wanted("chapter", "Des trains", [(text, seen)])
    service.write(session, one, synthesis, wanted, **facts)
    order = select(SynthesisBlock.kind).order_by(SynthesisBlock.position)
    assert session.scalars(order).all() == ["section", "key_idea", "chapter", "chapter", "key_idea"]
    for bad in ((text, "0"), (make.proposal(make.theme(consultation), title="", body=""), "")):
        with pytest.raises(RuleBroken, match="reading-changed"):
            service.write(session, one, synthesis, service.Wanted("key_idea", "", [bad]), **facts)
