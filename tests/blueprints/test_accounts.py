import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Account, AccountSession, Answer, Contribution, Mail
from consult.services import accounts
from tests.browser import fields


def letters(session):
    session.rollback()
    return session.scalars(select(Mail).order_by(Mail.created_at)).all()


def link_in(mail):
    return re.search(r"http://localhost(/\S+)", mail.body).group(1)


def code_in(mail):
    return re.search(r"\b([0-9]{6})\b", mail.body).group(1)


def ask(browser, email="ada@exemple.fr"):
    return browser.submit(browser.get("/sign-in"), "/sign-in", email=email)


def test_a_link_signs_in_after_its_button(browser, session):
    sent = ask(browser)
    assert "ada@exemple.fr" in sent.words()
    link = link_in(letters(session)[0])
    for _ in range(2):
        assert browser.get(link).response.headers["Referrer-Policy"] == "no-referrer"
    assert browser.get("/account").url.endswith("/sign-in")
    browser.submit(browser.get(link), link)
    assert "ada@exemple.fr" in browser.get("/account").words()
    assert browser.get(link).status == 422


def test_a_code_signs_in_on_another_page(browser, session):
    sent = ask(browser)
    code = code_in(letters(session)[0])
    wrong = browser.submit(sent, "/sign-in/code", code="000000" if code != "000000" else "111111")
    assert wrong.status == 422
    browser.submit(wrong, "/sign-in/code", code=f" {code[:3]} {code[3:]} ")
    assert browser.get("/account").status == 200


def test_five_wrong_codes_close_the_way(browser, session):
    page = ask(browser)
    code = code_in(letters(session)[0])
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        page = browser.submit(page, "/sign-in/code", code=wrong)
        assert page.status == 422
    assert "Essais restants : 0." in page.words()
    assert browser.submit(page, "/sign-in/code", code=code).status == 422


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(browser, session, make):
    known = make.account().email
    pages = [ask(browser.again(), email) for email in (known, "inconnue@exemple.fr")]
    texts = {
        re.sub(r'value="[^"]{30,}"', "", page.text).replace(email, "X")
        for page, email in zip(pages, (known, "inconnue@exemple.fr"), strict=True)
    }
    assert len(texts) == 1
    assert len(letters(session)) == 2
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_one_letter_for_requests_in_a_row(browser, session):
    for _ in range(3):
        ask(browser)
    assert len(letters(session)) == 1


@pytest.mark.parametrize("email", ["", "ada", "a@b\x00.fr", "a@b.fr\nBcc: c@d.fr", "é" * 300])
def test_a_wrong_address_is_said(browser, session, email):
    assert ask(browser, email).status == 422
    assert letters(session) == []


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil", "https://evil.example", "/%09/x"])
def test_no_way_leads_outside(browser, session, target):
    page = browser.get(f"/sign-in?next={target}")
    browser.submit(page, "/sign-in", email="ada@exemple.fr")
    link = link_in(letters(session)[0])
    after = browser.submit(browser.get(link), link)
    assert after.url.startswith("/") or after.url.startswith("http://localhost/")
    assert "evil" not in after.url


def test_signing_out_closes_the_session(browser, session, make):
    browser.as_(make.account())
    page = browser.get("/account")
    response = browser.client.post("/sign-out", data={"csrf_token": token(page)})
    assert "cache" in response.headers["Clear-Site-Data"]
    assert browser.get("/account").url.endswith("/sign-in")
    session.rollback()
    assert session.scalars(select(AccountSession.revoked_at)).one() is not None


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_another_session_can_be_closed_only_by_its_owner(browser, make, session):
    account = make.account()
    first, second = browser.again().as_(account), browser.as_(account)
    page = second.get("/account")
    assert len(page.forms("/account/sessions/close")) == 2
    hashes = session.scalars(select(AccountSession.id_hash)).all()
    stranger = browser.again().as_(make.account())
    for one in hashes:
        stranger.post(
            "/account/sessions/close",
            {"csrf_token": token(stranger.get("/account")), "session": one},
        )
    assert first.get("/account").status == 200
    assert not first.get("/account").url.endswith("/sign-in")
    others = [form for form in page.forms("/account/sessions/close") if list(form.iter("button"))]
    assert len(others) == 1
    second.post("/account/sessions/close", dict(fields(others[0])))
    assert first.get("/account").url.endswith("/sign-in")
    assert not second.get("/account").url.endswith("/sign-in")


def test_every_open_session_is_listed_and_all_others_can_be_closed(browser, make, session, now):
    account, stranger = make.account(), make.account()
    for n in range(24):
        accounts.open_session(
            session,
            account=account,
            address="",
            user_agent=f"Appareil {n:02d}." if n else "Mozilla/5.0 (iPhone) Safari/604.1",
            now=now - timedelta(days=n, minutes=1),
        )
    old = now - timedelta(days=31)
    accounts.open_session(session, account=account, address="", user_agent="Vieux.", now=old)
    accounts.open_session(session, account=stranger, address="", user_agent="", now=now)
    session.commit()
    browser.as_(account)
    first = browser.get("/account")
    second = browser.get(next(link for link in first.links() if "cursor=" in link))
    words = first.words() + second.words()
    assert [words.count(f"Appareil {n:02d}.") for n in range(24)] == [0] + [1] * 23
    assert "Safari sur iPhone" in words and "Mozilla" not in words
    assert "Vieux." not in words
    assert "Dernière visite" in words
    assert browser.get("/account?cursor=x").status == 404
    done = browser.submit(first, "/account/sessions/close-others")
    assert "24 sessions sont fermées." in done.words()
    left = select(func.count()).where(AccountSession.revoked_at.is_(None))
    session.rollback()
    assert session.scalar(left.where(AccountSession.account_id == stranger.id)) == 1
    assert session.scalar(left.where(AccountSession.account_id == account.id)) == 2
    assert "Appareil" not in browser.get("/account").words()


