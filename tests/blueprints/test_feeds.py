import io
import json
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from consult.blueprints.feeds import downloads

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response):
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    root = ElementTree.fromstring(response.data)
    for required in ("id", "title", "updated"):
        assert root.find(ATOM + required).text
    found = root.findall(ATOM + "entry")
    for entry in found:
        assert entry.find(ATOM + "id").text.startswith("tag:localhost,2026:")
        assert entry.find(ATOM + "link").get("href").startswith("http://localhost/")
    return found


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def question(make):
    consultation = make.consultation(slug="grand-est", title="Stratégie & <numérique>")
    return make.question(make.theme(consultation, number=3), number=2)


def test_a_consultation_is_followed(client, make, question):
    theme = make.theme(make.session.get(type(make.consultation()), question.consultation_id))
    answer = make.answer(question, body="Du <b>gras</b> & un caractère\ufffe interdit ]]>")
    proposal = make.proposal(theme, title="Ouvrir")
    make.answer(question, body="caché", state="hidden")
    found = entries(client.get("/consultations/grand-est.atom"))
    ids = [entry.find(ATOM + "id").text.rsplit("/", 1)[1] for entry in found]
    assert ids == [proposal.id, answer.id]
    text = found[1].find(ATOM + "content").text
    assert text == "Du <b>gras</b> & un caractère interdit ]]>"


def test_a_question_and_the_proposals_have_their_own(client, make, question):
    theme = make.theme(make.consultation(slug="autre"))
    proposal = make.proposal(theme, title="Ouvrir")
    answer = make.answer(question)
    own = entries(client.get("/consultations/grand-est/questions/3-2.atom"))
    assert [e.find(ATOM + "id").text for e in own] == [f"tag:localhost,2026:statement/{answer.id}"]
    own = entries(client.get("/consultations/autre/proposals.atom"))
    assert [e.find(ATOM + "title").text for e in own] == [proposal.title]


def test_all_consultations_are_followed(client, make, question, now):
    make.consultation(title="Privée", access="listed")
    make.consultation(title="Brouillon", published_at=None)
    make.consultation(title="Plus tard", published_at=now + timedelta(days=1))
    make.consultation(title="En cours de lecture", complete=False)
    found = entries(client.get("/consultations.atom"))
    assert [e.find(ATOM + "title").text for e in found] == ["Stratégie & <numérique>"]


