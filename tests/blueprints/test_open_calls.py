"""The pages of open calls, as anyone reads them."""

import json
from datetime import timedelta

import pytest

from consult.models import OutsideCall
from tests import open_calls as factory


@pytest.fixture
def call(make):
    call = factory.call(
        make,
        title="Envies d’ici",
        about="Une envie ?",
        may_apply="Tous",
        cap_cents=230_000,
        search="envi ici",
        contact_phone="01 02",
    )
    first = factory.project(make, call, title="Café numérique", asked=123_456)
    for principle in call_principles(make, call):
        factory.assess(make, first, principle)
    factory.project(make, call, title="Bus des vallées")
    call.projects = 2
    make.session.commit()
    return call


def call_principles(make, call):
    from consult.queries import open_calls

    return make.session.scalars(open_calls.principles(call.id)).all()


def told(make, **facts):
    given = {"funder": "La Fondation", "title": "Ailleurs", "link": "https://exemple.fr/a"}
    return make.save(OutsideCall(**given | {"created_at": make.now} | facts))


def test_the_page_of_a_call_says_its_promise_its_rule_and_examples(browser, make, call):
    page = browser.get(f"/open-calls/{call.slug}")
    said = page.words().replace("\u202f", " ").replace("\xa0", " ")
    for words in (
        "Il n’y a pas de gagnant ni de perdant.",
        "Même somme pour chacun, sans dépasser la demande",
        "Au plus 2 300 € par projet.",
        "Avec 20 projets qui demandent",
        "Café numérique",
        "Respecte les principes",
        "demande 1 234,56 €",
        "Le projet respecte le principe 1",
        call.terms_digest,
    ):
        assert words in said, words
    assert f"/open-calls/{call.slug}.ics" in page.links()
    assert browser.get("/open-calls/nowhere").status == 404


def test_a_draft_is_missing_but_for_those_who_run_it(browser, make):
    officer = make.account("local_authority", second_step="app")
    facts = {"published_at": None, "seed": None, "terms": None, "terms_digest": None}
    draft = factory.call(make, officer=officer, **facts)
    for end in ("", ".atom", ".ics"):
        assert browser.get(f"/open-calls/{draft.slug}{end}").status == 404
    assert browser.get(f"/api/v1/open-calls/{draft.slug}").status == 404
    page = browser.as_(officer).get(f"/open-calls/{draft.slug}")
    assert "brouillon" in page.words()


def test_the_list_holds_ours_and_those_of_others_near_a_place(browser, make, call):
    told(make, territory_code="R-44")
    told(make, title="Passé", closes_on=make.now.date() - timedelta(days=2))
    told(make, title="Retiré", withdrawn_at=make.now)
    told(make, title="Là-bas", territory_code="C-988")
    said = browser.get("/open-calls?territory=D-54").words()
    assert "Envies d’ici" in said and "Ailleurs" in said
    assert not [word for word in ("Passé", "Retiré", "Là-bas") if word in said]
    assert "Là-bas" in browser.get("/open-calls?show=outside").words()
    assert "Envies d’ici" not in browser.get("/open-calls?territory=C-988").words()
    for place in ("/", "/territories/D-54", "/search?q=envies", "/search?q=envies&kind=call"):
        assert "Envies d’ici" in browser.get(place).words(), place


def test_feeds_calendar_and_interface_say_the_same(browser, make, call):
    told(make, territory_code="R-44")
    feed = browser.get("/open-calls.atom?territory=D-54").text
    assert "Envies d’ici" in feed and "https://exemple.fr/a" in feed
    assert "Envies d’ici" not in browser.get("/open-calls.atom?territory=C-988").text
    assert browser.get("/open-calls.atom?territory=X-1").status == 404
    assert "Bus des vallées" in browser.get(f"/open-calls/{call.slug}.atom").text
    assert browser.get(f"/open-calls/{call.slug}.ics").text.count("BEGIN:VEVENT") == 2
    listed = json.loads(browser.get("/api/v1/open-calls?territory=D-54").text)["items"]
    assert [(one["slug"], one["envelope_cents"]) for one in listed] == [(call.slug, 400_000)]
    whole = json.loads(browser.get(f"/api/v1/open-calls/{call.slug}").text)
    assert whole["terms_digest"] == call.terms_digest
    assert len(whole["principles"]) == 2
    assert whole["envelopes"][0]["amount_cents"] == 400_000
