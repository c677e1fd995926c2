from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Answer, Contribution, Draft, Statement


@pytest.fixture
def question(make):
    consultation = make.consultation(slug="numerique")
    theme = make.theme(consultation, number=1, label="I")
    return make.question(theme, number=1, why="Pour préparer la stratégie.")


HERE = "/consultations/numerique/questions/1-1"


def count(session, model=Answer, **facts):
    session.rollback()
    query = select(func.count()).select_from(model).filter_by(**facts)
    return session.scalar(query)


def only(session, model=Answer):
    session.rollback()
    return session.scalars(select(model)).one()


def send(browser, text="Plus de médiateurs.", page=None, **fields):
    page = page or browser.get(HERE)
    return browser.submit(page, f"{HERE}/send", value=text, **fields)


def test_one_field_and_one_button_after_the_question(browser, session, question):
    page = browser.get(HERE)
    visible = [
        one.get("name")
        for one in page.forms(f"{HERE}/send")[0].iter()
        if one.tag in ("input", "textarea", "select") and one.get("type") != "hidden"
    ]
    assert visible == ["value"]
    receipt = send(browser, page=page)
    answer = only(session)
    assert (answer.body, answer.state, answer.signed_as) == (
        "Plus de médiateurs.",
        "published",
        "none",
    )
    assert receipt.status == 200
    number = only(session, Contribution).tracking_number
    assert number.startswith("GE-")
    assert number in receipt.words()
    assert any((image.get("alt") or "") for image in receipt.all("img"))


def test_the_check_page_signs_and_addresses(browser, session, make, question):
    other = make.question(make.theme(_consultation(session), number=3))
    page = browser.get(HERE)
    check = browser.submit(
        page, f"{HERE}/send", button=f"{HERE}/check", value="Un lieu par canton."
    )
    assert "Un lieu par canton." in check.words()
    browser.submit(
        check,
        f"{HERE}/send",
        signed_as="organisation",
        organisation="Médiathèque de Nancy",
        function="directrice",
        actor_kind="place",
        territory="D-54",
        further=[other.id],
    )
    answer = only(session)
    assert (answer.signature, answer.function) == ("Médiathèque de Nancy", "directrice")
    assert (answer.actor_kind, answer.territory_code) == ("place", "D-54")
    session.refresh(other)
    assert other.answers == 1
    shown = browser.get(f"/answers/{answer.id}").words()
    assert "Médiathèque de Nancy, directrice" in shown
    assert browser.get("/organisations/mediatheque-de-nancy").status == 200


def _consultation(session):
    from consult.models import Consultation

    return session.scalars(select(Consultation)).first()


def test_the_draft_is_kept_and_comes_back(browser, session, question):
    page = browser.get(HERE)
    browser.submit(page, f"{HERE}/send", button=f"{HERE}/draft", value="Je commence")
    assert only(session, Draft).form == {"value": ["Je commence"]}
    again = browser.get(HERE)
    assert "Je commence" in again.text
    assert "Je commence" not in browser.again().get(HERE).text
    browser.submit(again, f"{HERE}/start-again")
    assert count(session, Draft) == 0


def test_a_refused_text_comes_back_and_is_kept(browser, session, question):
    long = "a" * 20_001
    page = send(browser, long)
    assert page.status == 422
    assert long in page.text
    assert only(session, Draft).form == {"value": [long]}
    assert count(session) == 0


@pytest.mark.parametrize("text", ["", "   ", "nul \x00", "\u200b"])
def test_what_cannot_be_kept_is_refused(browser, session, question, text):
    page = send(browser, text)
    assert page.status == 422
    assert count(session) == 0


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_half_a_pair_of_characters_is_refused(browser, session, question, kind):
    sent = dict(_fields(browser.get(HERE), f"{HERE}/send"))
    if kind == "multipart/form-data":
        parts = [f"name={name}\r\n\r\n{value}" for name, value in sent.items() if name != "value"]
        parts = [f"Content-Disposition: form-data; {part}".encode() for part in parts]
        parts.append(b"Content-Disposition: form-data; name=value\r\n\r\nmoiti\xed\xa0\x80")
        body = b"--x\r\n" + b"\r\n--x\r\n".join(parts) + b"\r\n--x--\r\n"
        kind += "; boundary=x"
    else:
        body = "&".join(f"{name}={value}" for name, value in sent.items() if name != "value")
        body += "&value=moiti%ED%A0%80"
    response = browser.client.post(f"{HERE}/send", data=body, content_type=kind)
    assert response.status_code == 422
    assert count(session) == 0


def test_the_same_form_twice_is_one_answer(browser, session, question):
    page = browser.get(HERE)
    first = send(browser, page=page)
    second = send(browser, page=page)
    assert (first.status, second.status) == (200, 200)
    assert count(session) == 1
    assert first.words() == second.words()


