"""Hearings: listed with their extracts, shown to whoever may know of the synthesis."""

from consult.models import Hearing, SynthesisVersion
from consult.queries import hearings
from consult.queries.consultations import Reader
from tests import reading_rooms


def test_a_hearing_is_found_where_it_is_quoted_and_agreed(session, make, now):
    whole = reading_rooms.synthesis(make, make.consultation())
    facts = {"speaker": "Mme Roy", "held_on": now.date(), "body": "Un banc.", "created_at": now}
    heard = make.save(Hearing(synthesis_id=whole.id, agrees=True, **facts))
    silent = make.save(Hearing(synthesis_id=whole.id, **facts))
    rows = session.execute(hearings.of_synthesis(whole.id)).all()
    assert {row.Hearing.id: row.extracts for row in rows} == {heard.id: 0, silent.id: 0}
    assert session.scalars(hearings.agreeing([heard.id, silent.id])).all() == [heard.id]
    reader = Reader()
    assert session.execute(hearings.agreed(whole.slug, heard.id, reader, now)).one()
    for slug, key in ((whole.slug, silent.id), ("ailleurs", heard.id)):
        assert not session.execute(hearings.agreed(slug, key, reader, now)).all()
    contents = [f'"held":"{heard.id}"', "rien"]
    for number, content in enumerate(contents, 1):
        known = {"content": content, "digest": "0" * 64, "published_at": now}
        make.save(SynthesisVersion(synthesis_id=whole.id, number=number, **known))
    assert session.scalars(hearings.published_with(heard.id)).all() == contents[:1]
    assert not session.scalars(hearings.in_force_with(heard.id)).all()
    assert session.scalars(hearings.one(whole.id, heard.id)).one() is heard
