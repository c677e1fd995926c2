"""The pictures of syntheses: made again, kept with their digest, shown in a block of their own."""

import io

import pytest
from PIL import Image

from consult.domain.errors import RuleBroken
from consult.domain.syntheses import composed
from consult.services import blocks, composing, pictures
from tests import reading_rooms


def photo(colour="red", kind="JPEG", size=(40, 20)):
    """A picture that says where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Appareil secret"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, colour).save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def world(make, tmp_path):
    whole = reading_rooms.synthesis(make, make.consultation())
    return whole, {"account": make.account("organiser"), "now": make.now}, tmp_path


def test_a_picture_is_kept_bare_and_composed_with_its_digest(session, make, world):
    whole, by, folder = world
    made = pictures.add(session, whole, photo(), data_dir=folder, **by)
    kept = pictures.SHELF.path(folder, made.id).read_bytes()
    assert b"secret" not in kept and kept.startswith(b"\xff\xd8")
    assert (made.width, made.height, made.size) == (40, 20, len(kept))
    values = {"picture": made.id, "alternative": "Un carré.", "credit": "Ada", "title": "Le lieu"}
    block = blocks.add(session, whole, "illustration", values=values, **by)
    session.commit()
    found = composing.compose(session, whole, locale="fr", now=make.now)
    part = found.parts[-1]
    assert (part.id, part.title, part.details) == (block.id, "Le lieu", ())
    assert part.picture.path == f"/syntheses/{whole.slug}/pictures/{made.id}"
    assert (part.picture.alternative, part.picture.credit) == ("Un carré.", "Ada")
    assert composed.read(composed.canonical(found)) == found
    assert pictures.bytes_of(folder, found) == {made.id: kept}
    pictures.SHELF.keep(folder, made.id, b"autre")
    assert pictures.bytes_of(folder, found) == {}
    pictures.SHELF.forget(folder, [made.id])
    assert pictures.bytes_of(folder, found) == {}
    assert pictures.SHELF.table.__tablename__ == "picture"


def test_a_block_shows_a_picture_of_its_own_synthesis_only(session, make, world):
    whole, by, folder = world
    other = reading_rooms.synthesis(make, make.consultation())
    theirs = pictures.add(session, other, photo(), data_dir=folder, **by)
    for key in (theirs.id, "0"):
        values = {"picture": key, "alternative": "Un carré."}
        with pytest.raises(RuleBroken, match="picture-unknown"):
            blocks.add(session, whole, "illustration", values=values, **by)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff\x00"])
def test_what_is_no_picture_is_refused(session, world, content):
    whole, by, folder = world
    with pytest.raises(RuleBroken, match="photo-kind|file-missing"):
        pictures.add(session, whole, content, data_dir=folder, **by)
    assert not list(folder.iterdir())
