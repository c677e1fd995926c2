"""Other sources of a synthesis: people heard, other consultations, rooms, and back from each."""

import io
import zipfile
from datetime import timedelta

import pymupdf
import pytest
from sqlalchemy import select

from consult.models import Extract, Hearing, RoomDocument, SynthesisBlock, SynthesisSource
from tests import reading_rooms, synthesising

BAD = "=1+1 <script>alert(1)</script> ![i](file:///etc/passwd) <img src=x onerror=y> שלום"
BODY = f"Il faut un banc. {BAD}. Et une lampe."


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make, slug="forum")
    make.answer(world.question, body="Le soir.")
    world.synthesis = synthesising.begun(session, world)
    return world


def here(path=""):
    return f"/console/consultations/forum/synthesis{path}"


def written_in(content, kind):
    if kind == "pdf":
        with pymupdf.open(stream=content) as opened:
            return " ".join(" ".join(one.get_text() for one in opened).split())
    if kind in ("odt", "docx"):
        part = "content.xml" if kind == "odt" else "word/document.xml"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read(part)
    return content.decode()


@pytest.fixture
def quoted(plain, session, world):
    """Someone heard who agrees to be named, and the block that quotes them."""
    plain.as_(world.owner)
    new = here("/hearings/new")
    page = plain.get(new)
    told = {"speaker": "Mme Diallo", "function": "maire", "held_on": "2026-11-02"}
    page = plain.submit(page, new, **told, organisation="Nancy", body=BODY, agrees="y")
    assert "L’audition est gardée" in page.words()
    heard = session.scalars(select(Hearing)).one()
    read = here(f"/read/hearings/{heard.id}")
    assert page.url.endswith(read)
    page = plain.submit(page, read, sentence=["0"], block="new:key_idea", title="Des bancs")
    assert "L’extrait est dans la synthèse." in page.words()
    assert plain.submit(page, read, block="x").status == 422
    query = select(SynthesisBlock).where(SynthesisBlock.title == "Des bancs")
    return heard, session.scalars(query).one()


def test_a_person_heard_is_told_with_what_is_wrong(plain, world):
    plain.as_(world.owner)
    assert here("/sources") in plain.get(here()).links()
    new = here("/hearings/new")
    page = plain.get(new)
    told = {"speaker": "Mme Diallo", "function": "maire", "held_on": "2026-11-02"}
    for wrong in ({"held_on": "2026-12-24"}, {"speaker": "\x00"}, {"body": ""}):
        refused = plain.submit(page, new, **(told | {"body": BODY} | wrong))
        assert refused.status == 422 and refused.words().count("Erreur") == 2
    file = (io.BytesIO(b"<html>"), "a.txt")
    assert plain.submit(page, new, **told, file=file).status == 422


def test_a_person_heard_is_found_from_the_block_and_back(plain, quoted):
    heard, block = quoted
    assert here(f"/read/hearings/{heard.id}") in plain.get(here(f"/blocks/{block.id}")).links()
    page = plain.get(here(f"/hearings/{heard.id}"))
    assert f"{here(f'/blocks/{block.id}')}#extracts" in page.links()
    token = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    refused = plain.post(here(f"/hearings/{heard.id}/delete"), {"csrf_token": token})
    assert refused.status == 409 and "Retirez d’abord" in refused.words()


def test_a_person_heard_is_quoted_by_name_and_read_in_full(plain, session, world, quoted):
    heard, block = quoted
    public = f"/syntheses/forum/hearings/{heard.id}"
    assert plain.again().get(public).status == 404
    assert plain.get(public).status == 200
    synthesising.publish(session, world.synthesis, world.owner, world.now)
    page = plain.again().get("/syntheses/forum")
    assert "Mme Diallo, maire, Nancy · entendue le 2 novembre 2026" in page.words()
    assert public in page.links()
    page = plain.again().get(public)
    assert BAD.split()[0] in page.words() and f"/syntheses/forum#b-{block.id}" in page.links()
    assert not any("alert" in "".join(one.itertext()) for one in page.all("script"))
    said = "Mme Diallo, maire, Nancy"
    for kind in ("html", "md", "json", "odt", "docx", "pdf"):
        content = plain.client.get(f"/syntheses/forum.{kind}").get_data()
        assert said in written_in(content, kind), kind

    page = plain.get(here(f"/hearings/{heard.id}"))
    stale = page
    agreed = next(one for one in page.all("input") if one.get("name") == "agrees")
    del agreed.attrib["checked"]
    page = plain.submit(page, here(f"/hearings/{heard.id}"))
    assert "Citée sans son nom" in page.words()
    assert plain.submit(stale, here(f"/hearings/{heard.id}"), body="Autre.").status == 409
    assert plain.again().get(public).status == 404
    page = plain.again().get("/syntheses/forum")
    assert "Mme Diallo" not in page.words() and "Une personne entendue" in page.words()


