"""The open calls of the console: prepared, published, changed, given up; the board of others."""

import re

import pytest
from sqlalchemy import select

from consult.models import Mail, OpenCall, OutsideCall, Pot
from tests import open_calls as factory

OPENING = {
    "title": "Envies d’ici",
    "opened_by": "La ville",
    "amount_cents": "4 000,50",
    "territory_code_name": "Grand Est",
    "opens_at": "2030-01-01T09:00",
    "closes_at": "2030-02-01T18:00",
}


@pytest.fixture
def officer(make):
    return make.account("local_authority", second_step="app")


def only(session):
    session.expire_all()
    return session.scalars(select(OpenCall)).one()


def the_rule_is_tried(browser, page, here):
    """Nothing is stored: the form is the same afterwards."""
    typed = {"button": f"{here}/examples", "floor_cents": "410", "cap_cents": "480"}
    tried = browser.submit(page, f"{here}/edit", **typed)
    words = tried.words().replace("\u202f", " ").replace("\xa0", " ")
    assert tried.status == 200 and "480 €" in words
    bad = browser.submit(page, f"{here}/edit", rule="proportional", button=f"{here}/examples")
    assert bad.status == 422 and "maximum en euros" in bad.words()
    assert 'value="480' not in browser.get(f"{here}/edit").text


def test_a_call_is_prepared_and_published_from_seven_fields(browser, make, officer):
    browser.as_(officer)
    assert "/console/new-open-call?template=local" in browser.get("/console/new-open-call").links()
    page = browser.get("/console/new-open-call?template=local")
    action, here = "/console/new-open-call", "/console/open-calls/envies-d-ici"
    page = browser.submit(page, action, **OPENING | {"amount_cents": "4.000"})
    assert page.status == 422 and "1 234,56" in page.words().replace("\u202f", " ")
    page = browser.submit(page, action, **OPENING)
    assert page.status == 200 and "Publier cet appel" in page.words()
    call = only(make.session)
    assert (call.title, call.time_zone, call.rule) == (
        "Envies d’ici",
        "Europe/Paris",
        "equal_awards",
    )

    page = browser.get(f"{here}/edit")
    the_rule_is_tried(browser, page, here)
    bad = browser.submit(page, f"{here}/edit", rule="proportional")
    assert bad.status == 422 and "maximum en euros" in bad.words()
    browser.submit(page, f"{here}/edit", priorities="Aînés\nJeunes", cap_cents="2 300")
    stale = browser.submit(page, f"{here}/edit", title="Autre titre")
    assert stale.status == 409 and "Aînés" in stale.words()
    assert only(make.session).cap_cents == 230_000
    page = browser.get(f"{here}/envelopes")
    lines = {"funder_2": "L’État", "amount_cents_2": "1000", "priority_2": "2"}
    browser.submit(page, f"{here}/envelopes", **lines)
    half = {"share_1": "33,33", "label_1": "Avance"}
    page = browser.submit(browser.get(f"{here}/instalments"), f"{here}/instalments", **half)
    assert page.status == 422
    browser.submit(page, f"{here}/instalments", **half, share_2="66,67")
    ready = browser.get(here)
    page = browser.submit(ready, f"{here}/publish")
    assert "Ses règles ne changent plus" in page.words()
    call = only(make.session)
    assert [one["amount_cents"] for one in call.terms["envelopes"]] == [400_050, 100_000]
    assert [one["share"] for one in call.terms["instalments"]] == [3_333, 6_667]
    assert browser.submit(ready, f"{here}/publish").status == 409
    copied = browser.get(f"/console/new-open-call?copy={call.slug}")
    assert "amount_cents" not in copied.text


