"""The text of a matter and its versions, what rooms say, who adopts it too."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import MatterEndorsement, MatterMessage, MatterText
from consult.services import matter_words, matters
from tests.matters import begun, does, tree


def test_words_change_nothing_of_where_it_stands(session, make, now, monkeypatch):
    rooms = tree(make)
    matter = begun(session, rooms.a, rooms.ada, now)
    by, words = matters.By(rooms.ada.id, rooms.a.id), matters.Words("Mieux", "Plus clair.")

    def reword(by, seen, code=None):
        with pytest.raises(RuleBroken, match=code):
            matter_words.reword(session, matter.id, words, by, seen=seen, now=now)

    reword(matters.By(rooms.ada.id, rooms.hub.id), "1.1", "matter-not-yours")
    reword(by, "1.0", "stale")
    matter_words.reword(session, matter.id, words, by, seen="1.1", now=now)
    versions = session.scalars(select(MatterText).order_by(MatterText.version)).all()
    assert [one.title for one in versions] == ["Des postes fixes", "Mieux"]
    assert (matter.version, matters.stamp(matter)) == (1, "1.2")
    who = {"account_id": rooms.ada.id, "now": now}
    matter_words.say(session, matter.id, "Et chez vous ?", room_id=rooms.a.id, **who)
    with pytest.raises(RuleBroken, match="matter-not-yours"):
        matter_words.say(session, matter.id, "Rien", room_id=rooms.b.id, **who)
    with pytest.raises(RuleBroken, match="message-empty"):
        matter_words.say(session, matter.id, " ", room_id=rooms.a.id, **who)
    does(session, matter, "endorse", rooms.b, rooms.ada, now)
    matter_words.say(session, matter.id, "Pareil", room_id=rooms.b.id, **who)
    monkeypatch.setattr(matter_words, "MOST_MESSAGES", 2)
    with pytest.raises(RuleBroken, match="messages-too-many"):
        matter_words.say(session, matter.id, "Trop", room_id=rooms.b.id, **who)
    assert len(session.scalars(select(MatterMessage).order_by(MatterMessage.id)).all()) == 2
    with pytest.raises(RuleBroken, match="matter-move-unknown"):
        matter_words.adopt(session, matter.id, room_id=rooms.b.id, **who)
    does(session, matter, "decide", rooms.a, rooms.ada, now, outcome="adopted")
    reword(by, matters.stamp(matter), "matter-move-unknown")
    matter_words.adopt(session, matter.id, room_id=rooms.b.id, **who)
    for room in (rooms.b, rooms.c):
        with pytest.raises(RuleBroken, match="matter-move-unknown"):
            matter_words.adopt(session, matter.id, room_id=room.id, **who)
    session.commit()
    kept = session.scalar(select(MatterEndorsement).execution_options(populate_existing=True))
    assert (kept.room_id, kept.adopted_version) == (rooms.b.id, 2)
