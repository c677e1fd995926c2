"""A synthesis from the notebook to the page: opened filled, written by two, published, read."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from consult.domain import tracking
from consult.models import Contribution, Extract, Mail, SynthesisBlock, SynthesisVersion
from tests import reading_rooms

DAY = timedelta(days=1)


@pytest.fixture
def closed(make, now):
    """A closed consultation with a text question, four answers, an idea and its organiser."""
    organiser = make.account("organiser")
    found = make.consultation(
        owner_id=organiser.id,
        closes_at=now - DAY,
        will_decide="Les horaires.",
        title="Nos horaires",
    )
    theme = make.theme(found, title="Le soir")
    question = make.question(theme, wording="Quand venez-vous ?")
    author = make.participant()
    number = tracking.new_number("GE", Random(1))
    told = {"tracking_number": number, "notify_email": "amina@exemple.fr"}
    sent = make.contribution(found, author, **told)
    mine = make.answer(
        question,
        body="Le soir, après le travail. Jamais le matin.",
        participant_id=author.id,
        contribution_id=sent.id,
    )
    make.answer(question, body="Le matin.", state="hidden")
    make.proposal(theme, title="Ouvrir tard", declared_agree=12, body="Ouvrons jusqu'à 21 h.")
    make.session.commit()
    return found, organiser, mine, sent


def order(session, blocks_of=SynthesisBlock):
    query = select(blocks_of.title, blocks_of.body).order_by(blocks_of.position, blocks_of.id)
    return [title or body for title, body in session.execute(query)]


def test_a_sentence_under_a_question_shows_its_evidence(browser, session, make, closed):
    consultation, organiser, _mine, _sent = closed
    here = f"/console/consultations/{consultation.slug}/synthesis"
    page = browser.as_(organiser).submit(browser.get(here), here)
    section = session.scalars(select(SynthesisBlock).where(SynthesisBlock.kind == "section")).one()
    said = make.answer(make.question(make.theme(consultation)), body="La nuit, sous la lune.")
    reading_rooms.extract(make, section, said)
    browser.submit(browser.get(f"{here}/publish"), f"{here}/publish")
    page = browser.get(f"/syntheses/{consultation.slug}")
    assert "La nuit, sous la lune." in page.words()
    assert f"/answers/{said.id}" in page.links()


def test_a_small_consultation_is_summed_up_in_a_few_presses(browser, session, closed):
    consultation, organiser, mine, sent = closed
    here = f"/console/consultations/{consultation.slug}/synthesis"
    browser.as_(organiser)
    page = browser.get(here)
    page = browser.submit(page, here)
    assert "Ouvrir tard" in page.words() and "Quand venez-vous ?" in page.words()
    page = browser.get(f"{here}/publish")
    assert "D’accord" in page.words() and "Le soir, après le travail." in page.words()
    assert "1 bloc dit ce que les gens disent, sans un de leurs passages" in page.words()
    page = browser.submit(page, f"{here}/publish")
    assert page.url.endswith(f"/syntheses/{consultation.slug}")
    letters = session.scalars(select(Mail).where(Mail.dedup_key.like("synthesis:%"))).all()
    assert [one.recipient for one in letters] == ["amina@exemple.fr"]
    reader = browser.again()
    page = reader.get(f"/consultations/{consultation.slug}")
    assert f"/syntheses/{consultation.slug}" in page.links()
    page = reader.get(f"/syntheses/{consultation.slug}")
    assert f"/answers/{mine.id}" in page.links()
    assert "Le matin." not in page.words()
    assert "amina" not in page.text
    page = reader.submit(page, f"/syntheses/{consultation.slug}/find", number=sent.tracking_number)
    assert "Oui. Elle est citée ici" in page.words()
    page = reader.get(f"/syntheses/{consultation.slug}")
    refused = reader.submit(page, f"/syntheses/{consultation.slug}/find", number="XX\x00<1")
    assert refused.status in (404, 422)


def test_two_people_write_the_same_block_and_neither_loses_a_word(browser, session, closed):
    consultation, organiser, _mine, _sent = closed
    here = f"/console/consultations/{consultation.slug}/synthesis"
    browser.as_(organiser)
    browser.submit(browser.get(here), here)
    page = browser.get(f"{here}/blocks/new?kind=initiative")
    refused = browser.submit(page, f"{here}/blocks/new", title="", link="javascript:alert(1)")
    assert refused.status == 422 and "javascript:alert(1)" in refused.text
    page = browser.submit(
        refused, f"{here}/blocks/new", title="Le bus", carrier="La MJC", link="https://exemple.fr"
    )
    assert "Le bus" in page.words()
    key = session.scalars(select(SynthesisBlock.id).where(SynthesisBlock.title == "Le bus")).one()
    one, other = browser.get(f"{here}/blocks/{key}"), browser.get(f"{here}/blocks/{key}")
    browser.submit(one, f"{here}/blocks/{key}", title="Le bus du soir")
    stale = browser.submit(other, f"{here}/blocks/{key}", title="Le car")
    assert stale.status == 409
    assert "Le bus du soir" in stale.words() and "Le car" in stale.text
    browser.submit(stale, f"{here}/blocks/{key}")
    page = browser.get(f"{here}/blocks/{key}")
    assert "Le car" in page.text and "Version 2" in page.words()
    page = browser.submit(page, f"{here}/blocks/{key}/notes", note="À relire.")
    assert "À relire." in page.words()
    note = next(f.get("action") for f in page.forms() if f.get("action", "").endswith("/settle"))
    assert "Réglée" in browser.submit(page, note).words()
    assert browser.submit(page, f"{here}/blocks/{key}/notes", note=" ").status == 422
    before = order(session)
    page = browser.get(here)
    page = browser.submit(page, f"{here}/blocks/{key}/move", button=("direction", "up"))
    session.expire_all()
    assert order(session) != before and sorted(order(session)) == sorted(before)
    page = browser.submit(browser.get(here), f"{here}/blocks/{key}/delete")
    assert "Le car" not in browser.get(here).words()


def test_another_version_follows_with_a_reason_and_by_two_people(plain, make, session, closed):
    consultation, organiser, _mine, _sent = closed
    from consult.models import CoOrganiser

    second = make.account("organiser")
    make.save(
        CoOrganiser(consultation_id=consultation.id, account_id=second.id, created_at=make.now)
    )
    here = f"/console/consultations/{consultation.slug}/synthesis"
    plain.as_(organiser)
    plain.submit(plain.get(here), here)
    about = plain.get(f"{here}/about")
    assert plain.submit(about, f"{here}/about", foreword="Bonjour.").status == 422
    plain.submit(about, f"{here}/about", foreword="Bonjour.", foreword_by="La maire", by_two="y")
    page = plain.submit(plain.get(f"{here}/publish"), f"{here}/propose")
    assert not page.forms(f"{here}/publish")
    other = plain.again().as_(second)
    page = other.submit(other.get(f"{here}/publish"), f"{here}/publish")
    assert "La maire" in page.words()
    plain.submit(plain.get(f"{here}/about"), f"{here}/about", title="Autre titre", by_two=[])
    stale = page = plain.get(f"{here}/publish")
    assert plain.submit(page, f"{here}/publish").status == 422
    page = plain.submit(page, f"{here}/publish", reason="Une faute.")
    assert "Autre titre" in page.words() and "Une faute." in page.words()
    page = plain.get(f"/syntheses/{consultation.slug}?version=1")
    assert "Autre titre" not in page.words() and "version d’avant" in page.words()
    assert plain.get(f"/syntheses/{consultation.slug}?version=3").status == 404
    assert plain.get(f"/syntheses/{consultation.slug}?version=x").status == 404
    lost = plain.post(f"{here}/publish", {"reason": "Encore.", "digest": "a" * 64})
    assert lost.status == 400 and "Encore." in lost.text and "a" * 64 not in lost.words()
    again = plain.submit(stale, f"{here}/publish", reason="Encore.")
    assert again.status == 409
    same = plain.get(f"{here}/publish")
    assert plain.submit(same, f"{here}/publish", reason="Encore.").status == 409
    assert (
        len(session.scalars(select(SynthesisVersion.id).order_by(SynthesisVersion.id)).all()) == 2
    )


def test_what_is_not_there_or_not_theirs(plain, make, session, closed):
    consultation, organiser, _mine, _sent = closed
    here = f"/console/consultations/{consultation.slug}/synthesis"
    assert plain.get(f"/syntheses/{consultation.slug}").status == 404
    plain.as_(make.account("organiser"))
    assert plain.get(here).status == 403
    mine = plain.again().as_(organiser)
    for path in ("about", "publish", "blocks/new?kind=chapter", "blocks/abc"):
        assert mine.get(f"{here}/{path}").status == 404
    page = mine.submit(mine.get(here), here)
    assert mine.get(f"{here}/blocks/new?kind=x").status == 422
    assert mine.get(f"{here}/blocks/abc").status == 404
    mine.submit(page, f"{here}/delete")
    assert not session.scalars(select(Extract.id).order_by(Extract.id)).all()
    assert session.scalars(select(Contribution.id).order_by(Contribution.id)).all()


def test_one_agrees_to_be_thanked_and_no_longer(plain, session, closed):
    consultation, organiser, mine, sent = closed
    page = plain.submit(plain.get("/follow-up"), "/follow-up", number=sent.tracking_number)
    here = f"/follow-up/{sent.id}/credit"
    refused = plain.submit(page, here, credit="yes", credit_name=" ")
    assert refused.status == 422
    page = plain.submit(refused, here, credit="yes", credit_name="Amina B.")
    assert "Votre nom sera dans la synthèse." in page.words() and "Amina B." in page.text
    writer = plain.again().as_(organiser)
    console = f"/console/consultations/{consultation.slug}/synthesis"
    writer.submit(writer.get(console), console)
    page = writer.submit(writer.get(f"{console}/publish"), f"{console}/publish")
    assert "Amina B." in page.words()
    page = plain.submit(plain.get(f"/follow-up/{sent.id}"), here, credit=[])
    assert "ne sera pas" in page.words()
    assert "Amina B." not in plain.get(f"/syntheses/{consultation.slug}").words()
    stranger = plain.again()
    assert stranger.get(f"/follow-up/{sent.id}").status == 404
