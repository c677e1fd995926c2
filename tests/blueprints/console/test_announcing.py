"""An organiser writes to those who follow: the letter is looked at, then sent, once a day."""

import pytest
from sqlalchemy import func, select

from consult.blueprints.follows import jobs
from consult.models import Announcement, Mail
from consult.services import follows
from tests.services.test_announcements import follow

TYPED = {"title": "La réunion est avancée", "body": "Elle a lieu mardi.\n\nÀ bientôt."}


@pytest.fixture
def consultation(make):
    return make.consultation(owner_id=make.account("organiser", email="org@exemple.fr").id)


@pytest.fixture
def organiser(browser, session, consultation):
    from consult.models import Account

    account = session.scalars(select(Account).where(Account.email == "org@exemple.fr")).one()
    return browser.as_(account)


def here(consultation):
    return f"/console/consultations/{consultation.slug}/announcement"


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def test_a_message_is_seen_then_sent_to_each_follower_once(
    app, session, organiser, consultation, now
):
    follow(session, consultation, "ada@exemple.fr", now)
    url = here(consultation)
    page = organiser.submit(organiser.get(url), url, **TYPED)
    assert "Elle a lieu mardi." in page.words()
    assert "Envoyer à 1 personne" in page.words()
    assert count(session, Announcement) == 0
    page = organiser.submit(page, url, send="1")
    assert page.url == f"/console/consultations/{consultation.slug}"
    assert count(session, Announcement) == 1
    before = count(session, Mail)
    with app.app_context():
        assert [jobs.send_announcements(app) for _ in range(3)] == [1, 0, 0]
    assert count(session, Mail) == before + 1
    mail = session.scalars(select(Mail).where(Mail.recipient == "ada@exemple.fr")).one()
    assert mail.subject == TYPED["title"]
    assert "Elle a lieu mardi." in mail.body and mail.stop_path in mail.body


def test_a_second_message_of_the_day_is_refused_with_the_words_given_back(
    session, organiser, consultation
):
    url = here(consultation)
    page = organiser.submit(organiser.get(url), url, **TYPED)
    organiser.submit(page, url, send="1")
    page = organiser.submit(page, url, send="1")
    assert page.status == 429
    assert page.response.headers["Retry-After"]
    assert "Elle a lieu mardi." in page.text
    assert count(session, Announcement) == 1


def test_what_is_missing_is_said(session, organiser, consultation):
    url = here(consultation)
    page = organiser.get(url)
    for typed in ({"title": "", "body": "x"}, {"title": "x", "body": "\x00"}, {"title": "x"}):
        assert organiser.submit(page, url, **typed).status == 422
        assert organiser.submit(page, url, send="1", **typed).status == 422
    assert count(session, Announcement) == 0


def test_a_follower_who_may_no_longer_see_it_gets_nothing(
    app, session, organiser, consultation, now
):
    follow(session, consultation, "ada@exemple.fr", now)
    url = here(consultation)
    page = organiser.submit(organiser.get(url), url, **TYPED)
    organiser.submit(page, url, send="1")
    session.rollback()
    consultation.access = "listed"
    session.commit()
    with app.app_context():
        assert jobs.send_announcements(app) == 0
    assert follows.find(session, "ada@exemple.fr") is not None


def test_only_its_organiser_writes(browser, session, make, consultation):
    browser.as_(make.account("organiser"))
    assert browser.get(here(consultation)).status == 403
    assert browser.again().get(here(consultation)).url.startswith("/sign-in")