def test_another_form_is_another_answer_of_the_same_contribution(browser, session, question):
    send(browser)
    send(browser, "Autre chose.")
    assert count(session) == 2
    assert count(session, Contribution) == 1


def test_the_key_of_another_person_gives_their_receipt_to_nobody(browser, session, question):
    page = browser.get(HERE)
    key = dict(_fields(page, f"{HERE}/send"))["key"]
    send(browser, "La mienne.", page=page)
    other = browser.again()
    received = send(other, "La sienne.", key=key)
    assert "La mienne." not in received.text
    assert count(session) == 2


def _fields(page, action):
    from tests.browser import fields

    return fields(page.forms(action)[0])


def test_before_the_opening_nothing_is_taken(browser, session, make, clock, question, now):
    page = browser.get(HERE)
    consultation = _consultation(session)
    consultation.opens_at = now + timedelta(days=1)
    session.commit()
    refused = send(browser, page=page)
    assert refused.status == 409
    assert "Plus de médiateurs." in refused.text
    assert count(session) == 0
    assert count(session, Draft) == 0
    assert not browser.get(HERE).forms(f"{HERE}/send")


def test_after_the_close_the_text_comes_back(browser, session, question, now):
    page = browser.get(HERE)
    consultation = _consultation(session)
    consultation.closes_at = now - timedelta(minutes=1)
    session.commit()
    refused = send(browser, page=page)
    assert refused.status == 409
    assert "Plus de médiateurs." in refused.text
    assert count(session) == 0
    assert only(session, Draft).form == {"value": ["Plus de médiateurs."]}
    assert send(browser, page=page).status == 409


def test_whoever_was_typing_at_the_close_has_fifteen_minutes(
    browser, session, question, clock, now
):
    page = browser.get(HERE)
    browser.submit(page, f"{HERE}/send", button=f"{HERE}/draft", value="Je commence")
    consultation = _consultation(session)
    consultation.closes_at = now + timedelta(minutes=5)
    session.commit()
    from datetime import UTC, datetime

    clock.shift(now + timedelta(minutes=21) - datetime.now(UTC))
    assert send(browser, page=page).status == 409
    clock.shift(now + timedelta(minutes=19) - datetime.now(UTC))
    assert send(browser, page=page).status == 200
    assert count(session) == 1


def test_a_hidden_or_unpublished_question_is_missing(browser, session, make, question, now):
    page = browser.get(HERE)
    consultation = _consultation(session)
    consultation.published_at = None
    session.commit()
    assert browser.get(HERE).status == 404
    assert send(browser, page=page).status == 404
    assert browser.get(f"/consultations/numerique/questions/1-{2**63}").status == 404
    assert browser.get("/consultations/numerique/questions/1-9").status == 404
    assert browser.get("/consultations/autre/questions/1-1").status == 404


def test_reading_before_publication(browser, session, question):
    _consultation(session).moderation = "before"
    session.commit()
    send(browser)
    answer = only(session)
    assert answer.state == "pending"
    assert browser.get(f"/answers/{answer.id}").status == 200
    assert browser.again().get(f"/answers/{answer.id}").status == 404


def test_an_old_form_gives_its_text_back(browser, session, question):
    page = browser.get(HERE)
    with browser.client.session_transaction() as kept:
        kept.pop("csrf_token")
    text = "Un texte assez long pour ne pas vouloir le taper une autre fois."
    given_back = send(browser, text, page=page)
    assert given_back.status == 400
    assert text in given_back.text
    browser.submit(given_back, f"{HERE}/send")
    assert only(session).body == text


def test_a_receipt_is_its_author_s(browser, session, question):
    send(browser)
    answer = only(session)
    assert "Votre réponse est publique" in browser.get(f"/answers/{answer.id}/receipt").words()
    answer.state, answer.state_reason = "to_correct", "attack"
    session.commit()
    receipt = browser.get(f"/answers/{answer.id}/receipt").words()
    assert "est publique" not in receipt and "n’est pas public pour le moment" in receipt
    assert "Envoyer le lien" not in browser.get(f"/answers/{answer.id}").words()
    assert browser.again().get(f"/answers/{answer.id}/receipt").status == 404


def test_a_tracking_number_joins_what_another_device_sent(browser, session, question):
    send(browser)
    number = only(session, Contribution).tracking_number
    other = browser.again()
    check = other.submit(other.get(HERE), f"{HERE}/send", button=f"{HERE}/check", value="Encore.")
    wrong = other.submit(check, f"{HERE}/send", tracking_number="GE-AAAAA-AAAAA")
    assert wrong.status == 404
    assert "Encore." in wrong.text
    receipt = other.submit(wrong, f"{HERE}/send", tracking_number=number.lower())
    assert number in receipt.words()
    assert count(session, Draft) == 0
    assert count(session, Contribution) == 1
    assert count(session, Statement) == 2
