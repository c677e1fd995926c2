"""Someone quoted by name gets a letter, and a page where one button says no."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Extract, Mail
from tests import reading_rooms

HERE = "/console/consultations/forum/reading/quoted"


@pytest.fixture
def told(make, session, plain):
    """An organiser who wrote to the people quoted; the link of the letter."""
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum", title="Le forum")
    question = make.question(make.theme(consultation))
    author = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    signed = {"signed_as": "name", "signature": "Ada L."}
    answer = make.answer(question, participant_id=author.id, body="Un banc.", **signed)
    nobody = make.answer(question, body="Une lampe.", **signed)
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    for one in (answer, nobody):
        reading_rooms.extract(make, part, one, named=True)
    plain.as_(owner)
    page = plain.get(HERE)
    assert "1 extrait est à annoncer" in page.words()
    assert "On ne peut pas leur écrire" in page.words()
    page = plain.submit(page, HERE)
    assert "1 e-mail part" in page.words()
    assert "Aujourd’hui, 2 noms ne paraîtraient pas" in page.words()
    letter = session.scalars(select(Mail).where(Mail.recipient == "ada@exemple.fr")).one()
    assert "Un banc." in letter.body and "30 novembre 2026" in letter.body
    return re.search(r"/quoted/\S+", letter.body)[0], owner


def test_contesting_takes_a_page_and_a_button(plain, session, told):
    path, _owner = told
    page = plain.get(path)
    assert page.status == 200
    assert "Un banc." in page.words() and "30 novembre" in page.words()
    assert session.scalars(select(Extract).where(Extract.contested_at.is_not(None))).all() == []
    too_long = plain.submit(page, path, why="x" * 1_001)
    assert too_long.status == 422
    assert plain.submit(page, path, why="\x00").status == 422
    done = plain.submit(page, path, why="Ce n’est pas mon idée.")
    assert "Vous avez dit non" in done.words()
    again = plain.post(path, {"csrf_token": _token(page)})
    assert again.status == 409
    extract = session.scalars(select(Extract).where(Extract.contested_at.is_not(None))).one()
    assert extract.contested_why == "Ce n’est pas mon idée."
    shown = plain.get(HERE)
    assert "Ce n’est pas mon idée." in shown.words()
    text = plain.get(f"/console/consultations/forum/reading/texts/{extract.statement_id}")
    assert "Contesté par la personne citée" in text.words()


def test_a_late_no_still_counts_for_what_comes_next(plain, told, clock, now):
    path, _owner = told
    clock.shift(timedelta(days=8) + clock.now() - now)
    page = plain.again().get(path)
    assert "Les sept jours sont passés" in page.words()


def test_nobody_else_makes_the_address(plain, session, told):
    path, _owner = told
    other = plain.again()
    for wrong in ("/quoted/x", path + "x", "/quoted/%ff%00", path.replace(".", "-")):
        assert other.get(wrong).status == 404
    for one in session.scalars(select(Extract)).all():
        session.delete(one)
    session.commit()
    assert other.get(path).status == 404


def test_nobody_to_tell_is_said(plain, told):
    _path, _owner = told
    page = plain.get(HERE)
    assert "Personne n’est à prévenir" in page.words()
    token = _token(plain.get(HERE.removesuffix("/quoted")))
    page = plain.post(HERE, {"csrf_token": token})
    assert "Personne n’est à prévenir" in page.words()


def _token(page):
    from tests.browser import fields

    return next(v for form in page.forms() for n, v in fields(form) if n == "csrf_token")
