"""Drafts of ideas and of replies: kept while typing, found again, gone once sent."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Consultation, Draft, Statement

ON = {
    "allows_ideas": True,
    "allows_arguments": True,
    "allows_sources": True,
    "allows_amendments": True,
    "allows_comments": True,
}
TYPED = "Ouvrir les médiathèques le dimanche"
KINDS = ("arguments", "sources", "amendments", "comments")


@pytest.fixture
def theme(make):
    return make.theme(make.consultation(**ON))


@pytest.fixture
def proposal(make, theme):
    return make.proposal(theme, body="Un texte.\nEn deux lignes.")


@pytest.fixture
def places(session, theme, proposal):
    """The address of each form, and that of its draft."""
    slug = session.get(Consultation, theme.consultation_id).slug
    ideas = f"/consultations/{slug}/proposals"
    found = {what: (f"/proposals/{proposal.id}/{what}/new",) * 2 for what in KINDS}
    return found | {"ideas": (f"{ideas}/new", ideas)}


def close(session, theme, now, clock):
    session.get(Consultation, theme.consultation_id).closes_at = now + timedelta(minutes=5)
    session.commit()
    clock.shift(now + timedelta(minutes=6) - datetime.now(UTC))


@pytest.mark.parametrize("what", [*KINDS, "ideas"])
def test_a_draft_is_kept_comes_back_and_is_forgotten(browser, session, places, what):
    url, base = places[what]
    page = browser.get(url)
    assert f'hx-post="{base}/draft" hx-trigger="input delay:2s"' in page.text
    saved = browser.submit(page, url, button=f"{base}/draft", body=TYPED)
    assert 'id="draft-status"' in saved.text
    assert session.scalars(select(Draft)).one().form["body"] == [TYPED]
    again = browser.get(url)
    assert TYPED in again.text
    assert TYPED not in browser.again().get(url).text
    assert TYPED not in browser.submit(again, f"{base}/start-again").text
    session.expire_all()
    assert not session.scalars(select(Draft)).all()


@pytest.mark.parametrize("what", [*KINDS, "ideas"])
def test_nothing_typed_leaves_no_draft(browser, session, places, what):
    url, base = places[what]
    browser.submit(browser.get(url), url, button=f"{base}/draft")
    assert not session.scalars(select(Draft)).all()


@pytest.mark.parametrize("what", KINDS)
def test_a_reply_sent_leaves_no_draft_even_saved_late(browser, session, places, what):
    url, base = places[what]
    page = browser.get(url)
    typed = {"body": TYPED, "side": "for"}
    browser.submit(page, url, button=f"{base}/draft", **typed)
    assert browser.submit(page, url, **typed).status == 200
    assert not session.scalars(select(Draft)).all()
    browser.submit(page, url, button=f"{base}/draft", **typed)
    assert not session.scalars(select(Draft)).all()
    assert len(session.scalars(select(Statement).where(Statement.body == TYPED)).all()) == 1


def test_a_draft_keeps_how_a_reply_is_signed(browser, places):
    url, base = places["amendments"]
    signed = {"signed_as": "name", "signature": "Awa Diop", "explanation": "Plus clair."}
    browser.submit(browser.get(url), url, button=f"{base}/draft", **signed)
    again = browser.get(url)
    assert 'value="Awa Diop"' in again.text
    assert "Plus clair." in again.text
    assert "En deux lignes." in again.text


@pytest.mark.parametrize("what", [*KINDS, "ideas"])
def test_what_is_refused_is_kept_too(browser, session, places, what):
    url, _base = places[what]
    page = browser.submit(browser.get(url), url, body="a" * 20_001)
    assert page.status == 422
    assert session.scalars(select(Draft)).one().form["body"] == ["a" * 20_001]
    assert "a" * 20_001 in browser.get(url).text


def test_the_theme_of_an_idea_may_change_and_its_draft_stays_one(browser, session, make, places):
    url, base = places["ideas"]
    consultation = session.scalars(select(Consultation)).one()
    other = make.theme(consultation)
    browser.submit(browser.get(url), url, button=f"{base}/draft", body=TYPED)
    page = browser.submit(browser.get(url), url, body=TYPED, theme=other.id)
    browser.submit(page, f"{base}/send")
    assert not session.scalars(select(Draft)).all()
    idea = session.scalars(select(Statement).where(Statement.body == TYPED)).one()
    assert idea.theme_id == other.id


def test_a_draft_that_cannot_be_read_is_shown_in_its_form(browser, places):
    url, base = places["ideas"]
    browser.submit(browser.get(url), url, button=f"{base}/draft", body="", title="Un titre")
    page = browser.get(f"{base}/check")
    assert page.status == 422
    assert 'value="Un titre"' in page.text


@pytest.mark.parametrize("what", ["amendments", "ideas"])
def test_after_the_close_a_draft_can_still_be_copied(
    browser, session, theme, places, now, clock, what
):
    url, base = places[what]
    page = browser.get(url)
    browser.submit(page, url, button=f"{base}/draft", body=TYPED)
    close(session, theme, now, clock)
    shown = browser.get(url)
    assert (shown.status, TYPED in shown.words()) == (409, True)
    sent = browser.submit(page, url, body=f"{TYPED}, et le soir")
    assert sent.status == 409
    assert f"{TYPED}, et le soir" in sent.text
    assert browser.again().get(url).status == 409
