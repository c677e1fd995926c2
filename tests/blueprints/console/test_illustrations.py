"""A block with a picture: joined by a form, seen by all once published, the same in each copy."""

import io

from sqlalchemy import select

from consult.models import Picture, SynthesisBlock
from tests import synthesising
from tests.services.test_pictures import photo

BAD = '=1+1 <script>alert(1)</script> ![i](file:///etc/passwd) "onerror=x שלום'


def test_a_picture_is_joined_changed_and_published(plain, session, make):
    world = synthesising.closed(make, slug="forum")
    make.answer(world.question, body="Le soir.")
    found = synthesising.begun(session, world)
    here = "/console/consultations/forum/synthesis"
    plain.as_(world.owner)
    new = f"{here}/blocks/new"
    page = plain.get(f"{new}?kind=illustration")
    told = {"title": BAD, "alternative": BAD, "credit": BAD}
    for content in (b"", b"<svg onload=x>", b"\xff\xd8\xff\x00"):
        refused = plain.submit(page, new, **told, file=(io.BytesIO(content), "a.jpg"))
        assert refused.status == 422
        assert [one.get("value") for one in refused.all("input")].count(BAD) == 3
    assert plain.submit(page, new, alternative="x" * 301).status == 422
    page = plain.submit(page, new, **told, file=(io.BytesIO(photo()), "a.jpg"))
    assert "Le bloc est ajouté." in page.words()
    kept = session.scalars(select(Picture)).one()
    query = select(SynthesisBlock).where(SynthesisBlock.kind == "illustration")
    block = session.scalars(query).one()
    where = f"/syntheses/forum/pictures/{kept.id}"
    visitor = plain.again()
    assert visitor.get(where).status == 404
    page = plain.get(f"{here}/blocks/{block.id}")
    (image,) = [one for one in page.all("img") if "pictures" in one.get("src")]
    assert (image.get("src"), image.get("alt")) == (where, BAD)
    page = plain.submit(page, f"{here}/blocks/{block.id}", credit="Ada")
    session.refresh(block)
    assert (block.details["credit"], block.details["picture"]) == ("Ada", kept.id)
    page = plain.get(f"{here}/blocks/{block.id}")
    file = (io.BytesIO(photo("blue", "PNG")), "b.png")
    assert plain.submit(page, f"{here}/blocks/{block.id}", file=file).status == 200
    session.refresh(block)
    last = block.details["picture"]
    assert last != kept.id
    synthesising.publish(session, found, world.owner, world.now)
    shown_to_all(visitor, kept.id, last)


def shown_to_all(visitor, before, last):
    """Everyone sees the last picture, in each form; nobody the one that it replaced."""
    where = f"/syntheses/forum/pictures/{last}"
    page = visitor.get("/syntheses/forum")
    (image,) = page.all("img")
    assert (image.get("src"), image.get("alt")) == (where, BAD)
    with visitor.client.get(where) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.get(f"/syntheses/forum/pictures/{before}").status == 404
    for kind in ("html", "odt", "docx", "pdf", "json", "md"):
        first = visitor.client.get(f"/syntheses/forum.{kind}").get_data()
        assert first == visitor.client.get(f"/syntheses/forum.{kind}").get_data()
    assert where in visitor.get("/api/v1/syntheses/forum").text