def test_an_unchanged_feed_is_not_sent_again(client, make, question):
    make.answer(question)
    first = client.get("/consultations/grand-est.atom")
    again = client.get(
        "/consultations/grand-est.atom", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    make.answer(question)
    changed = client.get(
        "/consultations/grand-est.atom", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert changed.status_code == 200


def test_the_calendar_holds_the_dates(client, make, now):
    make.consultation(
        slug="dates",
        title="Titre, avec ; virgule",
        closes_at=now + timedelta(days=3),
        outcome_at=now + timedelta(days=30),
    )
    response = client.get("/consultations/dates.ics")
    calendar = Calendar.from_ical(response.data)
    events = {str(e["uid"]).rsplit("/", 1)[1]: e for e in calendar.walk("VEVENT")}
    assert set(events) == {"open", "close", "outcome"}
    assert events["close"].decoded("dtstart") == now + timedelta(days=3)
    assert "Titre, avec ; virgule" in str(events["close"]["summary"])
    assert b"\r\n" in response.data


def test_the_data_is_downloaded(client, make, question):
    make.answer(question, body="=1+1")
    response = client.get("/consultations/grand-est/export.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="grand-est.zip"'
    archive = zipfile.ZipFile(io.BytesIO(response.data))
    assert "answers.csv" in archive.namelist()
    lines = client.get("/consultations/grand-est/export.jsonl").data.splitlines()
    assert "answer" in [json.loads(line)["type"] for line in lines]
    assert json.loads(lines[0])["licence"].startswith("Licence Ouverte 2.0")
    assert "(licence),Licence Ouverte 2.0" in archive.read("dictionary.csv").decode()
    assert client.get("/consultations/grand-est/export.exe").status_code == 404


FEEDS = (
    "/consultations/{}.atom",
    "/consultations/{}.ics",
    "/consultations/{}/proposals.atom",
    "/consultations/{}/questions/3-2.atom",
    "/consultations/{}/export.csv",
    "/consultations/{}/export.jsonl",
)


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("facts", [{"access": "listed"}, {"published_at": None}])
def test_what_is_private_is_as_good_as_missing(client, make, path, facts):
    consultation = make.consultation(slug="secret", title="Titre secret", **facts)
    make.answer(make.question(make.theme(consultation, number=3), number=2))
    held, missing = client.get(path.format("secret")), client.get(path.format("rien"))
    assert held.status_code == missing.status_code == 404
    assert b"secret" not in held.data.replace(path.format("secret").encode(), b"")


def test_the_site_map_holds_public_pages_only(client, make, question):
    make.consultation(slug="secret", access="listed")
    body = client.get("/sitemap.xml").data
    root = ElementTree.fromstring(body)
    addresses = [element.text for element in root.iter() if element.tag.endswith("loc")]
    assert "http://localhost/consultations/grand-est" in addresses
    assert "http://localhost/consultations/grand-est/questions/3-2" in addresses
    assert not [address for address in addresses if "secret" in address]
    robots = client.get("/robots.txt").get_data(as_text=True)
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    assert "Disallow: /console" in robots


def test_a_download_leaves_no_connection_behind(app, client, make, question):
    from consult.extensions import db

    make.answer(question)
    with app.app_context():
        pool = db.engine.pool
    for end in ("csv", "jsonl", "ods"):
        with client.get(f"/consultations/grand-est/export.{end}") as response:
            assert response.data
        with client.get(f"/consultations/grand-est/export.{end}", buffered=False):
            pass
    assert pool.checkedout() == 0


def test_hidden_results_are_not_exported_before_the_close(client, make):
    make.consultation(slug="cache", results="after_close")
    assert client.get("/consultations/cache/export.csv").status_code == 409


@pytest.mark.parametrize("days", [5, None])
def test_files_not_given_yet_are_announced_and_not_linked(browser, session, make, now, days):
    owner = make.account("organiser")
    facts = {"results": "after_close", "owner_id": owner.id, "slug": "cache"}
    found = make.consultation(closes_at=now + timedelta(days=days) if days else None, **facts)
    browser.as_(owner)
    pages = ["/data", "/consultations/cache", "/console/consultations/cache"]
    pages.append("/console/consultations/cache/participation")
    for url in pages:
        page = browser.get(url)
        assert "Les résultats sont cachés jusqu'à la fermeture." in page.words(), url
        assert ("28 novembre 2026" in page.words()) >= bool(days), url
        assert not [link for link in page.links() if "export." in link or "/data#" in link], url
    found.closes_at = now - timedelta(hours=1)
    session.commit()
    for url in pages:
        page = browser.get(url)
        assert "Les résultats sont cachés" not in page.words(), url
        assert [link for link in page.links() if "export." in link or "/data#" in link], url


def test_a_room_gives_what_becomes_public_in_its_place(client, make, question):
    hub = make.room("hub", "R-44", slug="hub")
    make.room("local", None, hub, slug="reseau")
    make.room("local", "R-44", hub, slug="cercle", is_private=True, moderates=False)
    here = make.answer(question, body="D'ici", territory_code="M-54395")
    make.answer(question, body="Caché", territory_code="D-54", state="hidden")
    make.answer(question, body="D'ailleurs", territory_code="C-988")
    make.consultation(territory_code="C-988")
    found = {entry.find(ATOM + "id").text for entry in entries(client.get("/rooms/hub.atom"))}
    assert found == {
        f"tag:localhost,2026:statement/{here.id}",
        f"tag:localhost,2026:consultation/{question.consultation_id}",
    }
    assert entries(client.get("/rooms/reseau.atom")) == []
    for slug in ("cercle", "nulle-part", "%00", "A" * 100):
        assert client.get(f"/rooms/{slug}.atom").status_code == 404


def test_a_long_file_leaves_alone_and_the_next_after_it(client, question, make, monkeypatch):
    make.answer(question, body="Un seul texte")
    path = "/consultations/grand-est/export.csv"
    short = client.get(path)
    assert (short.status_code, short.content_length) == (200, len(short.data))
    monkeypatch.setattr(downloads, "SHORT", 0)
    under_way = client.get(path, buffered=False)
    busy = client.get(path)
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "5")
    assert "Réessayez dans une minute" in busy.text
    assert client.get("/consultations/grand-est").status_code == 200
    assert unzipped(under_way.data) == unzipped(short.data)
    under_way.close()
    left = client.get(path, buffered=False)  # whoever leaves before the end gives the turn back
    left.close()
    whole = client.get(path)
    assert unzipped(whole.data) == unzipped(short.data)
    whole.close()


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_is_not_made_of_too_many_texts(client, question, make, monkeypatch):
    make.answer(question)
    path = "/consultations/grand-est/export.xlsx"
    assert client.get(path).data.startswith(b"PK")
    monkeypatch.setattr(downloads, "WORKBOOK", 0)
    refused = client.get(path)
    assert (refused.status_code, "CSV" in refused.text) == (409, True)
