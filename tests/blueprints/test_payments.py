"""Payments seen by those who pay and those who receive; what the call changed, by anyone."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from consult.blueprints.payments import jobs
from consult.models import BankDetails, Mail, Payment, PaymentFile, ProjectReport
from consult.services import payments
from tests import open_calls
from tests import payments as split
from tests.domain.test_photos import picture
from tests.payments import IBANS, PAYER, entry, statement


@pytest.fixture
def one(make, session, now):
    """A closed call whose split is published; someone runs it."""
    found = split.awarded(make)
    found.officer = make.account("local_authority")
    open_calls.runs(make, found.call, found.officer)
    found.board = f"/open-calls/{found.call.slug}/payments"
    found.paths = [f"/projects/{project.id}" for project in found.projects]
    return found


def upload(name, content):
    return (BytesIO(content), name)


def test_from_the_split_to_the_bank_and_back(browser, session, make, now, one):
    officer = browser.as_(one.officer)
    page = officer.get(one.board)
    assert "Les paiements ne suivent pas" in page.words()
    page = officer.submit(page, f"{one.board}/prepare")
    assert "À payer : 2 000,01 €" in page.words().replace("\u202f", " ").replace("\xa0", " ")
    page = officer.submit(page, f"{one.board}/account", holder=PAYER.holder, iban="FR76")
    assert page.status == 422 and "Cet IBAN n'est pas bon." in page.words()
    assert PAYER.holder in page.text
    page = officer.submit(page, f"{one.board}/account", holder=PAYER.holder, iban=PAYER.iban)
    assert PAYER.iban not in page.text and PAYER.iban[-4:] in page.text
    page = officer.submit(page, f"{one.board}/files")
    assert page.status == 409 and "Rien ne peut être payé" in page.words()

    carrier = browser.again().as_(one.people[0])
    mine = carrier.get(f"{one.paths[0]}/payment")
    assert "Votre projet reçoit 800" in mine.words()
    given = {"holder": "Association Été", "iban": IBANS[0]}
    assert carrier.submit(mine, f"{one.paths[0]}/payment", **given | {"iban": "x"}).status == 422
    mine = carrier.submit(mine, f"{one.paths[0]}/payment", **given)
    assert "0189" in mine.words() and IBANS[0] not in mine.text

    page = officer.submit(sees_whom_to_pay(officer, one), f"{one.board}/files")
    (made,) = session.scalars(select(PaymentFile)).all()
    link = f"{one.board}/files/{made.id}"
    assert link in page.links()
    sent = officer.get(link)
    assert sent.response.mimetype == "application/xml" and IBANS[0] in sent.text
    assert browser.again().as_(one.people[0]).get(link).status in (403, 404)

    payment = session.scalars(select(Payment).where(Payment.state == "sent")).one()
    content = statement(
        entry(payment.end_to_end, "800.00", IBANS[0]), entry("AUTRE", "12.00", IBANS[1])
    )
    page = officer.submit(page, f"{one.board}/bank-statement", file=upload("r.xml", content))
    assert "1 paiement fait" in page.words() and "AUTRE" in page.words()
    assert "Payé le 23 novembre 2026" in carrier.get(f"{one.paths[0]}/payment").words()
    page = officer.get(one.board)
    assert officer.get(link).status == 404 and "Tout est réglé" in page.words()


def sees_whom_to_pay(officer, one):
    """The board says to whom, the statement the whole number."""
    page = officer.get(one.board)
    assert "À Association Été, FR•• •••• 0189" in page.words().replace("\xa0", " ")
    assert IBANS[0] in officer.get(f"{one.board}/statement").text
    return page


def test_one_press_marks_a_payment_and_one_brings_it_back(browser, session, now, one, statements):
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    first, second = session.scalars(select(Payment).order_by(Payment.id)).all()
    officer = browser.as_(one.officer)
    page = officer.submit(officer.get(one.board), f"{one.board}/{first.id}/paid")
    assert "Payé le 23 novembre 2026" in page.words()
    token = {"csrf_token": page.forms()[0].find(".//input[@name='csrf_token']").get("value")}
    again = officer.post(f"{one.board}/{first.id}/paid", token)
    assert again.status == 409 and "déjà réglé" in again.words()
    back = f"{one.board}/{first.id}/returned"
    assert officer.submit(page, back, reason="").status == 422
    page = officer.submit(page, back, reason="Compte fermé")
    assert "Compte fermé" in page.words() and len(page.forms(f"{one.board}/{second.id}/paid")) == 2
    for key in ("x" * 18, "%00", "é"):
        assert officer.post(f"{one.board}/{key}/paid", token).status == 404
    late = officer.post(f"{one.board}/{second.id}/paid", {**token, "on": "2027-01-01"})
    assert late.status == 422
    with statements() as seen:
        officer.get(one.board)
    assert len(seen) <= 13, seen


def test_money_asks_again_who_is_there(browser, session, now, one, clock):
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    payment = session.scalars(select(Payment).order_by(Payment.id)).first()
    officer = browser.as_(one.officer)
    clock.shift(now + timedelta(minutes=20) - datetime.now(UTC))
    page = officer.submit(officer.get(one.board), f"{one.board}/{payment.id}/paid")
    assert page.status == 422
    session.refresh(payment)
    assert payment.state == "to_pay"


def test_a_change_of_account_is_told_and_a_lost_award_is_said(browser, session, make, now, one):
    carrier, path = browser.as_(one.people[0]), f"{one.paths[0]}/payment"
    for iban in IBANS[:2]:
        carrier.submit(carrier.get(path), path, holder="Association Été", iban=iban)
    told = session.scalars(select(Mail).where(Mail.subject.contains("ont changé"))).one()
    assert told.recipient == one.people[0].email and IBANS[1] not in told.body
    payments.plan(session, one.call, actor="system", now=now)
    query = select(Payment).where(Payment.project_id == one.projects[0].id)
    payment = session.scalars(query).one()
    made = payments.Made("")
    payments.mark_paid(session, one.call, payment.id, made, by=one.officer, now=now)
    split.decide(make, one.call, {(one.projects[1], 1): 200_001}, number=2)
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    page = carrier.get(path)
    words = page.words().replace("\xa0", " ").replace("\u202f", " ")
    assert "votre projet ne reçoit plus rien" in words and "payé de 800 € en trop" in words
    assert "Payé le" in words and not page.forms(path)


def test_papers_for_the_accountant(browser, session, now, one):
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    officer = browser.as_(one.officer)
    project = one.projects[0]
    for what in ("annex", "statement", f"agreement/{project.id}"):
        page = officer.get(f"{one.board}/{what}")
        assert project.title in page.words() and "800" in page.words()
        for link in (link for link in page.links() if link.startswith(f"{one.board}/{what}.")):
            sent = officer.client.get(link)
            if link.endswith(".pdf"):
                assert sent.get_data().startswith(b"%PDF-1.7")
                continue
            with zipfile.ZipFile(BytesIO(sent.get_data())) as archive:
                assert project.title in archive.read("content.xml").decode()
    assert officer.get(f"{one.board}/agreement/{'x' * 18}").status == 404
    assert "sert à ce projet" in page.words()
    here = f"/console/open-calls/{one.call.slug}/edit"
    officer.submit(officer.get(here), here, promises="Le logo de la ville.\nUn repas partagé.")
    words = officer.get(f"{one.board}/agreement/{project.id}").words()
    assert "Un repas partagé." in words and "sert à ce projet" not in words


def test_what_was_typed_comes_back_and_a_project_that_leaves_is_told_to_officers(
    browser, session, now, one
):
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    officer = browser.as_(one.officer)
    due = session.scalars(select(Payment).order_by(Payment.id)).first()
    typed = {"on": "2040-01-01", "reference": "Mandat 12"}
    page = officer.submit(officer.get(one.board), f"{one.board}/{due.id}/paid", **typed)
    assert page.status == 422 and 'value="Mandat 12"' in page.text
    carrier, here = browser.again().as_(one.people[0]), one.paths[0]
    given = {"holder": "Association Été", "iban": "FR76 9999"}
    page = carrier.submit(carrier.get(f"{here}/payment"), f"{here}/payment", **given)
    assert page.status == 422 and 'value="FR76 9999"' in page.text
    leave = f"{here}/withdraw"
    one.call.closes_at = now - timedelta(days=1)
    session.commit()
    page = carrier.submit(carrier.get(leave), leave, reason="a" * 1_001)
    assert page.status == 422 and "a" * 1_001 in page.text
    carrier.submit(page, leave, reason="La salle a brûlé.")
    told = session.scalars(select(Mail).where(Mail.recipient == one.officer.email)).one()
    assert "La salle a brûlé." in told.body and "/split/prepare" in told.body


def test_only_those_who_run_the_call_see_its_payments(browser, session, make, one):
    assert "Me connecter" in browser.get(one.board).words()
    other = make.account("local_authority")
    open_calls.runs(make, open_calls.call(make), other)
    stranger = browser.as_(other)
    for path in (one.board, f"/open-calls/{one.call.slug}/in-kind", f"{one.board}/annex"):
        assert stranger.get(path).status == 403
    for path in (f"{one.paths[0]}/payment", f"{one.paths[0]}/report"):
        assert stranger.get(path).status == 404
    assert stranger.client.get("/projects/%00/payment").status_code == 404
    early = open_calls.call(make, officer=other)
    page = stranger.get(f"/open-calls/{early.slug}/payments")
    assert "Aucun partage n'est encore publié" in page.words()
    assert stranger.get(f"/open-calls/{early.slug}/payments/annex").status == 404


def test_help_in_kind_is_lent_and_given_back(browser, session, one):
    officer, path = browser.as_(one.officer), f"/open-calls/{one.call.slug}/in-kind"
    lent = {"project_id": one.projects[0].id, "kind": "equipment", "what": "Malle", "quantity": "3"}
    for wrong in ("a\0", "x" * 18, ""):
        page = officer.submit(officer.get(path), path, **lent | {"project_id": wrong})
        assert page.status == 422
    page = officer.submit(officer.get(path), path, **lent | {"quantity": "x"})
    assert page.status == 422 and 'value="Malle"' in page.text
    page = officer.submit(page, path, **lent)
    assert "Malle" in page.words()
    back = next(f.get("action") for f in page.forms() if f.get("action").endswith("given-back"))
    page = officer.submit(page, back)
    assert "Rendu le 23 novembre 2026" in page.words()
    token = {"csrf_token": page.forms(path)[0].find(".//input[@name='csrf_token']").get("value")}
    assert officer.post(back, token).status == 409
    assert officer.post(f"{path}/{'x' * 18}/given-back", token).status == 404
    assert "Malle" in browser.again().get(f"/open-calls/{one.call.slug}/changed").words()


def test_a_report_is_kept_then_published_for_all(browser, session, one, statements):
    carrier, path = browser.as_(one.people[0]), f"{one.paths[0]}/report"
    changed = f"/open-calls/{one.call.slug}/changed"
    anyone = browser.again()
    assert "Aucun projet n'a encore dit" in anyone.get(changed).words()
    page = carrier.submit(carrier.get(path), path, done="", spent="12")
    assert page.status == 422 and 'value="12"' in page.text
    told = {"done": "Dix ateliers.\nEt <b>un</b> bal.", "spent": "750,50", "people": "40"}
    photo = {"photo": upload("p.jpg", picture()), "photo_shows": "Un atelier"}
    page = carrier.submit(page, path, **told, **photo)
    shown = f"{path}/photo"
    assert anyone.get(shown).status == 404
    page = carrier.submit(page, path, publish="1")
    found = session.scalars(select(ProjectReport)).one()
    assert found.published_at is not None and found.spent_cents == 75_050
    page = anyone.get(changed)
    assert "Et <b>un</b> bal." in page.words() and "40 personnes" in page.words()
    with anyone.client.get(shown) as sent:
        assert sent.mimetype == "image/jpeg"
    first = carrier.get(path)
    again = {"photo": upload("q.png", picture("PNG")), "photo_shows": "La salle"}
    carrier.submit(first, path, **again, publish="1")
    stale = carrier.submit(first, path, done="Autre", publish="1")
    assert stale.status == 409 and "Autre" in stale.text
    anyone.get(changed)
    with statements() as seen:
        anyone.get(changed)
    assert len(seen) <= 5, seen
    assert anyone.get(f"{changed}?cursor=zzz").status == 404


def test_a_project_that_receives_nothing_has_no_payment(browser, session, make, one):
    person = make.account()
    other = split.carried(make, one.call, person)
    carrier = browser.as_(person)
    for part in ("payment", "report"):
        page = carrier.get(f"/projects/{other.id}/{part}")
        assert "ne reçoit encore rien" in page.words() and not page.forms(f"/projects/{other.id}/")
    assert session.scalars(select(BankDetails)).all() == []
    assert carrier.get(f"/projects/{other.id}/report/photo").status == 404


def test_a_reminder_leaves_once(app, session, make, now):
    one = split.awarded(make, cents=(10_000,))
    split.steps(make, one.call, (10_000, now.date(), True))
    with app.app_context():
        assert [jobs.remind(app), jobs.remind(app)] == [1, 0]
    mail = session.scalars(select(Mail)).one()
    assert mail.recipient == "projet@exemple.fr" and one.projects[0].title in mail.subject
    assert f"/projects/{one.projects[0].id}/report" in mail.body
