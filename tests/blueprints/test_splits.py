"""The split of a call on the web: computed, published, explained, made again by anyone."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from consult.blueprints.splits import files, jobs
from consult.cli import split as command
from consult.models import (
    Assessment,
    CallEnvelope,
    JournalEntry,
    Mail,
    Mandate,
    Payment,
    ProjectCarrier,
)
from tests import open_calls
from tests.browser import Browser
from tests.splits import closed, published, ready

FIXED = {"\u202f": " ", "\u00a0": " "}


def plain(text):
    return text.translate(str.maketrans(FIXED))


@pytest.fixture
def officer(make):
    return make.account("local_authority")


def run(browser, address, envelope, tmp_path):
    """Run the command of a table as the page shows it; return what each project receives."""
    table = browser.get(address).text
    file = tmp_path / "table.csv"
    file.write_text(table)
    words = envelope.split()[2:-1]
    done = CliRunner().invoke(command.command, [*words, str(file)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(table)))
    again = {row["project"]: row["award"] for row in csv.DictReader(io.StringIO(done.output))}
    assert again == {row["project"]: row["award"] for row in rows}
    return again


def commands(page):
    return [
        "".join(one.itertext())
        for one in page.all("code")
        if "".join(one.itertext()).startswith("consult split --rule")
    ]


def test_a_split_is_computed_published_and_says_the_same_everywhere(
    browser, session, make, officer, now, tmp_path, statements
):
    call = closed(make, officer, slug="mediation", envelopes=(100_000,), surplus="Pour 2027.")
    sent = ready(make, session, call, 50_000, 50_000, 50_000)
    short = open_calls.project(make, call, title="Le projet à lire")
    visitor = browser.again()
    here = "/open-calls/mediation/split"
    assert "pas encore publié" in visitor.get(here).words()
    assert visitor.get(f"{here}.json").status == 409 == visitor.get(f"{here}.csv").status
    browser.as_(officer)
    page = browser.get(f"{here}/prepare")
    assert "Le projet à lire" in page.words() and not page.forms(f"{here}/publish")
    short.state = "withdrawn"
    session.commit()
    page = browser.get(f"{here}/prepare")
    assert "333,34 €" in plain(page.words())
    shown = browser.submit(page, f"{here}/publish")
    assert shown.url == here and shown.status == 200
    assert browser.submit(page, f"{here}/publish").status == 409  # the same form, sent again
    page = visitor.get(here)
    words = plain(page.words())
    assert "3 projets se partagent 1 000 €. Ils demandaient ensemble 1 500 €." in words
    assert words.count("333,33 €") >= 4 and "Vous recevez 1 centime de plus." in words
    record = visitor.get(f"{here}.json")
    digest = hashlib.sha256(record.response.get_data()).hexdigest()
    assert digest in words
    again = run(visitor, f"{here}.csv", commands(page)[0], tmp_path)
    assert sorted(again.values()) == ["333.33", "333.33", "333.34"]
    api = json.loads(visitor.get("/api/v1/open-calls/mediation/split").text)
    assert api["digest"] == digest and api["awarded_cents"] == 100_000 and api["next"] is None
    cents = {str(row["number"]): row["awarded_cents"] for row in api["items"]}
    assert cents == {key: round(float(euros) * 100) for key, euros in again.items()}
    kept = record.response.get_json()["projects"]
    assert {str(row["number"]): row["award"] for row in kept} == cents
    it_is_kept(session, digest)
    the_call_and_the_project_say_it(visitor, sent[0], statements)
    carriers_are_told_once(browser, session)


def it_is_kept(session, digest):
    query = select(JournalEntry).where(JournalEntry.act == "split.published")
    assert session.scalars(query).one().facts["digest"] == digest
    planned = session.scalars(select(Payment.amount_cents).order_by(Payment.amount_cents)).all()
    assert planned == [33_333, 33_333, 33_334]


def the_call_and_the_project_say_it(visitor, project, statements):
    visitor.get("/open-calls/mediation")
    with statements() as seen:
        page = visitor.get("/open-calls/mediation")
    assert len(seen) <= 7
    assert "/open-calls/mediation/split" in page.links()
    assert "3 projets se partagent 1 000 €." in plain(page.words())
    with statements() as seen:
        page = visitor.get(f"/projects/{project.id}")
    assert len(seen) <= 7
    assert "Pourquoi ce montant" in page.words() and "333,3" in plain(page.words())


def test_the_result_may_be_kept_and_printed(app, session, make, officer, now, monkeypatch):
    call = closed(make, officer, slug="papier", envelopes=(100_000,))
    ready(make, session, call, 50_000, 70_000)
    hidden = ready(make, session, call, 20_000)[0]
    published(session, call, officer, now)
    hidden.moderation = "hidden"
    session.commit()
    browser, here = Browser(app), "/open-calls/papier/split"
    assert {f"{here}.pdf", f"{here}.ods"} <= set(browser.get(here).links())
    with zipfile.ZipFile(io.BytesIO(browser.client.get(f"{here}.odt").get_data())) as archive:
        text = plain(archive.read("content.xml").decode())
    assert (
        f"Projet n° {hidden.number}" in text and f">{hidden.title}<" not in text and "400 €" in text
    )
    assert browser.client.get(f"{here}.pdf").get_data().startswith(b"%PDF-1.7")
    monkeypatch.setattr(files, "MOST_PRINTED", 2)
    assert f"{here}.pdf" not in browser.get(here).links()
    refused = browser.get(f"{here}.pdf")
    assert refused.status == 409 and "trop long" in refused.words()


def carriers_are_told_once(browser, session):
    with browser.app.app_context():
        assert jobs.tell(browser.app) == 3 and jobs.tell(browser.app) == 0
    letters = session.scalars(select(Mail).where(Mail.dedup_key.like("split:%"))).all()
    assert len(letters) == 3
    assert any("Vous recevez 1 centime de plus." in one.body for one in letters)


def test_two_people_decide_and_others_may_not(app, session, make, officer, now):
    call = closed(make, officer, slug="deux", needs_two=True)
    lead = make.organisation()
    gone, _kept = ready(make, session, call, 70_000, 80_000)
    second, third, stranger = (make.account("local_authority") for _ in range(3))
    for one in (second, third):
        open_calls.runs(make, call, one)
    here = "/open-calls/deux/split"
    assert Browser(app).as_(stranger).get(f"{here}/prepare").status == 403
    assert Browser(app).get(f"{here}/prepare").status == 200  # asked to sign in
    first, other = Browser(app).as_(officer), Browser(app).as_(second)
    page = first.submit(first.get(f"{here}/prepare"), f"{here}/propose")
    assert "Une autre personne doit le publier." in page.words()
    assert not page.forms(f"{here}/publish")
    seen = other.get(f"{here}/prepare")
    session.scalars(select(CallEnvelope).where(CallEnvelope.call_id == call.id)).one()
    session.query(CallEnvelope).filter_by(call_id=call.id).update({"amount_cents": 90_000})
    session.commit()
    refused = other.submit(seen, f"{here}/publish")
    assert refused.status == 409 and "a changé depuis votre calcul" in refused.words()
    page = first.submit(first.get(f"{here}/prepare"), f"{here}/propose")
    assert other.submit(other.get(f"{here}/prepare"), f"{here}/publish").url == here
    gone.state = "withdrawn"
    session.commit()
    page = first.get(f"{here}/prepare")
    bare = first.submit(page, f"{here}/propose")
    assert bare.status == 422
    page = first.submit(bare, f"{here}/propose", reason="Le premier projet renonce.")
    assert other.submit(other.get(f"{here}/prepare"), f"{here}/publish").url == here
    words = plain(Browser(app).get(here).words())
    assert "Le premier projet renonce." in words and "1 projet reçoit 800 €." in words
    old = plain(Browser(app).get(f"{here}?decision=1").words())
    assert "n'est plus en vigueur" in old and "900 €" in old
    for wrong in ("decision=3", "decision=x", "sort=title", "cursor=zz"):
        assert Browser(app).get(f"{here}?{wrong}").status == 404
    ready(make, session, call, 1_000, lead=lead)
    mandate = {"organisation_id": lead.id, "account_id": third.id, "began_at": now}
    make.save(Mandate(**mandate))
    own = Browser(app).as_(third).get(f"{here}/prepare")
    assert "Vous avez écrit ou portez un projet" in own.words() and not own.forms(f"{here}/propose")


def test_several_envelopes_are_told_one_by_one_and_long_lists_are_paged(
    app, session, make, officer, now, tmp_path
):
    facts = {"floor_cents": 5_000, "cap_cents": 60_000, "priorities": ["Jeunes", "Aînés"]}
    call = closed(make, officer, slug="plusieurs", envelopes=(), principles=0, **facts)
    for position, code in enumerate(("D-54", None), start=1):
        given = {"funder": f"Ville {position}", "amount_cents": 99_999, "territory_code": code}
        make.save(CallEnvelope(call_id=call.id, position=position, **given))
    for place in range(25):
        priority = {"priority": place % 2 + 1, "territory_code": ("D-54", "D-51")[place % 3 == 0]}
        ready(make, session, call, 6_000 + 1_000 * place, **priority)
    hidden = ready(make, session, call, 90_000, territory_code="D-54", priority=1)[0]
    decision = published(session, call, officer, now)
    hidden.moderation = "hidden"
    session.commit()
    browser = Browser(app)
    page = browser.get("/open-calls/plusieurs/split?sort=received")
    assert f"Projet n° {hidden.number}" in page.words() and hidden.title not in page.words()
    assert "Enveloppe de Ville 2 : Votre projet reçoit" in page.words()
    assert "Il vous manquait encore" in page.words()
    after = next(url for url in page.links() if "cursor=" in url)
    assert len(browser.get(after).all("details")) >= 6
    total = 0
    for position, envelope in enumerate(commands(page), start=1):
        address = f"/open-calls/plusieurs/split.csv?envelope={position}"
        got = run(browser, address, envelope, tmp_path)
        total += sum(round(float(euros) * 100) for euros in got.values())
    assert total == decision.awarded_cents
    assert browser.get("/open-calls/plusieurs/split.csv?envelope=3").status == 404
    pages = [json.loads(browser.get("/api/v1/open-calls/plusieurs/split?limit=20").text)]
    cursor = pages[0]["next"]
    more = browser.get(f"/api/v1/open-calls/plusieurs/split?limit=20&cursor={cursor}").text
    items = pages[0]["items"] + json.loads(more)["items"]
    assert len(items) == 26 and sum(row["awarded_cents"] for row in items) == total
    assert all(sum(row["parts_cents"]) == row["awarded_cents"] for row in items)


def test_the_rules_are_compared_on_typed_amounts_and_on_a_past_call(
    app, session, make, officer, now
):
    browser = Browser(app)
    page = browser.get("/sharing-rules")
    words = plain(page.words())
    assert "5 125 €" in words and "pour comparer seulement" in words
    page = browser.submit(page, "/sharing-rules", envelope="10", asked="6\n6\n8,50")
    assert "3,33 €" in plain(page.words())
    for wrong in ({"asked": ""}, {"asked": "1e9"}, {"asked": "1\n" * 31}, {"envelope": "x"}):
        refused = browser.submit(page, "/sharing-rules", **{"envelope": "10", "asked": "6"} | wrong)
        assert refused.status == 422 and "Il y a un problème" in refused.words()
    call = closed(make, officer, slug="passe")
    assert browser.get("/sharing-rules?call=passe").status == 409
    ready(make, session, call, 70_000, 80_000, title="Le café")
    published(session, call, officer, now)
    page = browser.get("/sharing-rules?call=passe")
    assert "Le café" in page.words() and page.status == 200
    assert browser.get("/sharing-rules?call=rien").status == 404


def test_after_a_split_its_pages_say_that_it_stands(app, session, make, officer, now):
    call = closed(make, officer, slug="reste", envelopes=(100_000,))
    lead, partner = make.organisation(), make.organisation()
    (sent,) = ready(make, session, call, 50_000, lead=lead)
    (hidden,) = ready(make, session, call, 60_000)
    make.save(ProjectCarrier(project_id=sent.id, organisation_id=partner.id))
    ada, bob = make.account(), make.account()
    for one, held in ((ada, lead), (bob, partner)):
        make.save(Mandate(organisation_id=held.id, account_id=one.id, began_at=now))
    olga, carrier = Browser(app).as_(officer), Browser(app).as_(ada)
    console, here = "/console/open-calls/reste", f"/projects/{sent.id}"
    assert f"{console}/cancel" in olga.get(console).links()
    assert "partage publié reste valable" not in carrier.get(f"{here}/withdraw").words()
    published(session, call, officer, now)
    assert f"{console}/cancel" not in olga.get(console).links()
    page = carrier.get(here)
    assert {f"{here}/payment", f"{here}/report"} <= set(page.links())
    assert f"{here}/payment" not in Browser(app).as_(bob).get(here).links()
    hidden.moderation = "hidden"
    session.commit()
    page = olga.get("/open-calls/reste/split/prepare")
    assert "Cachés : ils ne reçoivent rien" in page.words()
    assert "sort du partage : 500 €" in plain(page.words())
    said = {"verdict": "to_complete", "reason": "Il manque le lieu.", "fix": "Dites où."}
    session.query(Assessment).filter_by(project_id=sent.id).update(said)
    session.commit()
    page = carrier.get(f"{here}/complete")
    assert "partage publié reste valable" in page.words()
    carrier.submit(page, f"{here}/complete", what="Coudre.")
    assert sent.title in olga.get("/open-calls/reste/split/prepare").words()
    page = carrier.get(f"{here}/withdraw")
    assert "partage publié reste valable" in page.words()