def test_another_consultation_and_a_room_are_drawn_on(browser, session, make, world, statements):
    other = make.consultation(slug="ailleurs", title="Ailleurs")
    text = make.answer(make.question(make.theme(other)), body="Un arbre. Une source.")
    room = make.room(slug="la-salle", name="La salle")
    facts = {"kind": "minutes", "title": "Séance", "created_at": make.now}
    facts |= {"dated_on": make.now.date(), "body": "Un vote. Une décision."}
    paper = make.save(RoomDocument(room_id=room.id, **facts))
    make.room(slug="fermee", is_private=True)
    browser.as_(world.owner)
    sources = here("/sources")
    page = browser.get(sources)
    for path in ("/rooms/fermee", "/rooms/rien", "/consultations/rien"):
        assert browser.submit(page, sources, source=path).status == 404
    assert browser.submit(page, sources, source="\x00").status == 422
    assert browser.submit(page, sources, source="/consultations/forum").status == 409
    for path in ("/consultations/ailleurs", "http://localhost/rooms/la-salle"):
        page = browser.submit(page, sources, source=path)
        assert "La source est ajoutée." in page.words()
    kept = {one.room_id: one.id for one in session.scalars(select(SynthesisSource))}
    for what, one, key in (("texts", text, None), ("documents", paper, room.id)):
        listed = browser.get(here(f"/sources/{kept[key]}"))
        read = here(f"/read/{what}/{one.id}")
        assert read in listed.links()
        page = browser.get(read)
        assert what == "documents" or '"new:quotation" selected' in page.text
        page = browser.submit(page, read, sentence=["0"], block="new:finding")
        assert "L’extrait est dans la synthèse." in page.words()
        assert browser.submit(page, read, sentence=["0"], digest="x").status == 409
        gone = here(f"/sources/{kept[key]}/delete")
        refused = browser.submit(browser.get(sources), gone)
        assert refused.status == 409 and "Retirez d’abord" in refused.words()
        extract = session.scalars(select(Extract).where(Extract.quote.like("Un%"))).all()[-1]
        page = browser.submit(page, f"{read}/extracts/{extract.id}/remove")
        assert "n’est plus dans la synthèse" in page.words()
    with statements() as seen:
        browser.get(here(f"/read/texts/{text.id}"))
    assert len(seen) <= 8, seen
    page = browser.submit(browser.get(sources), here(f"/sources/{kept[None]}/delete"))
    assert "La source est retirée." in page.words()
    assert browser.get(here(f"/read/texts/{text.id}")).status == 404


def test_nobody_else_reads_the_sources(plain, session, make, world):
    source = make.save(SynthesisSource(synthesis_id=world.synthesis.id, room_id=make.room().id))
    elsewhere = reading_rooms.synthesis(make, make.consultation(owner_id=world.owner.id))
    facts = {"speaker": "Mme Roy", "body": "x", "held_on": make.now.date(), "created_at": make.now}
    theirs = make.save(Hearing(synthesis_id=elsewhere.id, **facts))
    plain.as_(world.owner)
    for path in (f"/hearings/{theirs.id}", f"/read/hearings/{theirs.id}", "/sources/0"):
        assert plain.get(here(path)).status == 404
    other = plain.again().as_(make.account("organiser"))
    for path in ("/sources", f"/sources/{source.id}", "/hearings/new"):
        assert other.get(here(path)).status == 403


def test_a_very_long_hearing_is_read_part_by_part(plain, session, make, world):
    body = " ".join(f"Phrase {number}." for number in range(900))
    facts = {"speaker": "Mme Roy", "body": body, "created_at": make.now}
    facts["held_on"] = (make.now - timedelta(days=1)).date()
    heard = make.save(Hearing(synthesis_id=world.synthesis.id, **facts))
    read = here(f"/read/hearings/{heard.id}")
    page = plain.as_(world.owner).get(f"{read}?start=9999")
    assert f"{read}?start=400#write" in page.links()
    page = plain.submit(page, read, sentence=["899"], block="new:finding")
    assert session.scalars(select(Extract.quote).where(Extract.hearing_id == heard.id)).all() == [
        "Phrase 899."
    ]
