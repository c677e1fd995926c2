"""Colleagues in one queue, keys, and the letters that decisions cause."""

import pytest
from sqlalchemy import select

from consult.models import Mail, PassedOn, Reading
from tests.blueprints.moderation.pages import press, shown, states


def test_colleagues_are_told_who_reads(browser, session, waiting, make):
    first, second = waiting(2)
    page = browser.get("/moderation")
    colleague = browser.again().as_(make.account("administrator", name="Amina"))
    colleague.submit(colleague.get("/moderation"), "/moderation/readings")
    assert session.scalars(select(Reading.statement_id)).all() == [first.id]
    page = browser.get("/moderation")
    assert "Amina lit celui-ci" in page.words()
    here = [one for one in page.all("article") if one.get("data-keys") == "first"]
    assert [one.get("id") for one in here] == [f"text-{second.id}"]
    assert "Vous lisez celui-ci" in colleague.get("/moderation").words()
    page = press(browser, page, first, "publish")
    assert states(session, [first]) == ["published"]


@pytest.mark.parametrize("text", ["", "nothing", "\x00", "x" * 400])
def test_no_other_text_can_be_read(browser, session, waiting, make, text):
    waiting(1)
    page = browser.get("/moderation")
    elsewhere = make.answer(make.question(), state="pending")
    for one in (text, elsewhere.id):
        assert browser.submit(page, "/moderation/readings", text=one).status in (200, 204)
    assert session.scalars(select(Reading)).all() == []


def test_a_text_is_passed_to_a_colleague(browser, session, waiting, make):
    first, second = waiting(2)
    page = press(browser, browser.get("/moderation"), first, "pass")
    assert shown(page) == [second.id]
    assert shown(browser.get("/moderation?passed=1")) == [first.id]
    colleague = browser.again().as_(make.account("administrator"))
    page = colleague.get("/moderation")
    assert shown(page) == [first.id, second.id]
    assert "Passé par une ou un collègue" in page.words()
    press(browser, browser.get("/moderation?passed=1"), first, "publish")
    assert states(session, [first]) == ["published"]
    assert session.scalars(select(PassedOn)).all() == []


def test_each_key_is_the_letter_on_its_button_and_can_be_switched_off(browser, waiting):
    waiting(2)
    wanted = {"fr": "pmct", "en": "phct"}
    for locale, letters in wanted.items():
        browser.client.set_cookie("language", locale)
        page = browser.get("/moderation")
        article = page.all("article")[0]
        keyed = [one for one in article.iter() if one.get("data-key")]
        for one in keyed:
            label = "".join(one.itertext())
            key = one.get("data-key")
            assert f"({key.upper()})" in label or label.startswith(f"{key}. "), label
        found = [one.get("data-key") for one in keyed if not one.get("data-key").isdigit()]
        assert "".join(found) == letters + "s"
    assert [one.get("data-key") for one in keyed if one.get("data-key").isdigit()] == list(
        "1234" + "123456"
    )
    page = browser.submit(page, "/moderation/keys", button=("keys", "off"))
    assert not [one for one in page.html.iter() if one.get("data-key")]
    assert "(P)" not in page.words()
    page = browser.submit(page, "/moderation/keys", button=("keys", "on"))
    assert [one for one in page.html.iter() if one.get("data-key")]


@pytest.fixture
def told(make, mine, waiting):
    """A text whose author asked to be told."""
    participant = make.participant()
    held = make.contribution(mine, participant, notify_email="moi@exemple.fr")
    (text,) = waiting(1, contribution_id=held.id, participant_id=participant.id)
    return text


def test_the_author_is_told_what_why_by_which_rule_and_what_to_do(browser, session, told):
    page = browser.get("/moderation")
    typed = {"hide-note": "Vous exagérez.", "correct-note": "Le nom du voisin."}
    press(browser, page, told, "correct.private", **typed)
    letter = session.scalars(select(Mail)).one()
    assert "exagérez" not in letter.body and "demandé à être prévenu" not in letter.body
    assert letter.recipient == "moi@exemple.fr"
    for said in (
        "Corrigez votre texte",
        "Texte 00.",
        "Donne une information privée",
        "La règle : on ne dit pas la vie privée des gens",
        "Le nom du voisin.",
        "aucune machine ne décide",
        "avec votre numéro de suivi, ou dans votre espace",
        "ce texte est le vôtre",
        "saisir un juge",
        "deuxième lecture",
        "http://localhost/follow-up",
    ):
        assert said in " ".join(letter.body.split()), said


def test_a_letter_that_did_not_leave_is_taken_back_with_the_decision(browser, session, told):
    page = press(browser, browser.get("/moderation"), told, "hide.attack")
    assert session.scalars(select(Mail)).all()
    browser.submit(page, "/moderation/undo")
    session.expire_all()
    assert session.scalars(select(Mail)).all() == []


def test_whoever_was_told_is_told_that_it_is_undone(browser, session, told, now):
    page = press(browser, browser.get("/moderation"), told, "hide.attack")
    session.scalars(select(Mail)).one().sent_at = now
    session.commit()
    browser.submit(page, "/moderation/undo")
    letters = session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)).all()
    assert len(letters) == 2
    assert any("est annulée" in letter.subject for letter in letters)


def test_a_refused_decision_writes_no_letter(browser, session, told):
    page = browser.get("/moderation")
    press(browser, page, told, "hide")
    press(browser, page, told, "publish", text=[f"{told.id}.1.hidden"])
    assert session.scalars(select(Mail)).all() == []
