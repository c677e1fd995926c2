"""The list of people: checked before it changes, written to, taken off; letters with a code."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from consult import create_app
from consult.extensions import db, limiter
from consult.models import AccessCode, Answer, ListedPerson, Mail
from consult.services import access_codes
from tests.browser import Browser

HERE = "/console/consultations/liste"
PEOPLE, CODES = f"{HERE}/people", f"{HERE}/codes"


@pytest.fixture
def mine(browser, make):
    ada = make.account("organiser", name="Ada")
    browser.as_(ada)
    made = make.consultation(slug="liste", access="listed", owner_id=ada.id)
    make.question(make.theme(made, number=1), number=1)
    return made


def listed(session):
    session.rollback()
    return sorted(session.scalars(select(ListedPerson.email)))


def letters(session):
    session.rollback()
    return session.scalars(select(Mail).where(Mail.dedup_key.like("listed:%"))).all()


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_a_list_is_checked_then_added_and_each_gets_one_letter(browser, session, mine):
    typed = "Nom;Adresse\nBa;awa@x.fr\nmoi\nBa;awa@x.fr\nbob@x.fr"
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people=typed)
    assert "2 nouvelles personnes" in page.words()
    assert "Ligne 3" in page.words() and "moi" in page.words()
    assert listed(session) == []
    page = browser.submit(page, f"{PEOPLE}/add")
    assert "2 personnes ajoutées" in page.words() and "2 e-mails" in page.words()
    assert listed(session) == ["awa@x.fr", "bob@x.fr"]
    assert sorted(mail.recipient for mail in letters(session)) == ["awa@x.fr", "bob@x.fr"]
    body = letters(session)[0].body
    assert "http://localhost/sign-in?next=/consultations/liste" in body
    again = browser.submit(browser.get(PEOPLE), PEOPLE, people=typed)
    assert "2 déjà sur la liste" in again.words()
    assert not again.forms(f"{PEOPLE}/add")


def test_whoever_got_the_letter_comes_in(browser, session, make, mine):
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people="awa@x.fr")
    browser.submit(page, f"{PEOPLE}/add")
    awa = browser.again()
    path = re.search(r"http://localhost(/sign-in\S+)", letters(session)[0].body)[1]
    awa.submit(awa.get(path), "/sign-in", email="awa@x.fr")
    session.rollback()
    mail = session.scalars(select(Mail).where(Mail.dedup_key.like("way-in:%"))).one()
    link = re.search(r"/sign-in/\S+", mail.body)[0]
    assert awa.submit(awa.get(link), link).url.endswith("/consultations/liste")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_each_writing(browser, session, mine, encoding):
    content = "Prénom,Courriel\r\nÉlise,elise@x.fr\r\n".encode(encoding)
    data = {"csrf_token": token(browser.get(PEOPLE)), "file": (BytesIO(content), "liste.csv")}
    response = browser.client.post(PEOPLE, data=data, content_type="multipart/form-data")
    assert response.status_code == 200
    assert "elise@x.fr" in response.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["", "personne ici", "x" * 900_001])
def test_a_list_that_holds_nothing_comes_back(browser, session, mine, typed):
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people=typed)
    assert page.status == 422
    assert typed[:12] in page.text
    page = browser.post(f"{PEOPLE}/add", {"csrf_token": token(page), "people": ""})
    assert page.status == 422


def test_a_draft_keeps_its_letters(browser, session, mine):
    mine.published_at = None
    session.commit()
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people="awa@x.fr")
    assert "Aucun e-mail" in page.words()
    page = browser.submit(page, f"{PEOPLE}/add")
    assert listed(session) == ["awa@x.fr"] and letters(session) == []
    assert browser.post(f"{PEOPLE}/letters", {"csrf_token": token(page)}).status == 409


def test_the_silent_are_written_to_once_a_day(browser, session, mine, clock, now):
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people="awa@x.fr")
    page = browser.submit(page, f"{PEOPLE}/add")
    assert not page.forms(f"{PEOPLE}/letters")
    assert (
        "rien à envoyer" in browser.post(f"{PEOPLE}/letters", {"csrf_token": token(page)}).words()
    )
    clock.shift(now + timedelta(days=1, minutes=1) - datetime.now(UTC))
    page = browser.submit(browser.get(PEOPLE), f"{PEOPLE}/letters")
    assert "2 e-mails, le dernier" in page.words()
    assert len(letters(session)) == 2


def test_someone_is_taken_off(browser, session, mine):
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people="awa@x.fr")
    page = browser.submit(page, f"{PEOPLE}/add")
    browser.submit(page, f"{PEOPLE}/delete")
    assert listed(session) == []
    assert browser.post(f"{PEOPLE}/delete", {"csrf_token": token(page), "email": "x"}).status == 422
    data = {"csrf_token": token(page), "email": "awa@x.fr"}
    assert browser.post(f"{PEOPLE}/delete", data).status == 404


def printed(browser, **typed):
    page = browser.submit(browser.get(CODES), CODES, **typed)
    return page, re.findall(r'<p class="number">([^<]+)</p>', page.text)


def test_letters_are_printed_once_and_a_code_lets_in_from_any_device(browser, session, mine):
    page, codes = printed(browser, names="Awa Ba\nBob")
    assert "Awa Ba" in page.words() and len(codes) == 2
    assert page.text.count("data:image/svg+xml") == 2
    assert session.scalars(select(AccessCode.name)).all() == ["", ""]
    assert not any(code in browser.get(CODES).text for code in codes)
    awa, question = browser.again(), "/consultations/liste/questions/1-1"
    assert awa.get(question).status == 404
    shown = awa.submit(awa.get(f"/code?code={codes[0]}"), "/code")
    assert shown.url.endswith("/consultations/liste")
    awa.submit(awa.get(question), f"{question}/send", value="Ma réponse.")
    phone = browser.again()
    phone.submit(phone.get("/code"), "/code", code=codes[0].lower())
    assert "Ma réponse." in phone.get("/follow-up").text
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Answer)) == 1
    bob = phone.submit(phone.get("/code"), "/code", code=codes[1])
    assert bob.status == 200
    assert "Ma réponse." not in phone.get("/follow-up").text
    words = browser.get(CODES).words()
    assert "2 codes" in words and "2 utilisés" in words


def first_code(page):
    """The address that takes the first letter's code back."""
    urls = [form.get("action") for form in page.forms()]
    return next(url for url in urls if re.search(r"/codes/\w{18}/delete", url))


