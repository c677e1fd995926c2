"""Extracts: passages that prove a block, from texts that the synthesis draws on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import (
    Extract,
    Hearing,
    JournalEntry,
    Mail,
    RoomDocument,
    SynthesisBlock,
    SynthesisSource,
)
from consult.services import extracts, notifications
from tests import reading_rooms

TEXT = "Il faut un banc. Et une lampe."


@pytest.fixture
def room(make):
    """A synthesis with a block, a signed answer, and who writes."""
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    answer = make.answer(
        question, body=TEXT, signed_as="name", signature="Ada L.", territory_code="M-54395"
    )
    whole = reading_rooms.synthesis(make, consultation)
    return answer, whole, reading_rooms.block(make, whole), make.account("organiser")


def add(session, block, source, account, now, *, starts=0, ends=16, named=False):
    facts = {"starts": starts, "ends": ends, "named": named, "account": account, "now": now}
    return extracts.add(session, block, source, **facts)


def test_a_passage_proves_a_block(session, room, now):
    answer, _whole, block, ada = room
    made = add(session, block, answer, ada, now)
    session.commit()
    (shown,) = extracts.of_block(session, block.id)
    assert (made.quote, shown.quote) == ("Il faut un banc.", "Il faut un banc.")
    assert shown.path == f"/answers/{answer.id}"
    assert (shown.who, shown.signature, shown.place) == ("", "Ada L.", "Nancy")
    assert shown.public and not shown.changed and not shown.named
    assert shown.source == "answer"
    (entry,) = session.scalars(select(JournalEntry).where(JournalEntry.act == "extract.made"))
    assert entry.subject == f"extract:{made.id}"


def test_a_name_shows_seven_days_after_its_owner_was_told(session, room, now):
    answer, _whole, block, ada = room
    made = add(session, block, answer, ada, now, named=True)
    made.told_at = now
    session.commit()
    week = now + timedelta(days=7)
    assert extracts.of_block(session, block.id)[0].who == ""
    assert extracts.of_block(session, block.id, now)[0].who == ""
    assert extracts.of_block(session, block.id, week)[0].who == "Ada L."
    made.contested_at = now
    session.commit()
    assert extracts.of_block(session, block.id, week)[0].who == ""
    assert [one.id for one in extracts.contested(session, block.synthesis_id)] == [made.id]
    made.contested_at, answer.signed_as = None, "none"
    session.commit()
    assert extracts.of_block(session, block.id, week)[0].who == ""


def test_a_source_that_changed_shows(session, room, now):
    answer, _whole, block, ada = room
    add(session, block, answer, ada, now)
    answer.body = "Il faut deux bancs."
    session.commit()
    (shown,) = extracts.of_source(session, answer)
    assert shown.changed
    assert shown.quote == "Il faut un banc."


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"ends": 99}, "passage-unknown"),
        ({"starts": 16, "ends": 17}, "passage-unknown"),
    ],
)
def test_a_passage_is_in_its_text(session, room, now, facts, code):
    answer, _whole, block, ada = room
    with pytest.raises(RuleBroken, match=code):
        add(session, block, answer, ada, now, **facts)


def test_the_same_passage_proves_a_block_once(session, make, room, now):
    answer, whole, block, ada = room
    add(session, block, answer, ada, now)
    with pytest.raises(RuleBroken, match="extract-done"):
        add(session, block, answer, ada, now)
    add(session, reading_rooms.block(make, whole), answer, ada, now)
    assert len(extracts.of_source(session, answer)) == 2


def test_only_a_public_signed_text_of_the_consultation_serves(session, make, room, now):
    answer, whole, block, ada = room
    elsewhere = make.answer(make.question(), body=TEXT)
    with pytest.raises(RuleBroken, match="extract-elsewhere"):
        add(session, block, elsewhere, ada, now)
    make.save(SynthesisSource(synthesis_id=whole.id, consultation_id=elsewhere.consultation_id))
    add(session, block, elsewhere, ada, now)
    with pytest.raises(RuleBroken, match="extract-unnamed"):
        add(session, block, elsewhere, ada, now, ends=5, named=True)
    answer.state = "hidden"
    session.commit()
    with pytest.raises(RuleBroken, match="text-not-public"):
        add(session, block, answer, ada, now)
    session.delete(answer)
    session.commit()
    with pytest.raises(RuleBroken, match="extract-elsewhere"):
        add(session, block, answer, ada, now)


def test_minutes_and_hearings_are_sources_too(session, make, room, now):
    answer, whole, block, ada = room
    place = make.room()
    facts = {"kind": "minutes", "title": "Séance", "body": TEXT, "created_at": now}
    facts["dated_on"] = date(2026, 11, 2)
    document = make.save(RoomDocument(room_id=place.id, **facts))
    with pytest.raises(RuleBroken, match="extract-elsewhere"):
        add(session, block, document, ada, now)
    make.save(SynthesisSource(synthesis_id=whole.id, room_id=place.id))
    add(session, block, document, ada, now)
    with pytest.raises(RuleBroken, match="extract-unnamed"):
        add(session, block, document, ada, now, ends=3, named=True)
    facts = {"speaker": "Mme Roy", "held_on": date(2026, 11, 2), "body": TEXT, "created_at": now}
    hearing = make.save(Hearing(synthesis_id=whole.id, **facts))
    with pytest.raises(RuleBroken, match="extract-unnamed"):
        add(session, block, hearing, ada, now, named=True)
    hearing.agrees = True
    session.flush()
    add(session, block, hearing, ada, now, named=True)
    session.commit()
    minutes, heard = extracts.of_block(session, block.id, now)
    assert (minutes.source, minutes.path, minutes.who) == (
        "minutes",
        f"/rooms/{place.slug}/documents/{document.id}",
        "",
    )
    assert (heard.source, heard.path, heard.who, heard.public) == ("hearing", "", "Mme Roy", True)
    hearing.agrees = False
    place.is_private = True
    session.commit()
    assert [one.who for one in extracts.of_block(session, block.id, now)] == ["", ""]
    with pytest.raises(RuleBroken, match="extract-elsewhere"):
        add(session, block, document, ada, now, ends=3)
    other = reading_rooms.block(make, reading_rooms.synthesis(make, make.consultation()))
    with pytest.raises(RuleBroken, match="extract-elsewhere"):
        add(session, other, hearing, ada, now)


def test_what_hangs_on_a_text_is_read_at_its_address(session, make, room, now):
    answer, whole, block, ada = room
    theme = make.theme(session.get_one(type(make.consultation()), answer.consultation_id))
    proposal = make.proposal(theme)
    argument = make.argument(proposal, body=TEXT)
    reply = make.comment(argument, body=TEXT)
    amendment = make.amendment(proposal, body=TEXT)
    for one in (argument, reply, amendment):
        add(session, block, one, ada, now)
    session.commit()
    assert [one.path for one in extracts.of_block(session, block.id)] == [
        f"/proposals/{proposal.id}",
        f"/proposals/{proposal.id}",
        f"/amendments/{amendment.id}",
    ]


def test_a_path_may_be_missing():
    assert extracts.path_of("comment", "x", None) == ""


def test_taking_an_extract_away_takes_its_letter_back(session, room, now):
    answer, _whole, block, ada = room
    made = add(session, block, answer, ada, now, named=True)
    letter = notifications.Letter("ada@exemple.fr", "Cité", "Vos mots", extracts.key_of(made.id))
    notifications.put(session, letter, now=now)
    extracts.remove(session, made, account=ada, now=now)
    session.commit()
    assert session.scalars(select(Extract)).all() == []
    assert session.scalars(select(Mail)).all() == []


def test_a_new_block_comes_last(session, room, now):
    _answer, whole, block, ada = room
    made = extracts.new_block(session, whole, "key_idea", "Des bancs", by=ada, now=now)
    session.commit()
    assert made.position == block.position + 1
    with pytest.raises(RuleBroken, match="extract-block-kind"):
        extracts.new_block(session, whole, "chapter", "", by=ada, now=now)
    for one in session.scalars(select(SynthesisBlock)):
        session.delete(one)
    assert extracts.new_block(session, whole, "finding", "", by=ada, now=now).position == 0
