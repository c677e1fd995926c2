from datetime import timedelta

import pytest

from consult.models import Document, Outcome, Setting

FIXED = (
    "/",
    "/help",
    "/accessibility",
    "/legal",
    "/privacy",
    "/data",
    "/source",
    "/site-map",
    "/consultations",
)
NEED_SETTINGS = {"/help": "help_phone", "/legal": "host_address", "/privacy": "publisher"}


@pytest.mark.parametrize("path", FIXED)
def test_each_fixed_page_is_there(browser, path):
    assert browser.get(path).status == 200


def test_the_home_page_leads_to_an_open_question(browser, make, now):
    closed = make.consultation(title="Fermée", closes_at=now - timedelta(days=1))
    make.question(make.theme(closed))
    consultation = make.consultation(title="Ouverte", slug="ouverte")
    make.question(make.theme(consultation, number=3), number=2)
    page = browser.get("/")
    assert "Ouverte" in page.words()
    assert "Fermée" not in page.words()
    assert "/consultations/ouverte/questions/3-2" in page.links()


def test_the_home_page_tells_what_the_answers_changed(browser, session, make, now):
    question = make.question(make.theme(make.consultation()))
    hidden = make.question(make.theme(make.consultation(access="listed")))
    for asked, body in ((question, "Nous ouvrirons trois lieux"), (hidden, "Un secret")):
        session.add(
            Outcome(
                consultation_id=asked.consultation_id,
                question_id=asked.id,
                verdict="kept",
                body=body,
                created_at=now,
                updated_at=now,
            )
        )
    session.commit()
    words = browser.get("/").words()
    assert "Nous ouvrirons trois lieux" in words
    assert "Un secret" not in words


def test_the_site_may_have_its_own_words(browser, session):
    session.add_all(
        [
            Setting(key="home_title", value="Parlons <b>numérique</b>"),
            Setting(key="help_phone", value="03 83 00 00 00"),
        ]
    )
    session.commit()
    page = browser.get("/")
    assert "Parlons <b>numérique</b>" in page.words()
    assert "tel:0383000000" in browser.get("/help").links()


@pytest.mark.parametrize("path", NEED_SETTINGS)
def test_what_is_missing_is_told_to_organisers_only(browser, make, path):
    name = NEED_SETTINGS[path]
    assert name not in browser.get(path).text
    assert name not in browser.again().as_(make.account()).get(path).text
    assert name in browser.again().as_(make.account("organiser")).get(path).text


def test_nothing_is_said_once_it_is_filled_in(browser, session, make):
    session.add_all(
        Setting(key=key, value="Rempli") for key in ("help_name", "help_phone", "help_email")
    )
    session.commit()
    assert "help_phone" not in browser.as_(make.account("organiser")).get("/help").text


def test_the_accessibility_statement_is_in_the_order_of_the_law(browser):
    page = browser.get("/accessibility")
    titles = ["".join(h.itertext()) for h in page.all("h2")][:6]
    assert len(titles) == 6
    assert "75342 Paris CEDEX 07" in page.words()
    assert "https://formulaire.defenseurdesdroits.fr/" in page.links()


@pytest.mark.parametrize("chosen", ["fr", "en"])
def test_the_language_is_kept_and_leads_back(app, browser, chosen):
    page = browser.get("/help")
    page = browser.submit(page, action="/language", locale=chosen)
    assert page.url.endswith("/help")
    assert next(iter(page.all("html"))).get("lang") == chosen


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil", "x"])
def test_the_language_leads_nowhere_else(browser, target):
    page = browser.get("/help")
    page = browser.submit(page, action="/language", locale="de", next=target)
    assert page.url.rstrip("/") in ("", "http://localhost")


@pytest.fixture
def joined(app, session, make, now):
    """Join a document to a consultation, its bytes in the data folder."""

    def join(content=b"%PDF-1.4", name="dossier.pdf", **facts):
        consultation = make.consultation(**facts)
        document = Document(
            consultation_id=consultation.id,
            title="Le dossier",
            file_name=name,
            media_type="application/pdf",
            size=len(content),
            sha256="0" * 64,
            created_at=now,
        )
        session.add(document)
        session.commit()
        folder = app.config["DATA_DIR"] / "documents"
        folder.mkdir(exist_ok=True)
        (folder / document.id).write_bytes(content)
        return document

    return join


NAMES = ["dossier.pdf", 'a"b.pdf', "été œuvre.pdf", "a\r\nSet-Cookie: x=1.pdf", "x\u202efdp.exe"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_document_is_downloaded_and_never_opened_as_a_page(app, joined, name):
    document = joined(name=name)
    with app.test_client().get(f"/documents/{document.id}") as response:
        assert response.status_code == 200
        assert response.data == b"%PDF-1.4"
        headers = response.headers
        assert headers["Content-Disposition"].startswith("attachment")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers
        assert "\u202e" not in headers["Content-Disposition"]


@pytest.mark.parametrize("facts", [{"access": "listed"}, {"published_at": None}])
def test_a_document_of_a_private_consultation_is_missing(app, joined, facts):
    document = joined(**facts)
    client = app.test_client()
    assert client.get(f"/documents/{document.id}").status_code == 404


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fsecret.key", "%00", "x" * 300])
def test_a_document_that_is_not_there_is_missing(app, joined, name):
    joined()
    assert app.test_client().get(f"/documents/{name}").status_code == 404


def test_a_document_without_its_file_is_missing(app, joined):
    document = joined()
    (app.config["DATA_DIR"] / "documents" / document.id).unlink()
    assert app.test_client().get(f"/documents/{document.id}").status_code == 404
