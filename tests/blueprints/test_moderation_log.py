"""The public log of moderation, as anyone reads it."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from consult.queries.moderation import Moderator
from consult.services import moderation, second_readings
from tests import rooms

HERE = "/moderation/log"


@pytest.fixture
def world(session, make, now):
    found = rooms.tree(session, make, now)
    found.consultation = make.consultation(slug="bus", title="Le bus")
    found.question = make.question(make.theme(found.consultation))
    return found


@pytest.fixture
def hidden(session, make, world, now):
    """Hide a text in the local room."""

    def one(reason="attack", decision="hide", at=None, **facts):
        facts = {"body": "Ananas pourri", "signature": "Léon Lescot"} | facts
        answer = make.answer(world.question, territory_code="D-54", **facts)
        moderation.decide(
            session,
            [moderation.Seen(answer.id, answer.version, answer.state)],
            choice=moderation.Choice(decision, reason, "Note pour l’auteur"),
            by=Moderator(world.by_local.id, facilitates=True),
            now=at or now - timedelta(hours=2),
        )
        session.commit()
        return answer

    return one


@pytest.mark.parametrize("here", [HERE, "/consultations/bus/moderation"])
def test_what_was_decided_is_told_and_never_the_words(browser, session, world, hidden, now, here):
    answer = hidden()
    second_readings.ask(session, answer, words="Secret", actor="participant:x", now=now)
    session.commit()
    page = browser.get(here)
    words = page.words()
    assert "Attaque une personne" in words
    assert "Salle du 54" in words
    assert "novembre 2026" in words
    assert "Deuxième lecture demandée" in words
    for private in ("Ananas", "Léon", "Note pour", "Secret", "Amina", answer.id):
        assert private not in page.text
    for link in (f"{here}.csv",):
        table = browser.client.get(link)
        text = table.get_data(as_text=True)
        assert table.mimetype == "text/csv"
        (row,) = csv.DictReader(StringIO(text))
        assert (row["day"], row["kind"], row["result"]) == ("2026-11-23", "answer", "hidden")
        assert (row["reason"], row["second_reading"]) == ("attack", "waiting")
        assert "Ananas" not in text and "Amina" not in text


def test_a_decision_is_told_ten_minutes_later_with_what_followed(
    browser, session, world, hidden, clock, now
):
    answer = hidden(at=now)
    second_readings.ask(session, answer, words="Secret", actor="participant:x", now=now)
    session.commit()
    told = ("Attaque une personne", "Deuxième lecture")
    assert not [words for words in told if words in browser.get(HERE).words()]
    clock.shift(now + timedelta(minutes=11) - datetime.now(UTC))
    assert all(words in browser.get(HERE).words() for words in told)


def test_an_empty_log_says_so(browser, world):
    for here in (HERE, "/consultations/bus/moderation"):
        assert "Aucun texte masqué" in browser.get(here).words()


def test_the_log_is_found_from_where_people_are(browser, world):
    assert HERE in browser.get("/").links()
    assert HERE in browser.get("/data").links()
    assert "/consultations/bus/moderation" in browser.get("/consultations/bus").links()


def test_a_consultation_on_a_list_has_a_log_for_its_people_alone(browser, make, world, hidden):
    world.consultation.access = "listed"
    make.save(world.consultation)
    hidden()
    assert browser.get("/consultations/bus/moderation").status == 404
    assert browser.client.get("/consultations/bus/moderation.csv").status_code == 404
    assert "Le bus" not in browser.get(HERE).text
    boss = browser.again().as_(make.account("administrator"))
    assert "Attaque une personne" in boss.get("/consultations/bus/moderation").words()


def test_a_long_log_is_read_page_after_page(browser, world, hidden, now, statements):
    for number in range(25):
        hidden(at=now - timedelta(hours=number + 1))
    with statements() as seen:
        page = browser.get(HERE)
    assert len(seen) <= 7
    assert page.words().count("Attaque une personne") == 21
    following = next(link for link in page.links() if "cursor" in link)
    assert browser.get(following).words().count("Attaque une personne") == 6
    assert browser.get(f"{HERE}?cursor=faux").status == 404


def test_the_words_of_delays():
    from consult import create_app
    from consult.blueprints.moderation_log import words

    app = create_app({"TESTING": True, "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": "sqlite://"})
    with app.test_request_context("/"):
        from consult import i18n

        i18n.begin()
        said = [words.delay(one) for one in (None, 60, 3600 * 5, 86400 * 3)]
    assert said == ["", "moins d’une heure", "5 heures", "3 jours"]