def test_a_code_taken_back_shuts_the_door(browser, session, mine):
    page, (code, other) = printed(browser, number="2")
    awa = browser.again()
    awa.submit(awa.get("/code"), "/code", code=code)
    page = browser.get(CODES)
    browser.submit(page, first_code(page))
    assert awa.get("/consultations/liste").status == 404
    assert awa.submit(awa.get("/code"), "/code", code=code).status == 422
    page = browser.get(CODES)
    url = next(f.get("action") for f in page.forms() if "/printings/" in f.get("action"))
    assert "1 code ne marche plus" in browser.submit(page, url).words()
    assert awa.submit(awa.get("/code"), "/code", code=other).status == 422
    for wrong in (f"{CODES}/zzz/delete", f"{CODES}/printings/zzz/delete", f"{CODES}/é/delete"):
        assert browser.post(wrong, {"csrf_token": token(page)}).status == 404


def test_the_same_form_prints_once(browser, session, mine):
    first = browser.get(CODES)
    browser.submit(first, CODES, number="2")
    assert browser.submit(first, CODES, number="2").status == 409
    for wrong in ("0", "beaucoup", "501"):
        page = browser.submit(browser.get(CODES), CODES, number=wrong)
        assert page.status == 422 and wrong in page.text
    assert session.scalar(select(func.count()).select_from(AccessCode)) == 2


def test_whoever_is_signed_in_signs_out_first(browser, mine):
    _page, (code,) = printed(browser, number="1")
    page = browser.submit(browser.get("/code"), "/code", code=code)
    assert page.status == 409 and code in page.text


@pytest.mark.parametrize("typed", ["", "7K4M-2PX9-QHTW-3EFG", "\x00", "é" * 5000])
def test_a_wrong_code_is_said(browser, typed):
    page = browser.submit(browser.get("/code"), "/code", code=typed)
    assert page.status == 422
    assert "Ce code" in page.words()


@pytest.fixture
def limited(app, monkeypatch):
    """The same application, with its limits."""
    monkeypatch.setattr(limiter, "enabled", False)
    kept = ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "TESTING", "SECRET_KEY", "BASE_URL")
    limited = create_app({name: app.config[name] for name in kept} | {"RATELIMIT_ENABLED": True})
    yield limited
    limiter.reset()
    with limited.app_context():
        db.engine.dispose()


def test_guesses_are_counted_by_address_and_right_codes_are_not(limited, session, mine, now):
    asked = access_codes.Printing("lot", 1)
    (letter,) = access_codes.make(session, mine, asked, actor="account:x", now=now)
    session.commit()
    browser = Browser(limited)
    page = browser.get("/code")

    def enter(code, address, **headers):
        data = {"csrf_token": token(page), "code": code}
        where = {"REMOTE_ADDR": address}
        found = browser.client.post("/code", data=data, headers=headers, environ_overrides=where)
        return found.status_code

    assert {enter(letter.code, "198.51.100.1") for _ in range(30)} == {303}
    forwarded = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(25)]
    seen = [enter("faux", "198.51.100.1", **headers) for headers in forwarded]
    assert seen == [422] * 20 + [429] * 5
    assert enter(letter.code, "198.51.100.1") == 429
    assert enter(letter.code, "198.51.100.2") == 303


def test_the_pages_cost_few_statements(browser, mine, statements):
    people = "\n".join(f"p{n}@x.fr" for n in range(100))
    page = browser.submit(browser.get(PEOPLE), PEOPLE, people=people)
    browser.submit(page, f"{PEOPLE}/add")
    browser.submit(browser.get(CODES), CODES, number="30")
    for url in (PEOPLE, CODES):
        with statements() as seen:
            first = browser.get(url)
        assert len(seen) <= 6, seen
        following = next(link for link in first.links() if "cursor=" in link)
        assert browser.get(following).status == 200