def test_what_the_platform_checks_and_an_amount_of_zero_are_kept(browser, make, officer):
    facts = {"may_apply": "Tous", "seed": None, "terms": None, "terms_digest": ""}
    call = factory.call(make, officer=officer, published_at=None, **facts)
    here, public = f"/console/open-calls/{call.slug}", f"/open-calls/{call.slug}"
    browser.as_(officer)
    page = browser.get(f"{here}/edit")
    odd = browser.submit(page, f"{here}/edit", conditions=["room_complete", "nowhere"])
    assert odd.status == 422 and "conditions proposées" in odd.words()
    said = {"lines_above_cents": "0", "conditions": ["room_complete", "road_map"]}
    browser.submit(page, f"{here}/edit", **said)
    stale = browser.submit(page, f"{here}/edit", conditions=["road_map"])
    assert stale.status == 409 and "La salle du territoire est complète" in stale.words()
    browser.submit(browser.get(f"{here}/edit"), f"{here}/edit", about="Une envie")
    call = only(make.session)
    assert (call.lines_above_cents, call.floor_cents) == (0, 0)
    assert call.conditions == ["road_map", "room_complete"]
    assert "La salle du territoire est complète" in browser.get(public).words()
    browser.submit(browser.get(here), f"{here}/publish")
    assert only(make.session).terms["conditions"] == ["road_map", "room_complete"]


def test_what_is_locked_is_refused_and_the_rest_changes(browser, make, officer):
    call = factory.call(make, officer=officer, published_at=None, may_apply="Tous")
    here = f"/console/open-calls/{call.slug}"
    browser.as_(officer)
    before, draft = browser.get(f"{here}/edit"), browser.get(here)
    browser.submit(draft, f"{here}/publish")
    late = browser.submit(before, f"{here}/edit", title="Autre")
    assert late.status == 409 and "ne changent plus" in late.words()
    page = browser.get(f"{here}/edit")
    browser.submit(page, f"{here}/edit", about="Plus clair", contact_name="Awa")
    assert only(make.session).about == "Plus clair"
    rows = browser.get(f"{here}/envelopes")
    assert browser.submit(rows, f"{here}/envelopes", amount_cents_1="1").status == 409
    page = browser.get(f"{here}/extend")
    assert browser.submit(page, f"{here}/extend", reason="Les vacances").status == 422
    done = {"closes_at": "2040-01-01T00:00", "reason": "Les vacances"}
    browser.submit(page, f"{here}/extend", **done)
    page = browser.submit(browser.get(f"{here}/cancel"), f"{here}/cancel", reason="Plus d’argent")
    assert "Plus d’argent" in page.words()
    said = browser.get(f"/open-calls/{call.slug}").words()
    assert "Les vacances" in said and "Plus d’argent" in said
    assert browser.get(f"{here}/extend").status == 409
    assert browser.submit(draft, f"{here}/delete").status == 409


def test_a_colleague_joins_and_a_stranger_does_not(browser, make, officer):
    call = factory.call(make, officer=officer)
    here = f"/console/open-calls/{call.slug}"
    stranger = browser.again().as_(make.account("local_authority", second_step="app"))
    assert [stranger.get(f"{here}{end}").status for end in ("", "/edit")] == [403, 403]
    browser.as_(officer)
    page = browser.submit(browser.get(f"{here}/officers"), f"{here}/officers", email="a@exemple.fr")
    assert "a@exemple.fr" in page.words()
    body = make.session.scalars(select(Mail.body).where(Mail.recipient == "a@exemple.fr")).one()
    link = re.search(r"http://localhost(/call-invitations/\S+)", body)[1]
    other = browser.again()
    assert call.title in other.get(link).words()
    other.submit(other.get(link), link)
    make.session.expire_all()
    assert len(browser.get(f"{here}/officers").forms()) > 3


