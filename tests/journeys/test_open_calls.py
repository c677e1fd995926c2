"""A call is opened, four organisations ask, all respect the principles, all are paid, one tells."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from consult.models import Mail, OpenCall
from tests.payments import IBANS, PAYER

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICER = "agente@demo.invalid"
CARRIERS = {"Café des aînés": "4000", "Bus du Val": "8 000,00", "Carte": "2000", "Podcast": "6000"}


@pytest.fixture(params=[(False, 320), (True, 1280)], ids=["plain-320", "js-1280"])
def way(request):
    """Without scripts on a telephone, with them on a desk: the story is long."""
    return {"scripts": request.param[0], "width": request.param[1]}


def day(person, days):
    """An hour some days from now, as a date field of the person's browser takes it."""
    script = "days => new Date(Date.now() + days * 864e5).toISOString().slice(0, 16)"
    return person.page.evaluate(script, days)


def begun(person, title):
    """Prepare a call from a template in a few fields; two persons are to publish its split."""
    person.open("/console/new-open-call")
    person.press("main a[href$='template=local']")
    person.fill("[name=title]", title)
    person.fill("[name=opened_by]", "Communauté de communes du Val")
    person.fill("[name=amount_cents]", "15 000")
    person.fill("[name=opens_at]", day(person, -2))
    person.fill("[name=closes_at]", day(person, 9))
    person.press("main form .actions button")
    slug = person.path.rsplit("/", 1)[1]
    person.press(f"main a[href='/console/open-calls/{slug}/edit']")
    if not person.page.locator("[name=needs_two]").is_visible():
        person.press("main form details > summary")
    person.page.locator("[name=needs_two]").check()
    person.press("main form > .actions button")
    return slug


def joined(officer, other, site, slug, email):
    """A colleague is invited by letter, and runs the call too."""
    officer.open(f"/console/open-calls/{slug}/officers")
    officer.fill("[name=email]", email)
    officer.press("main form .actions button")
    query = select(Mail.body).where(Mail.recipient == email, Mail.body.contains("call-invitations"))
    ((body,),) = site.rows(query)
    other.open(re.search(r"/call-invitations/\S+", body).group())
    other.press("main form button")
    with_a_second_step(other)
    other.open(f"/console/open-calls/{slug}")


def with_a_second_step(person):
    """Whoever runs a call handles money: they add the codes of an application."""
    assert person.path == "/account/second-step"
    person.press("form[action='/account/second-step/app'] button")
    secret = person.page.locator("main code").first.inner_text()
    person.fill("[name=code]", pyotp.TOTP(secret).now())
    person.press("form[action='/account/second-step/app/confirm'] button")


def asked(person, slug, name, amount):
    """A new carrier signs in, fills the short form, checks and sends; return the project's page."""
    person.sign_in(f"porte-{abs(hash((slug, name)))}@exemple.fr")
    person.open(f"/open-calls/{slug}")
    person.press("main #next a.button")
    for field, text in {"title": name, "for_whom": "Les aînés", "what": "Des ateliers"}.items():
        person.fill(f"[name={field}]", text)
    person.fill("[name=place]", "La mairie")
    person.fill("[name=asked]", amount)
    if name in ("Bus du Val", "Podcast"):  # above 5 000 €, the call asks for lines
        person.fill("[name=cost_label] >> nth=0", "Salaires et trajets")
        person.fill("[name=cost_amount] >> nth=0", amount)
    person.fill("[name=carrier]", f"Association {name} {person.scripts}")
    person.fill("[name=contact_name]", "Zoé")
    person.press("main form .actions button")
    person.press("main form .actions button")
    assert re.fullmatch(r"/projects/[^/]+", person.path)
    return person.path


def checked(officer, carrier, slug, projects):
    """All respect the principles but one, that is told what lacks and completes it in time."""
    board = f"/open-calls/{slug}/principles"
    officer.open(board)
    for path in projects[1:]:
        officer.press(f"form[action='{board}/{path.rsplit('/', 1)[1]}'] button[name=all]")
    form = f"form[action='{board}/{projects[0].rsplit('/', 1)[1]}']"
    officer.press(f"{form} > details > summary")
    boxes = officer.page.locator(f"{form} fieldset")
    for number in range(boxes.count()):
        verdict = "to_complete" if number == 0 else "yes"
        boxes.nth(number).locator(f"input[value={verdict}] + label").click()
    officer.press(f"{form} fieldset >> nth=0 >> details > summary")
    officer.fill(f"{form} fieldset >> nth=0 >> textarea[name^=reason]", "L’heure n’est pas dite.")
    officer.fill(f"{form} fieldset >> nth=0 >> textarea[name^=fix]", "Dites quand l’on peut venir.")
    officer.press(f"{form} > details > .actions button")
    carrier.open(projects[0])
    assert "Dites quand l’on peut venir." in carrier.text()
    carrier.press(f"main a[href='{projects[0]}/edit']")
    carrier.fill("[name=what]", "Des ateliers, le mardi à 14 h.")
    carrier.press("main form > .actions button")
    officer.open(board)
    assert "Modifié depuis la lecture" in officer.text()
    boxes.nth(0).locator("input[value=yes] + label").click()
    officer.press(f"{form} > details > .actions button")
    assert "À compléter" not in officer.text(f"section:has({form}) > p .badge")


