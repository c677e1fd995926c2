"""From one edition to the next: what was left open comes up, and both pages show what happened."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.blueprints.syntheses import jobs
from consult.domain.syntheses.composed import Part
from consult.models import FollowUp, Mail
from consult.queries import consultations, followed
from consult.services import follows
from tests import syntheses, synthesising

DAY = timedelta(days=1)


@pytest.fixture
def world(browser, session, make):
    """A last edition that left two points open, and the next one, closed, its notebook begun."""
    last = make.consultation(title="L'an dernier", slug="an-dernier")
    parts = (
        Part("c", "chapter", "Chapitre", "1", "Le soir"),
        Part("q", "open_question", "Question ouverte", "1.1", "Qui garde les clés ?"),
        Part("p", "perspective", "Perspective", "1.2", "Ouvrir le dimanche", "Pour voir."),
    )
    syntheses.publish(
        make, syntheses.usual(number=1, parts=parts, credits=()), last, told_at=make.now
    )
    world = synthesising.closed(make, follows_id=last.id, slug="cette-annee")
    make.answer(world.question, body="Le soir.")
    world.synthesis = synthesising.begun(session, world)
    browser.as_(world.owner)
    return world


def test_the_follow_up_is_said_shown_by_both_editions_and_read_in_two_languages(
    browser, session, world
):
    here = "/console/consultations/cette-annee"
    page = browser.get(here)
    assert f"{here}/follow-up" in page.links() and "2 points sans nouvelles" in page.words()
    stale = browser.get(f"{here}/follow-up")
    assert "Qui garde les clés ?" in stale.words()
    wrong = browser.submit(stale, f"{here}/follow-up", **{"body-q": "La mairie."})
    assert wrong.status == 422 and "La mairie." in wrong.text
    browser.submit(wrong, f"{here}/follow-up", **{"state-q": "done"})
    assert session.scalars(select(FollowUp.body)).all() == ["La mairie."]
    late = browser.submit(stale, f"{here}/follow-up", **{"state-q": "dropped", "body-q": "Non."})
    assert late.status == 409 and "La mairie." in late.text and "Non." in late.text
    page = browser.get(f"{here}/synthesis/publish")
    assert "1 point de la dernière édition est noté « Pas de nouvelles »" in page.words()
    browser.submit(page, f"{here}/synthesis/publish")
    reader = browser.again()
    page = reader.get("/syntheses/cette-annee")
    for words in ("Ce qui s'est passé depuis", "La mairie.", "Pas de nouvelles", "Fait"):
        assert words in page.words()
    assert "/syntheses/carnet#b-q" in page.links()
    page = reader.get("/syntheses/carnet")
    assert "Ce qu'en dit l'édition suivante" in page.words() and "La mairie." in page.words()
    assert "/consultations/cette-annee" in page.links()
    reader.submit(page, "/language", button=("locale", "en"))
    page = reader.get("/syntheses/cette-annee")
    for words in ("No news", "What became of the texts", "Qui garde les clés ?"):
        assert words in page.words()
    assert "Ce que les textes" not in page.words()
    french = ["".join(one.itertext()) for one in page.html.iter() if one.get("lang") == "fr"]
    assert any("Qui garde les clés ?" in text for text in french)
    assert browser.get("/console/consultations/an-dernier/follow-up").status in (403, 404)
    browser.submit(browser.get(here), "/language", button=("locale", "en"))
    page = browser.get(f"{here}/synthesis/publish")
    assert "What became of the texts" in page.words() and "Ce que les textes" not in page.words()


def test_those_who_took_part_and_those_who_follow_are_told_once(
    app, browser, session, clock, make, world
):
    about, now = world.consultation, world.now
    author = make.participant()
    sent = make.contribution(about, author, notify_email="amina@exemple.fr")
    make.answer(world.question, participant_id=author.id, contribution_id=sent.id)
    name = f"consultation:{about.id}"
    people = (("bea", "at_once"), ("carl", "weekly"), ("amina", "at_once"))
    for who, letters in people:
        email = f"{who}@exemple.fr"
        what = follows.subject(session, name, reader=consultations.Reader(email=email), now=now)
        follows.follow(session, email, what, home=follows.Home("Europe/Paris", "fr"), now=now)
        follows.find(session, email).letters = letters
    session.commit()
    synthesising.publish(session, world.synthesis, world.owner, now)
    with app.app_context():
        assert [jobs.tell_published(app) for _turn in range(2)] == [2, 0]
    session.rollback()
    letters = session.scalars(select(Mail).where(Mail.dedup_key.like("synthesis:%"))).all()
    told = {one.recipient: one for one in letters}
    assert sorted(told) == ["amina@exemple.fr", "bea@exemple.fr"]
    assert "/follow-up" in told["amina@exemple.fr"].body
    assert "/letters/" in told["bea@exemple.fr"].body
    assert told["bea@exemple.fr"].stop_path
    since, until = now - DAY, datetime.now(UTC) + 2 * DAY
    kind = followed.kinds()["consultation"]
    for who, held in (("bea", []), ("carl", ["synthesis"])):
        window = followed.Window(f"{who}@exemple.fr", since, until, now)
        rows = [row for query in kind.news(about.id, window) for row in session.execute(query)]
        assert [row.what for row in rows if row.path.startswith("/syntheses")] == held