def test_a_facilitator_opens_a_call_in_the_name_of_a_room(browser, make):
    room = make.room("local", "D-54", name="Salle de Nancy")
    person = make.account(second_step="app")
    make.joins(person, room)
    make.session.expire_all()
    browser.as_(person)
    page = browser.get("/console/new-open-call?template=small")
    given = {name: text for name, text in OPENING.items() if name != "opened_by"}
    page = browser.submit(page, "/console/new-open-call", **given)
    call = only(make.session)
    assert (call.room_id, call.opened_by, call.cap_cents) == (room.id, "Salle de Nancy", 230_000)
    page = browser.get(f"/console/open-calls/{call.slug}")
    browser.submit(page, f"/console/open-calls/{call.slug}/delete")
    assert make.session.scalar(select(OpenCall.id)) is None


def test_the_board_is_written_changed_and_emptied(browser, make, officer):
    browser.as_(officer)
    new = "/console/new-outside-call"
    given = {"funder": "La Fondation", "title": "Ailleurs", "link": "javascript:x"}
    page = browser.submit(browser.get(new), new, **given)
    assert page.status == 422
    page = browser.submit(page, new, link="https://exemple.fr/", closes_on="2040-01-31")
    assert "Ailleurs" in page.words()
    told = make.session.scalars(select(OutsideCall)).one()
    here = f"/console/outside-calls/{told.id}"
    page = browser.get(here)
    browser.submit(page, here, title="Autre")
    assert browser.submit(page, here, title="Trop tard").status == 409
    assert "Autre" in browser.get("/open-calls?show=outside").words()
    stranger = browser.again().as_(make.account("local_authority", second_step="app"))
    assert stranger.get(here).status == 403
    browser.submit(browser.get("/console/outside-calls"), f"{here}/withdraw")
    assert browser.get(here).status == 404


def test_a_common_pot_is_fed_and_an_envelope_is_taken_from_it(browser, make, officer):
    facts = {"may_apply": "Tous", "seed": None, "terms": None, "terms_digest": ""}
    call = factory.call(make, officer=officer, published_at=None, **facts)
    here, edit = "/console/open-calls/" + call.slug, f"/console/open-calls/{call.slug}/envelopes"
    browser.as_(officer)
    assert "pot_id_1" not in browser.get(edit).text
    new = "/console/new-pot"
    page = browser.submit(browser.get(new), new, title="Caisse des communes", kept_by=" ")
    assert page.status == 422 and "Dites qui garde" in page.words()
    page = browser.submit(page, new, kept_by="La Maison des associations")
    pot = make.session.scalars(select(Pot)).one()
    fund = f"/console/pots/{pot.id}"
    for wrong in ({"amount_cents": "0"}, {"amount_cents": "1e3"}, {"paid_on": "2040-01-01"}):
        paid = {"payer": "Commune de Val", "amount_cents": "3 999,99"} | wrong
        assert browser.submit(page, fund, **paid).status == 422, wrong
    page = browser.submit(page, fund, payer="Commune de Val", amount_cents="3 999,99")
    assert "Commune de Val" in page.words()
    page = browser.submit(browser.get(edit), edit, pot_id_1=pot.id)
    page = browser.submit(page, f"{here}/publish")
    assert page.status == 409 and "Il ne reste pas assez" in page.words()
    page = browser.submit(browser.get(fund), fund, payer="Le Département", amount_cents="0,01")
    browser.submit(browser.get(here), f"{here}/publish")
    assert only(make.session).published_at is not None
    deletes = [one.get("action") for one in page.forms() if one.get("action").endswith("/delete")]
    late = browser.submit(page, deletes[0])
    assert late.status == 409 and "Il ne reste pas assez" in late.words() and len(deletes) == 2
    anyone = browser.again()
    words = anyone.get(f"/pots/{pot.id}").words().replace("\u202f", " ").replace("\xa0", " ")
    assert "ont versé 4 000 €. Les appels ont pris 4 000 €. Il reste 0 €" in words
    assert call.title in words and "Le Département" in words
    assert f"/pots/{pot.id}" in anyone.get(f"/open-calls/{call.slug}").links()
    other = make.account("local_authority", second_step="app")
    assert browser.again().as_(other).get(fund).status == 403
    assert anyone.get(f"/pots/{'0' * 18}").status == 404
