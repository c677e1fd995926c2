"""Many outcomes on one page: sent together, nothing lost, two writers, one letter a person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.blueprints.syntheses import jobs
from consult.domain.syntheses.composed import Part, Quote
from consult.models import Mail, Outcome
from tests import syntheses

HERE = "/console/consultations/bus"
DAY = timedelta(days=1)


@pytest.fixture
def mine(browser, make, now):
    owner = make.account("organiser")
    browser.as_(owner)
    return make.consultation(owner_id=owner.id, slug="bus", title="Le bus", closes_at=now - DAY)


@pytest.fixture
def texts(make, mine):
    """Two proposals of one person, who asked to be told, and the synthesis that quotes one."""
    author, theme = make.participant(), make.theme(mine)
    sent = make.contribution(mine, author, notify_email="amina@exemple.fr")
    own = {"participant_id": author.id, "contribution_id": sent.id}
    found = [make.proposal(theme, title=name, **own) for name in ("Le soir", "Le dimanche")]
    found += [make.proposal(theme, title=f"Arrêt {number}") for number in range(3)]
    quote = Quote("Un bus le soir.", statement=found[0].id, path=f"/proposals/{found[0].id}")
    parts = (
        Part("c", "chapter", "Chapitre", "1", "Les lignes"),
        Part("f", "proposition", "Proposition", "1.1", "Un bus le soir", "Oui.", quotes=(quote,)),
    )
    syntheses.publish(make, syntheses.usual(slug="bus", number=1, parts=parts), mine)
    return found


def told(app, session, clock):
    """Let the worker write the letters, a little later; return them."""
    clock.shift(clock.now() + timedelta(minutes=10) - datetime.now(UTC))
    with app.app_context():
        while jobs.tell_outcomes(app) + jobs.tell_published(app):
            pass
    session.rollback()
    query = select(Mail).where(Mail.dedup_key.like("outcomes:%")).order_by(Mail.created_at)
    return session.scalars(query).all()


def test_many_outcomes_are_given_with_one_press_and_each_person_gets_one_letter(
    app, browser, session, clock, mine, texts
):
    first, second, *others = texts
    url = f"{HERE}/outcomes?show=proposals"
    page = browser.get(url)
    ticks = {f"tick-{one.id}": "yes" for one in others}
    wrong = browser.submit(
        page,
        f"{HERE}/outcomes",
        **{f"verdict-{first.id}": "kept", f"body-{first.id}": "Dès mars.", **ticks},
        **{f"link-{first.id}": "http://localhost/rooms/rien", "verdict-all": "not_kept"},
    )
    assert wrong.status == 422 and "Dès mars." in wrong.text
    assert not session.scalars(select(Outcome)).all()
    done = browser.submit(
        wrong,
        f"{HERE}/outcomes",
        **{f"link-{first.id}": "https://exemple.fr/arrete", f"decision-{first.id}": "L'arrêté"},
        **{f"verdict-{second.id}": "partly", f"body-{second.id}": "Le matin seulement."},
        **{"body-all": "Personne ne les demande."},
    )
    assert "5 suites sont publiées" in done.words()
    assert browser.submit(page, f"{HERE}/outcomes").status == 200  # what is not touched stays
    assert "Rien n'a changé" in browser.submit(done, f"{HERE}/outcomes").words()
    page = browser.get(f"{HERE}/outcomes")
    assert "1.1 Un bus le soir" in page.words()
    typed = {"verdict-f": "kept", "body-f": "La ligne 4 roulera le soir."}
    browser.submit(page, f"{HERE}/outcomes", **typed)
    (letter,) = told(app, session, clock)
    assert letter.recipient == "amina@exemple.fr"
    for words in ("Le soir", "Dès mars.", "Le matin seulement.", "L'arrêté", "/syntheses/bus#b-f"):
        assert words in letter.body
    assert "Personne ne les demande." not in letter.body
    assert all(session.scalars(select(Outcome.told_at)))
    page = browser.get(f"/proposals/{first.id}")
    assert {"https://exemple.fr/arrete", "/syntheses/bus#b-f"} <= set(page.links())
    assert "La ligne 4 roulera le soir." in page.words()


def test_two_writers_see_both_texts_and_the_rest_comes_back_as_typed(browser, session, texts):
    first, second, *_others = texts
    url = f"{HERE}/outcomes?show=proposals"
    stale = browser.get(url)
    theirs = {f"verdict-{first.id}": "kept", f"body-{first.id}": "Le premier."}
    browser.submit(browser.get(url), f"{HERE}/outcomes", **theirs)
    typed = {f"verdict-{first.id}": "not_kept", f"body-{first.id}": "Le second."}
    typed |= {f"verdict-{second.id}": "kept", f"body-{second.id}": "Oui."}
    page = browser.submit(stale, f"{HERE}/outcomes", **typed)
    assert page.status == 409
    assert all(words in page.text for words in ("Le premier.", "Le second.", "Oui."))
    assert len(session.scalars(select(Outcome)).all()) == 1
    browser.submit(page, f"{HERE}/outcomes")
    query = select(Outcome.body).order_by(Outcome.body)
    assert session.scalars(query).all() == ["Le second.", "Oui."]


def test_everyone_finds_what_became_of_theirs(browser, session, make, mine, texts, now):
    first = texts[0]
    account = make.account()
    question = make.question(make.theme(mine))
    author = make.participant(account_id=account.id)
    answer = make.answer(question, body="La nuit.", participant_id=author.id)
    about = {"consultation_id": mine.id, "created_at": now, "updated_at": now}
    make.save(Outcome(question_id=question.id, verdict="partly", body="Pas la nuit.", **about))
    make.save(Outcome(statement_id=first.id, verdict="kept", body="Dès mars.", **about))
    reader = browser.as_(account)
    assert "Pas la nuit." in reader.get("/account").words()
    page = reader.get(f"/answers/{answer.id}")
    words = page.words()
    assert "Ce qu'est devenue cette question" in words and words.count("Pas la nuit.") == 1
    assert "Réponse de l'organisateur (à venir)" not in words, "the question was answered"
    page = reader.again().get("/syntheses/bus")
    assert "Ce que nous retenons en partie" in page.words() and "Pas la nuit." in page.words()
    first.state = "hidden"
    session.commit()
    assert "Dès mars." not in reader.again().get("/syntheses/bus").words()
