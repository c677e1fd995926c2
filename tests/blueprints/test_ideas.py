"""A participant's idea: written, checked against what is there, signed, sent, received."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Contribution, Draft, Proposal

TEXT = "Ouvrir les médiathèques le dimanche après-midi. Les familles viendraient."


@pytest.fixture
def theme(make):
    return make.theme(make.consultation(allows_ideas=True))


@pytest.fixture
def url(session, theme):
    from consult.models import Consultation

    return f"/consultations/{session.get(Consultation, theme.consultation_id).slug}/proposals"


def write(browser, url, **typed):
    return browser.submit(browser.get(f"{url}/new"), f"{url}/new", **typed)


def test_from_the_empty_form_to_the_receipt(browser, session, url):
    page = write(browser, url, body=TEXT)
    assert "Ouvrir les médiathèques le dimanche après-midi" in page.words()
    assert session.scalars(select(Draft.target)).one().startswith("proposal:")
    page = browser.submit(page, f"{url}/send", signed_as="pseudonym", signature="Lila")
    made = session.scalars(select(Proposal)).one()
    assert page.url == f"/proposals/{made.id}/receipt"
    assert session.scalars(select(Contribution)).one().tracking_number in page.words()
    assert (made.body, made.signature) == (TEXT, "Lila")
    assert not session.scalars(select(Draft)).all()
    assert "Lila" in browser.again().get(f"/proposals/{made.id}").words()
    assert browser.again().get(f"/proposals/{made.id}/receipt").status == 404
    made.state, made.state_reason = "hidden", "attack"
    session.commit()
    assert "pas public pour le moment" in browser.get(f"/proposals/{made.id}/receipt").words()


def test_look_alikes_are_offered_before_sending(browser, make, theme, url):
    there = make.proposal(theme, title="Le dimanche", body="Ouvrir la médiathèque le dimanche.")
    other = make.proposal(theme, title="Autre", body="Prêter des ordinateurs.")
    page = write(browser, url, body="Ouvrir les médiathèques les dimanches")
    assert f"/proposals/{there.id}" in page.links()
    assert f"/proposals/{other.id}" not in page.links()


def test_the_draft_comes_back(browser, url):
    write(browser, url, body=TEXT, title="Mon titre")
    page = browser.get(f"{url}/new")
    assert TEXT in page.text
    assert 'value="Mon titre"' in page.text


@pytest.mark.parametrize("typed", [{"body": ""}, {"body": "a" * 20_001}, {"body": ["a", "b"]}])
def test_what_cannot_be_taken_is_given_back(browser, session, url, typed):
    page = write(browser, url, title="Un titre", **typed)
    assert page.status == 422
    assert 'value="Un titre"' in page.text
    assert not session.scalars(select(Proposal)).all()


@pytest.mark.parametrize(
    "typed", [{"signed_as": "name", "signature": ""}, {"territory": "D-99"}, {"actor_kind": "x"}]
)
def test_a_wrong_signature_loses_nothing(browser, session, url, typed):
    page = browser.submit(write(browser, url, body=TEXT), f"{url}/send", **typed)
    assert page.status == 422
    page = browser.submit(page, f"{url}/send", signed_as="none", territory="", actor_kind="")
    assert page.status == 200
    assert session.scalars(select(Proposal)).one().body == TEXT


def test_sent_twice_is_one_idea(browser, session, url):
    page = write(browser, url, body=TEXT)
    first = browser.submit(page, f"{url}/send")
    assert browser.submit(page, f"{url}/send").url == first.url
    assert session.scalar(select(func.count()).select_from(Proposal)) == 1


def test_no_ideas_where_they_are_not_asked_for(browser, make):
    consultation = make.consultation()
    make.theme(consultation)
    assert browser.get(f"/consultations/{consultation.slug}/proposals/new").status == 404


def test_after_the_close_the_text_is_given_back(browser, session, make, now, clock):
    consultation = make.consultation(allows_ideas=True, closes_at=now + timedelta(hours=1))
    make.theme(consultation)
    url = f"/consultations/{consultation.slug}/proposals"
    page = write(browser, url, body=TEXT)
    clock.shift(timedelta(days=90))
    page = browser.submit(page, f"{url}/send")
    assert page.status == 409
    assert TEXT in page.text
    assert browser.get(f"{url}/new").status == 409
    assert not session.scalars(select(Proposal)).all()