def shared(officer, other, site, slug):
    """Once the call is closed, one computes and proposes, the other publishes."""
    with site.session() as session:
        over = datetime.now(UTC) - timedelta(minutes=5)
        session.execute(update(OpenCall).where(OpenCall.slug == slug).values(closes_at=over))
        session.commit()
    here = f"/open-calls/{slug}/split"
    officer.open(f"{here}/prepare")
    officer.press(f"form[action='{here}/propose'] button")
    assert "Une autre personne doit le publier." in officer.text()
    other.open(f"{here}/prepare")
    other.press(f"form[action='{here}/publish'] button")
    assert other.path == here


def read(reader, slug):
    """Anyone finds the result from the call, and why each amount: 15 000 € for 20 000 € asked."""
    reader.open(f"/open-calls/{slug}")
    reader.press("main #next a.button")
    words = reader.text().replace("\u202f", " ").replace("\xa0", " ")
    assert "4 projets se partagent 15 000 €." in words
    for amount in ("4 000 €", "4 500 €", "2 000 €"):
        assert amount in words, amount
    reader.press("main details.why >> nth=0 >> summary")
    assert "Vous recevez tout" in reader.text("main details.why[open]").replace("\xa0", " ")


def paid(officer, carrier, slug, project):
    """The carrier gives an account; the officer makes the file for the bank and marks it paid."""
    carrier.open(project)
    carrier.press(f"main a[href='{project}/payment']")
    carrier.fill("[name=holder]", "Association des aînés")
    carrier.fill("[name=iban]", IBANS[0])
    carrier.press(f"form[action='{project}/payment'] button")
    board = f"/open-calls/{slug}/payments"
    officer.open(f"/console/open-calls/{slug}")
    officer.press(f"main a[href='{board}']")
    officer.fill("[name=holder]", PAYER.holder)
    officer.fill("[name=iban]", PAYER.iban)
    officer.press(f"form[action='{board}/account'] button")
    officer.press(f"form[action='{board}/files'] button")
    with officer.page.expect_download() as waiting:
        officer.page.locator("main .notice a[download]").click()
    content = waiting.value.path().read_text()
    assert "pain.001" in content and IBANS[0] in content and "4000.00" in content
    officer.press(f"form[action^='{board}/'][action$='/paid'] button.quiet >> nth=0")
    assert "Payé le" in officer.text()


def told(carrier, reader, slug, project):
    """The carrier tells what was done; anyone reads it from the call."""
    carrier.open(project)
    carrier.press(f"main a[href='{project}/report']")
    carrier.fill("[name=done]", "Douze ateliers, quatre-vingts personnes.")
    carrier.fill("[name=spent]", "3 950,50")
    carrier.press("main form button[name=publish]")
    reader.open(f"/open-calls/{slug}")
    reader.press(f"main a[href='/open-calls/{slug}/changed']")
    assert "Douze ateliers" in reader.text()


def test_four_envies_are_funded_paid_and_told(visitor, visitors, way, site):
    visitor.sign_in(OFFICER)
    slug = begun(visitor, f"Envies du Val {visitor.width}")
    other = visitors(**way)
    joined(visitor, other, site, slug, f"collegue-{visitor.width}@exemple.fr")
    visitor.open(f"/console/open-calls/{slug}")
    visitor.press(f"form[action='/console/open-calls/{slug}/publish'] button")
    carriers = [visitors(**way) for _name in CARRIERS]
    projects = [
        asked(person, slug, name, amount)
        for person, (name, amount) in zip(carriers, CARRIERS.items(), strict=True)
    ]
    checked(visitor, carriers[0], slug, projects)
    shared(visitor, other, site, slug)
    reader = visitors(**way)
    read(reader, slug)
    paid(visitor, carriers[0], slug, projects[0])
    told(carriers[0], reader, slug, projects[0])
