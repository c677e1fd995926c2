"""Passages that stand for others, telling words, rare voices: shown, taken only by a press."""

import pytest
from sqlalchemy import delete, select

from consult.models import Extract, ReadingNote
from tests import noted, reading_rooms
from tests.browser import fields


@pytest.fixture
def world(make, monkeypatch):
    noted.few(monkeypatch)
    return noted.world(make)


def here(path=""):
    return f"/console/consultations/forum/reading{path}"


def press(browser, page, text, part):
    """Press the button of a passage; the form before it chooses the place."""
    _place, form = page.forms(here("/voices"))
    typed = dict(fields(form)) | {"text": text, "block": part.id}
    return browser.post(here("/voices"), typed)


def test_a_passage_is_shown_then_taken_by_a_press(browser, session, make, world, now, statements):
    browser.as_(world.owner)
    page = browser.get(here("/voices"))
    assert "Chercher ces passages" in page.words() and "Voix rares" not in page.words()
    noted.note(session, world, "voices", now)
    with statements() as seen:
        page = browser.get(here(f"/voices?place=t:{world.evening.id}"))
    assert len(seen) <= 20
    assert "ressemblent à 100 % des 17 textes" in page.words()
    assert "Contre" in page.words() and "n’est pas commencée" in page.words()
    assert session.scalars(select(Extract)).all() == []
    part = reading_rooms.block(make, reading_rooms.synthesis(make, world.consultation))
    page = browser.get(here(f"/voices?place=t:{world.evening.id}&block={part.id}"))
    text = next(one.get("value") for one in page.all("button") if one.get("name") == "text")
    page = press(browser, page, text, part)
    assert "L’extrait est dans la synthèse." in page.words() and "Déjà repris" in page.words()
    extract = session.scalars(select(Extract)).one()
    assert (extract.block_id, extract.statement_id, extract.named) == (part.id, text, False)
    refused = press(browser, page, text, part)
    assert refused.status == 409
    refused = press(browser, page, "x", part)
    assert refused.status == 409
    assert press(browser, page, "\x00", part).status == 404
    session.execute(delete(ReadingNote))
    session.commit()
    refused = press(browser, page, text, part)
    assert refused.status == 409
    assert len(session.scalars(select(Extract)).all()) == 1


def test_rare_voices_are_drawn_then_listed(browser, session, world, now):
    browser.as_(world.owner)
    noted.note(session, world, "voices", now)
    place = f"place=t:{world.roads.id}"
    for seed in ("", "&seed=7", "&seed=x"):
        page = browser.get(here(f"/voices?{place}{seed}"))
        assert "1 texte ne ressemble à aucun autre." in page.words()
    page = browser.get(here(f"/alone?{place}"))
    assert "Une fontaine" in page.words()
    assert browser.get(here("/alone?place=t:none")).status == 404


def test_the_words_of_a_theme_lead_to_the_texts_that_hold_them(browser, session, world, now):
    browser.as_(world.owner)
    assert "Chercher les mots" in browser.get(here("/terms")).words()
    noted.note(session, world, "terms", now)
    page = browser.get(here("/terms"))
    assert "pistes (6)" in page.words()
    link = next(one for one in page.links() if "stem=pist" in one)
    page = browser.get(link)
    assert "Textes qui contiennent ce mot : pistes" in page.words()
    assert len([one for one in page.links() if "/reading/texts/" in one]) == 6
    browser.get(here("/holding?stem=velo"))
    assert browser.get(here("/holding?stem=%25")).status == 404


def test_the_notebook_says_which_side_is_left_out(browser, make, world):
    whole = reading_rooms.synthesis(make, world.consultation)
    chapter = {"theme_id": world.evening.id, "title": "Le soir"}
    reading_rooms.block(make, whole, "chapter", **chapter)
    part = reading_rooms.block(make, whole, "finding")
    reading_rooms.extract(make, part, make.argument(world.first[0], side="for"))
    page = browser.as_(world.owner).get("/console/consultations/forum/synthesis")
    assert (
        "« Le soir » ne cite qu’un côté. L’autre côté, « Contre », réunit 5 personnes"
        in page.words()
    )
    assert any(f"voices?place=t:{world.evening.id}" in one for one in page.links())
