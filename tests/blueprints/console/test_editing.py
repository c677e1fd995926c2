"""Words, settings, dates, people and documents of a consultation."""

import pytest
from sqlalchemy import select

from consult.models import Consultation, Document, Setting


@pytest.fixture
def mine(browser, make):
    owner = make.account("organiser")
    browser.as_(owner)
    consultation = make.consultation(owner_id=owner.id, published_at=None, slug="bus")
    make.question(make.theme(consultation))
    return consultation


HERE = "/console/consultations/bus"


def test_words_and_settings_are_saved_and_come_back(browser, session, mine):
    page = browser.get(f"{HERE}/edit")
    page = browser.submit(
        page,
        f"{HERE}/edit",
        will_decide="Le tracé du bus.",
        access="listed",
        results="after_close",
        allows_ideas="y",
        tags="bus, nuit",
        stage_preparation="Constat, Diagnostic",
        owner_id="x",
        answers="99",
        published_at="2020-01-01",
    )
    assert page.url == HERE
    session.refresh(mine)
    assert (mine.access, mine.results, mine.allows_ideas) == ("listed", "after_close", True)
    assert (mine.answers, mine.published_at) == (0, None)
    page = browser.get(f"{HERE}/edit")
    assert "Constat, Diagnostic" in page.text
    assert 'value="bus, nuit"' in page.text


def test_every_typed_value_comes_back_with_a_sentence(browser, session, mine):
    page = browser.get(f"{HERE}/edit")
    page = browser.submit(page, f"{HERE}/edit", title="", will_decide="x" * 5_001, access="all")
    assert page.status == 422
    assert "x" * 5_001 in page.text
    assert len([p for p in page.all("p") if p.get("class") == "error-text"]) == 3


def test_a_stale_form_gives_both_texts(browser, session, mine):
    first, second = browser.get(f"{HERE}/edit"), browser.get(f"{HERE}/edit")
    browser.submit(first, f"{HERE}/edit", purpose="Le premier but.")
    page = browser.submit(second, f"{HERE}/edit", purpose="Le second but.")
    assert page.status == 409
    assert "Le premier but." in page.words()
    assert "Le second but." in page.text
    session.refresh(mine)
    assert mine.purpose == "Le premier but."
    browser.submit(page, f"{HERE}/edit")
    session.refresh(mine)
    assert mine.purpose == "Le second but."


def test_dates_are_read_in_the_territorys_zone(browser, session, mine):
    page = browser.get(f"{HERE}/dates")
    page = browser.submit(
        page,
        f"{HERE}/dates",
        territory_code_name="nouvelle caledonie",
        time_zone="",
        opens_at="2026-12-01T08:00",
        closes_at="2027-04-30T23:59",
    )
    assert page.url == HERE
    session.refresh(mine)
    assert mine.time_zone == "Pacific/Noumea"
    assert mine.closes_at.isoformat() == "2027-04-30T12:59:00+00:00"
    assert 'value="2027-04-30T23:59"' in browser.get(f"{HERE}/dates").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"opens_at": "2027-03-28T02:30"}, "2027-03-28T02:30"),
        ({"closes_at": "2026-10-25T02:30"}, "2026-10-25T02:30"),
        ({"opens_at": "demain"}, "demain"),
        ({"opens_at": ""}, ""),
        ({"closes_at": "2020-01-01T00:00"}, "2020-01-01T00:00"),
        ({"time_zone": "Mars/X"}, ""),
    ],
)
def test_dates_that_cannot_be_come_back(browser, session, mine, typed, kept):
    page = browser.get(f"{HERE}/dates")
    before = mine.opens_at
    page = browser.submit(page, f"{HERE}/dates", **typed)
    assert page.status == 422
    assert kept in page.text
    assert [p for p in page.all("p") if p.get("class") == "error-text"]
    session.refresh(mine)
    assert mine.opens_at == before


