"""The pictures of a synthesis: known to whoever may know of it, published with a version."""

from consult.models import Picture, SynthesisVersion
from consult.queries import pictures
from consult.queries.consultations import Reader
from tests import reading_rooms


def test_a_picture_is_known_with_its_synthesis(session, make, now):
    whole = reading_rooms.synthesis(make, make.consultation())
    facts = {"title": "", "file_name": "a.jpg", "media_type": "image/jpeg", "size": 1}
    facts |= {"sha256": "0" * 64, "created_at": now, "width": 1, "height": 1}
    kept = make.save(Picture(synthesis_id=whole.id, **facts))
    reader = Reader()
    assert not session.scalars(pictures.of_blocks(whole.id)).all()
    reading_rooms.block(make, whole, "illustration")
    assert session.scalars(pictures.of_blocks(whole.id)).one() is kept
    assert not session.execute(pictures.known(whole.slug, kept.id, reader, now)).one().is_published
    content = f'"path":"/syntheses/x/pictures/{kept.id}"'
    known = {"content": content, "digest": "0" * 64, "published_at": now}
    make.save(SynthesisVersion(synthesis_id=whole.id, number=1, **known))
    assert session.execute(pictures.known(whole.slug, kept.id, reader, now)).one().is_published
    assert not session.execute(pictures.known("ailleurs", kept.id, reader, now)).all()