def test_a_session_in_use_is_noted_once_in_ten_minutes(
    browser, make, session, statements, now, clock
):
    browser.as_(make.account())

    def visit(minutes):
        clock.shift(now + timedelta(minutes=minutes) - datetime.now(UTC))
        with statements() as seen:
            assert browser.get("/account").url == "/account"
        session.rollback()
        return session.scalars(select(AccountSession.last_seen_at)).one(), len(seen)

    first, usual = visit(9)
    assert first - now < timedelta(minutes=1)
    noted, one_more = visit(11)
    assert noted - now >= timedelta(minutes=11)
    assert one_more == usual + 1
    assert visit(20) == (noted, usual)


def test_a_shared_computer_forgets(browser, make, session):
    theme = make.theme(make.consultation(slug="c"), number=1)
    make.question(theme, number=1)
    here = "/consultations/c/questions/1-1"
    receipt = browser.submit(browser.get(here), f"{here}/send", value="Un secret.")
    assert "Un secret." in browser.get("/follow-up").text
    browser.submit(receipt, "/done")
    assert "Un secret." not in browser.get("/follow-up").text
    browser.submit(browser.get(here), f"{here}/send", value="De quelqu'un d'autre.")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Contribution)) == 2


@pytest.fixture
def verified(make):
    theme = make.theme(make.consultation(slug="v", access="email"), number=1)
    return make.question(theme, number=1)


def answer(browser, text="En attente."):
    here = "/consultations/v/questions/1-1"
    return browser.submit(browser.get(here), f"{here}/send", value=text)


def test_an_answer_waits_for_its_address(browser, session, verified):
    receipt = answer(browser)
    found = session.scalars(select(Answer)).one()
    number = session.scalars(select(Contribution.tracking_number)).one()
    assert found.state == "awaiting"
    assert browser.again().get(f"/answers/{found.id}").status == 404
    confirm = f"/answers/{found.id}/confirm"
    assert browser.submit(receipt, confirm, email="nulle part").status == 422
    browser.submit(browser.get(f"/answers/{found.id}/receipt"), confirm, email="ada@exemple.fr")
    link = link_in(letters(session)[0])
    page = browser.get(link)
    assert "En attente." in page.words()
    session.refresh(found)
    assert found.state == "awaiting"
    done = browser.submit(page, link)
    session.refresh(found)
    assert found.state == "published"
    assert number in done.words()
    session.refresh(verified)
    assert verified.answers == 1
    assert browser.again().get(f"/answers/{found.id}").status == 200


def test_an_answer_is_published_from_another_device(browser, session, verified):
    answer(browser)
    found = session.scalars(select(Answer)).one()
    confirm = f"/answers/{found.id}/confirm"
    browser.submit(browser.get(f"/answers/{found.id}/receipt"), confirm, email="ada@exemple.fr")
    other = browser.again()
    link = link_in(letters(session)[0])
    other.submit(other.get(link), link)
    session.refresh(found)
    assert found.state == "published"
    assert "En attente." in other.get("/account").words()
    number = session.scalars(select(Contribution.tracking_number)).one()
    assert (
        "En attente."
        in browser.submit(browser.get("/follow-up"), "/follow-up", number=number).words()
    )


def test_a_code_shows_first_what_was_written_on_another_device(browser, session, verified):
    answer(browser, "Un texte d'ailleurs.")
    found = session.scalars(select(Answer)).one()
    ask(browser)  # whoever wrote it asks a way in for the address of someone else
    owner = browser.again()
    code = code_in(letters(session)[0])
    page = owner.submit(ask(owner), "/sign-in/code", code=code)
    assert "Un texte d'ailleurs." in page.words()
    session.refresh(found)
    assert found.state == "awaiting"
    assert owner.get("/account").url.endswith("/sign-in")
    owner.submit(page, "/sign-in/code")
    session.refresh(found)
    assert found.state == "published"


def test_who_has_a_confirmed_address_is_published_at_once(browser, session, make, verified):
    browser.as_(make.account())
    answer(browser)
    assert session.scalars(select(Answer.state)).one() == "published"


def test_an_old_link_publishes_nothing(browser, session, verified, clock, now):
    answer(browser)
    found = session.scalars(select(Answer)).one()
    confirm = f"/answers/{found.id}/confirm"
    browser.submit(browser.get(f"/answers/{found.id}/receipt"), confirm, email="ada@exemple.fr")
    link = link_in(letters(session)[0])
    page = browser.get(link)
    clock.shift(now + timedelta(hours=25) - datetime.now(UTC))
    assert browser.submit(page, link).status == 422
    session.refresh(found)
    assert found.state == "awaiting"
