import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from consult.models import Answer, Draft, ListedPerson, Mail, Participant

HERE = "/consultations/envoi/questions/1-1"


@pytest.fixture
def consultation(make):
    found = make.consultation(slug="envoi")
    make.question(make.theme(found, number=1), number=1)
    return found


def number_of(session, model=Answer):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_new_browser_sending_twice_at_once_is_one_person(app, session, consultation):
    first = app.test_client()
    page = first.get(HERE).get_data(as_text=True)
    fields = dict(re.findall(r'name="(csrf_token|key)" value="([^"]+)"', page))
    cookie = first.get_cookie("session").value
    barrier = Barrier(4)

    def send(_n):
        client = app.test_client()
        client.set_cookie("session", cookie)
        barrier.wait()
        return client.post(f"{HERE}/send", data=fields | {"value": "Une fois."}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {303}
    assert number_of(session) == 1
    assert number_of(session, Participant) == 1


def test_the_draft_saves_itself_beside_the_text(app, session, consultation):
    client = app.test_client()
    page = client.get(HERE).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    assert f'hx-post="{HERE}/draft" hx-trigger="input delay:2s"' in page
    data = {"csrf_token": token, "value": "Je tape"}
    saved = client.post(f"{HERE}/draft", data=data, headers={"HX-Request": "true"})
    assert saved.get_data(as_text=True).startswith('<p id="draft-status" role="status">')
    assert number_of(session, Draft) == 1
    assert "Je tape" in client.get(HERE).get_data(as_text=True)


def test_a_late_save_leaves_no_draft_of_what_was_sent(browser, session, consultation):
    page = browser.get(HERE)
    browser.submit(page, f"{HERE}/send", value="Envoyé.")
    browser.submit(page, f"{HERE}/send", button=f"{HERE}/draft", value="Envoyé.")
    assert number_of(session, Draft) == 0


def test_sent_again_after_an_old_token_is_the_same_text(browser, session, consultation):
    page = browser.get(HERE)
    browser.submit(page, f"{HERE}/send", value="Une fois.")
    refused = browser.submit(page, f"{HERE}/send", value="Une fois.", csrf_token="vieux")
    assert refused.status == 400
    assert "Une fois." in refused.text
    receipt = browser.submit(refused, f"{HERE}/send")
    assert receipt.url.endswith("/receipt")
    assert number_of(session) == 1


def test_a_correction_sent_again_after_an_old_token_keeps_its_version(
    browser, session, consultation
):
    browser.submit(browser.get(HERE), f"{HERE}/send", value="Un.")
    edit = f"/statements/{session.scalars(select(Answer.id)).one()}/edit"
    page = browser.get(edit)
    late = browser.submit(page, edit, value="Trois.", csrf_token="vieux")
    browser.submit(page, edit, value="Deux.")
    assert browser.submit(late, edit).status == 409
    kept = browser.submit(browser.get(edit), edit, value="Quatre.", csrf_token="vieux")
    assert browser.submit(kept, edit).status == 200
    session.rollback()
    assert session.scalars(select(Answer.body)).one() == "Quatre."


def test_the_signature_is_remembered_and_said(browser, session, consultation):
    page = browser.get(HERE)
    check = browser.submit(page, f"{HERE}/send", button=f"{HERE}/check", value="Un.")
    missing = browser.submit(check, f"{HERE}/send", signed_as="name")
    assert missing.status == 422
    assert "Un." in missing.text
    browser.submit(missing, f"{HERE}/send", signed_as="name", signature="Ada", territory="D-54")
    again = browser.get(HERE)
    assert "Ada" in again.words()
    browser.submit(again, f"{HERE}/send", value="Deux.")
    signed = session.scalars(select(Answer.signature)).all()
    assert signed == ["Ada", "Ada"]


@pytest.mark.parametrize(
    "fields",
    [
        {"signed_as": "king"},
        {"signed_as": "pseudonym", "signature": "\x00"},
        {"actor_kind": "alien"},
        {"territory": "Z-99"},
        {"territory": ["D-54", "D-51"]},
        {"further": "inconnue"},
        {"value": ["a", "b"]},
        {"key": "k" * 200},
    ],
)
def test_what_the_form_never_offered_is_refused(browser, session, consultation, fields):
    page = browser.get(HERE)
    refused = browser.submit(page, f"{HERE}/send", **{"value": "Un texte."} | fields)
    assert refused.status == 422
    assert number_of(session) == 0


def test_whoever_is_not_on_the_list_does_not_know_of_it(browser, session, make, consultation):
    page = browser.get(HERE)
    consultation.access = "listed"
    listed, owner = make.account(), make.account("organiser")
    consultation.owner_id = owner.id
    session.add(ListedPerson(consultation_id=consultation.id, email=listed.email))
    session.commit()
    assert browser.get(HERE).status == 404
    assert browser.submit(page, f"{HERE}/send", value="x").status == 404
    of_owner = browser.again().as_(owner)
    seen = of_owner.get(HERE)
    assert not seen.forms(f"{HERE}/send")
    data = {"csrf_token": token(of_owner.get("/follow-up")), "value": "x"}
    assert of_owner.post(f"{HERE}/send", data).status == 403
    assert of_owner.post(f"{HERE}/draft", data).status == 403
    member = browser.again().as_(listed)
    assert member.submit(member.get(HERE), f"{HERE}/send", value="Oui.").status == 200
    assert number_of(session) == 1


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_the_receipt_asks_no_address_of_whoever_has_an_account(
    browser, session, make, consultation
):
    account = make.account()
    browser.as_(account)
    receipt = browser.submit(browser.get(HERE), f"{HERE}/send", value="Un.")
    assert account.email in receipt.words()
    path = f"/answers/{session.scalars(select(Answer.id)).one()}/notify"
    assert not receipt.forms(path)
    assert "/account" in browser.get("/follow-up").links()


def test_the_receipt_tells_by_e_mail_once_and_stops(browser, session, consultation):
    receipt = browser.submit(browser.get(HERE), f"{HERE}/send", value="Un.")
    path = f"/answers/{session.scalars(select(Answer.id)).one()}/notify"
    assert browser.submit(receipt, path, email="nulle part").status == 422
    for _ in range(2):
        browser.submit(receipt, path, email="ada@exemple.fr")
    mail = session.scalars(select(Mail)).one()
    assert mail.recipient == "ada@exemple.fr"
    assert re.search(r"GE-\w{5}-\w{5}", mail.subject)
    assert browser.submit(receipt, path, email="").status == 200
    stranger = browser.again()
    data = {"csrf_token": token(stranger.get("/follow-up")), "email": "eve@exemple.fr"}
    assert stranger.post(path, data).status == 404
    assert number_of(session, Mail) == 1
