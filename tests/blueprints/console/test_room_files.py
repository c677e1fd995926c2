"""Who runs a room joins files; who reads the document downloads them; a seat's stay inside."""

from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.models import RoomDocument, RoomEvent, RoomFile
from consult.services import registers, room_files, seats
from tests.browser import Browser
from tests.security.people import TOKEN

# No form of these pages sends a fragment: one browser is enough.
pytestmark = pytest.mark.parametrize("browser", ["page"], indirect=True)

DAY = timedelta(days=1)


def kept(app, joined):
    return room_files.SHELF.path(Path(app.config["DATA_DIR"]), joined)


@pytest.fixture
def room(make):
    return make.room("local", "D-54", slug="nancy", name="Salle de Nancy")


@pytest.fixture
def holders(session, room, now):
    by = {"actor": "system", "now": now}
    values = {"kind": "decision", "title": "Ouvrir", "body": "Le samedi."}
    paper = registers.add(session, room.id, values, dated_on=now.date(), **by)
    seat = seats.open_seat(session, room.id, kind="ordinary", title="Parole", **by)
    session.commit()
    return paper, seat


def token(browser, url):
    return TOKEN.search(browser.get(url).text)[1]


def send(browser, url, content=b"Un plan.", name="plan.txt", title="Le plan"):
    sent = {"title": title, "file": (BytesIO(content), name)}
    return browser.post(url, {"csrf_token": token(browser, url), **sent})


def test_files_follow_their_document_and_their_seat(app, session, make, browser, room, holders):
    ada, (paper, seat) = make.account(name="Ada"), holders
    make.joins(ada, room)
    browser.as_(ada)
    page, public = f"/rooms/nancy/documents/{paper.id}", f"/rooms/nancy/documents/{paper.id}/files"
    here, there = f"/console{public}", f"/console/rooms/nancy/seats/{seat.id}/files"
    assert here in browser.get(page).links()
    assert there in browser.get(f"/console/rooms/nancy/seats/{seat.id}").links()
    join, key = partial(send, browser), token(browser, here)
    page_again = join(here, b"<html>", "a.pdf")
    assert page_again.status == 422 and 'value="Le plan"' in page_again.text
    assert join(here, b"", "").status == join(here, title="a\x00").status == 422
    assert session.scalar(select(RoomFile.id)) is None
    assert "Tout le monde peut les lire." in join(here).words()
    assert "Seuls celles et ceux" in join(there, title="Les clefs").words()
    joined, left = session.scalars(select(RoomFile).order_by(RoomFile.document_id.is_(None))).all()
    visitor, member = Browser(app), Browser(app).as_(make.account())
    assert f"{public}/{joined.id}" in visitor.get(page).links()
    reads(visitor, f"{public}/{joined.id}", "private, no-cache")
    reads(browser, f"{there}/{left.id}", "private, no-store")
    for url in (f"{public}/{left.id}", f"{here}/{left.id}", f"{there}/{joined.id}"):
        assert browser.client.get(url).status_code == 404
    assert member.client.get(f"{there}/{left.id}").status_code == 403
    refused = {"csrf_token": token(member, "/account")}
    assert member.post(f"{here}/{joined.id}/delete", refused).status == 403
    urls = (f"{public}/{joined.id}", f"{there}/{left.id}")
    closed(session, room, urls, browser, (visitor, member))
    browser.submit(browser.get(there), f"{there}/{left.id}/delete")
    assert not kept(app, left.id).exists()
    assert browser.post(f"{there}/{left.id}/delete", {"csrf_token": key}).status == 404
    browser.submit(browser.get(page), f"/console{page}/delete")
    assert not kept(app, joined.id).exists()
    assert browser.client.get(f"{public}/{joined.id}").status_code == 404
    join(there)
    seat_list = browser.get("/console/rooms/nancy/seats")
    browser.submit(seat_list, f"/console/rooms/nancy/seats/{seat.id}/delete")
    assert list(kept(app, "x").parent.iterdir()) == []


def reads(reader, url, cache):
    answer = reader.client.get(url)
    assert (answer.status_code, answer.data) == (200, b"Un plan.")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == cache
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


def closed(session, room, urls, inside, others):
    """The files of a room that becomes private are missing to those outside it."""
    room.is_private = True
    session.commit()
    list_of_files = urls[0].rpartition("/")[0]
    for outside in others:
        missing = outside.client.get(f"{list_of_files}/nothing")
        answer = outside.client.get(urls[0])
        assert answer.status_code == missing.status_code == 404
    for url in urls:
        reads(inside, url, "private, no-store")
    assert "Seuls ses membres" in inside.get(f"/console{list_of_files}").words()


def test_a_file_alone_makes_a_document_of_a_meeting(app, session, make, browser, room, now):
    ada = make.account(name="Ada")
    make.joins(ada, room)
    browser.as_(ada)
    facts = {"starts_at": now - DAY, "ends_at": now, "created_at": now, "time_zone": "Europe/Paris"}
    event = make.save(RoomEvent(room_id=room.id, title="Réunion", place="Nancy", **facts))
    other = make.save(RoomEvent(room_id=make.room().id, title="Ailleurs", place="Ici", **facts))
    meeting, url = f"/rooms/nancy/events/{event.id}", "/console/rooms/nancy/documents"
    assert f"{url}?event={event.id}" in browser.get(meeting).links()
    page = browser.get(f"{url}?event={event.id}")
    facts = {"csrf_token": TOKEN.search(page.text)[1], "kind": "charter", "title": "Notre charte"}

    def adds(event, content, name="charte.txt"):
        sent = {**facts, "event_id": event.id, "file": (BytesIO(content), name)}
        return browser.post(url, sent)

    for refused in (adds(event, b"<html>"), adds(event, b"", ""), adds(other, b"Un plan.")):
        assert refused.status == 422 and 'value="Notre charte"' in refused.text
    assert session.scalar(select(RoomDocument.id)) is None
    page = adds(event, b"Un plan.")
    assert "charte.txt" in page.words() and meeting in page.links()
    there = page.url
    assert there in browser.get(meeting).links() and there in browser.get("/rooms/nancy").links()
    joined = session.scalars(select(RoomFile)).one()
    assert kept(app, joined.id).exists()
    own = f"/console{there}"
    assert "corrigé le" in browser.submit(browser.get(own), own, event_id="").words()
    assert there not in browser.get(meeting).links()
    gone = f"{own}/files/{joined.id}/delete"
    assert browser.post(gone, {"csrf_token": facts["csrf_token"]}).status == 409
    assert kept(app, joined.id).exists()
