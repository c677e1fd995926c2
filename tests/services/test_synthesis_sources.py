"""What else a synthesis draws on: public consultations and rooms, added once, removed unused."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.domain.syntheses import composed
from consult.models import JournalEntry, RoomDocument, SynthesisVersion
from consult.services import extracts, readings, synthesis_sources
from tests import reading_rooms


@pytest.fixture
def world(make):
    own = make.consultation()
    whole = reading_rooms.synthesis(make, own)
    return own, whole, {"account": make.account("organiser"), "now": make.now}


def test_a_source_is_added_once_and_removed_when_nothing_comes_from_it(session, make, world):
    own, whole, by = world
    text = make.answer(make.question(), body="Un banc.")
    other = session.get_one(type(own), text.consultation_id)
    room = make.room()
    made = synthesis_sources.add(session, whole, other, **by)
    hall = synthesis_sources.add(session, whole, room, **by)
    session.commit()
    assert (made.consultation_id, hall.room_id) == (other.id, room.id)
    for again in (other, room):
        with pytest.raises(RuleBroken, match="source-already"):
            synthesis_sources.add(session, whole, again, **by)
    block = reading_rooms.block(make, whole)
    taken = extracts.add(session, block, text, starts=0, ends=8, named=False, **by)
    session.commit()
    # The other consultation's own synthesis took nothing: its text is still to be read there.
    assert readings.counts(session, other)["used"] == 0
    with pytest.raises(RuleBroken, match="source-used"):
        synthesis_sources.remove(session, whole, made, **by)
    extracts.remove(session, taken, **by)
    for one in (made, hall):
        synthesis_sources.remove(session, whole, one, **by)
        session.commit()
        with pytest.raises(RuleBroken, match="taken-away"):
            synthesis_sources.remove(session, whole, one, **by)
    acts = select(JournalEntry.act).where(JournalEntry.act.like("source.%"))
    assert len(session.scalars(acts).all()) == 4


def test_only_what_everyone_reads_is_a_source(session, make, world, monkeypatch):
    own, whole, by = world
    refused = {
        own: "source-itself",
        make.consultation(access="listed"): "source-private",
        make.consultation(published_at=None): "source-private",
        make.room(is_private=True): "source-private",
    }
    for source, code in refused.items():
        with pytest.raises(RuleBroken, match=code):
            synthesis_sources.add(session, whole, source, **by)
    monkeypatch.setattr(synthesis_sources, "MOST", 0)
    with pytest.raises(RuleBroken, match="sources-too-many"):
        synthesis_sources.add(session, whole, make.room(), **by)


def test_what_the_version_in_force_quotes_stays(session, make, world):
    own, whole, by = world
    text, room = make.answer(make.question(), body="Un banc."), make.room()
    facts = {"kind": "minutes", "title": "Séance", "dated_on": make.now.date()}
    paper = make.save(RoomDocument(room_id=room.id, body="Un banc.", created_at=make.now, **facts))
    other = session.get_one(type(own), text.consultation_id)
    kept = [synthesis_sources.add(session, whole, one, **by) for one in (other, room)]
    quotes = (
        composed.Quote("Un banc.", source="answer", statement=text.id),
        composed.Quote("Un banc.", source="document", held=paper.id),
    )
    for number, quoted in enumerate((quotes, ()), 1):
        part = composed.Part("b", "finding", "Constat", "1.1", quotes=quoted)
        content = composed.Composed("s", "t", "fr", "c", "a", "p", number, parts=(part,))
        known = {"content": composed.canonical(content), "digest": "0" * 64}
        known |= {"published_at": make.now, "synthesis_id": whole.id}
        make.save(SynthesisVersion(number=number, **known))
        for one in kept:
            if quoted:
                with pytest.raises(RuleBroken, match="source-published"):
                    synthesis_sources.remove(session, whole, one, **by)
            else:
                synthesis_sources.remove(session, whole, one, **by)