def upload(browser, content, name):
    page = browser.get(f"{HERE}/documents")
    token = next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")
    quoted = name.replace('"', "%22")
    parts = [
        f'name="csrf_token"\r\n\r\n{token}'.encode(),
        b'name="title"\r\n\r\nLe <b>rapport</b>',
        f'name="file"; filename="{quoted}"\r\n\r\n'.encode() + content,
    ]
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; " + p + b"\r\n" for p in parts)
    return browser.client.post(
        f"{HERE}/documents",
        data=body + b"--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )


def test_a_document_is_joined_served_apart_and_removed(browser, session, mine):
    answer = upload(browser, b"%PDF-1.7 ... %%EOF", '"><img src=x>.html')
    assert answer.status_code == 303
    found = session.scalars(select(Document)).one()
    assert found.file_name.endswith(".pdf")
    page = browser.get(f"{HERE}/documents")
    assert "Le <b>rapport</b>" in page.words()
    sent = browser.client.get(f"/documents/{found.id}")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    sent.close()
    browser.submit(page, f"{HERE}/documents/{found.id}/delete")
    assert session.scalar(select(Document.id)) is None
    assert browser.get(f"/documents/{found.id}").status == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"<svg onload=alert(1)>", 422),
        (b"<!doctype html><script>", 422),
        (b"%PDF-" + b"0" * 10_000_001, 413),
        (b"0" * 12_500_000, 413),
    ],
)
def test_a_file_that_is_not_a_document_is_refused(browser, session, mine, content, status):
    assert upload(browser, content, "rapport.pdf").status_code == status
    assert session.scalar(select(Document.id)) is None


def test_the_sites_words_are_saved(browser, session, make):
    browser.as_(make.account("administrator"))
    page = browser.get("/console/site")
    page = browser.submit(
        page, "/console/site", site_name="Grand Est", help_phone="03 88 00 00 00", demo_data="1"
    )
    assert "Grand Est" in page.words()
    rows = {row.key: row.value for row in session.scalars(select(Setting))}
    assert rows["help_phone"] == "03 88 00 00 00"
    assert "demo_data" not in rows
    page = browser.submit(browser.get("/console/site"), "/console/site", site_name=" ")
    assert page.status == 422


def test_closing_early_asks_why_then_is_final(browser, session, make, mine):
    opened = make.consultation(owner_id=mine.owner_id, slug="ouverte")
    here = "/console/consultations/ouverte"
    page = browser.get(f"{here}/close")
    page = browser.submit(page, f"{here}/close", reason="")
    assert page.status == 422
    again = browser.get(f"{here}/close")
    page = browser.submit(page, f"{here}/close", reason="Le projet change.")
    assert page.url == here
    assert "Le projet change." in page.words()
    assert browser.submit(again, f"{here}/close", reason="Encore").status == 409
    assert browser.get(f"{here}/close").status == 409
    session.refresh(opened)
    assert opened.closed_early_reason == "Le projet change."


def test_publishing_twice_and_too_early(browser, session, make, mine):
    page = browser.get(HERE)
    published = browser.submit(page, f"{HERE}/publish")
    assert published.status == 200
    assert browser.submit(page, f"{HERE}/publish").status == 409
    empty = make.consultation(owner_id=mine.owner_id, published_at=None, slug="vide")
    here = "/console/consultations/vide"
    assert not browser.get(here).forms(f"{here}/publish")
    token = {"csrf_token": browser.get(HERE).all("input")[0].get("value")}
    assert browser.post(f"{here}/publish", token).status == 409
    session.refresh(empty)
    assert empty.published_at is None


def test_a_copy_is_mine_and_starts_as_a_draft(browser, session, make, mine):
    source = make.consultation(title="Modèle", slug="modele")
    make.question(make.theme(source))
    page = browser.get("/console/consultations/modele/copy")
    page = browser.submit(
        page, "/console/consultations/modele/copy", title="Chez nous", territory_code="D-54"
    )
    assert page.url == "/console/consultations/chez-nous/dates"
    made = session.scalars(select(Consultation).where(Consultation.slug == "chez-nous")).one()
    assert (made.owner_id, made.published_at) == (mine.owner_id, None)
