"""Suggested themes, by plain forms: asked for, named, put together, dropped, written."""

import pytest
from sqlalchemy import select

from consult.blueprints.console import reading_jobs
from consult.models import Extract, SuggestedTheme, SynthesisBlock
from consult.services.aid_kinds import groups, themes
from tests import reading_rooms, suggesting
from tests.browser import fields

HERE = "/console/consultations/forum/reading"


@pytest.fixture
def room(make):
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum")
    question = make.question(make.theme(consultation))
    for _subject, text in suggesting.texts():
        make.answer(question, body=text)
    return owner, consultation


def token_of(page):
    return {"csrf_token": dict(fields(page.forms()[0]))["csrf_token"]}


def work(app, page, plain):
    plain.submit(page, f"{HERE}/aids/themes")
    with app.app_context():
        return reading_jobs.help_readers(app)


def refuses(plain, here, token):
    assert plain.post(f"{here}/block", token).status == 409
    assert plain.post(here, {**token, "act": "nothing"}).status == 422
    assert plain.post(here, {**token, "act": "name", "version": "9" * 20}).status == 409
    assert plain.post(here, {**token, "act": "merge", "version": "1", "into": "\x00"}).status == 422


def test_themes_are_asked_for_named_and_written(app, plain, session, make, room):
    owner, consultation = room
    page = plain.as_(owner).get(f"{HERE}/themes")
    assert "Pas encore de thème." in page.words() and "Chercher des thèmes" in page.words()
    assert work(app, page, plain) == 2
    page = plain.get(f"{HERE}/themes")
    assert "gare" in page.words() and "Suggéré" in page.words()
    links = [link for link in page.links() if link.startswith(f"{HERE}/themes/")]
    assert len(links) == 2
    shown = plain.get(links[0])
    assert "Mots qui reviennent" in shown.words() and "n’est pas commencée" in shown.words()
    token = token_of(shown)
    refuses(plain, links[0], token)
    named = {**token, "act": "name", "version": "1", "name": "Les gares"}
    page = plain.submit(shown, links[0], act="name", version="1", name="Les gares")
    assert "Nommé par une personne" in page.words() and page.url == links[0]
    refused = plain.post(links[0], {**named, "name": "Trop tard"})
    assert refused.status == 409 and "Trop tard" in refused.text
    reading_rooms.synthesis(make, consultation)
    page = plain.get(links[0])
    is_named = SuggestedTheme.name == "Les gares"
    found = session.scalars(select(SuggestedTheme.id).where(is_named)).one()
    values = [part.split('"')[0] for part in page.text.split('name="proof" value="')[1:3]]
    assert len(values) == 2
    refused = plain.submit(page, f"{links[0]}/block", way="key_idea", title="Des gares")
    assert refused.status == 422 and "Cochez au moins un extrait" in refused.words()
    facts = {"way": "chapter", "title": "Des gares", "proof": values}
    written = plain.submit(page, f"{links[0]}/block", **facts)
    assert "Le thème est dans la synthèse" in written.words()
    order = select(SynthesisBlock.kind, SynthesisBlock.title).order_by(SynthesisBlock.position)
    rows = [tuple(row) for row in session.execute(order)]
    assert rows == [("chapter", "Des gares"), ("key_idea", "Des gares")]
    assert len(session.scalars(select(Extract)).all()) == 2
    gone = {**facts, "proof": ["x" * 18 + ".0"]}
    assert plain.submit(page, f"{links[0]}/block", **gone).status == 409
    merged = plain.submit(plain.get(links[1]), links[1], act="merge", into=found, version="1")
    assert merged.url == links[0] and "n’en font plus qu’un" in merged.words()
    left = plain.post(links[1], {**token, "act": "drop", "version": "1"})
    assert left.status == 404


def test_a_dropped_theme_comes_back_only_when_it_is_let(app, plain, room, statements):
    owner, _consultation = room
    page = plain.as_(owner).get(HERE)
    assert "Thèmes suggérés" in page.words()
    assert work(app, page, plain) == 2
    with statements() as seen:
        plain.get(f"{HERE}/themes")
    assert len(seen) <= 8, seen
    page = plain.get(f"{HERE}/themes")
    first = next(link for link in page.links() if link.startswith(f"{HERE}/themes/"))
    page = plain.submit(plain.get(first), first, act="drop", version="1")
    assert "Thèmes écartés" in page.words()
    assert "Écarté" in plain.get(first).words()
    assert work(app, page, plain) == 1
    page = plain.submit(plain.get(first), first, act="again", version="2")
    assert "Thèmes écartés" not in page.words()
    assert work(app, page, plain) == 2


def test_what_is_not_installed_is_said(plain, make, room, monkeypatch):
    owner, consultation = room
    make.answer(make.question(make.theme(consultation)), state="pending")
    public = len(list(suggesting.texts()))
    monkeypatch.setattr(themes, "NEEDS", ("no_such_package",))
    monkeypatch.setattr(groups, "FEWEST", public + 1)
    page = plain.as_(owner).get(f"{HERE}/themes")
    assert "Ce site ne peut pas chercher de thèmes." in page.words()
    page = plain.get(HERE)
    assert f"Il y a moins de {public + 1} textes" in page.words()
    token = token_of(page)
    assert plain.post(f"{HERE}/aids/themes", token).status == 409
    assert plain.post(f"{HERE}/aids/groups", token).status == 422
    for unknown in ("archive", "nothing", "%00"):
        assert plain.post(f"{HERE}/aids/{unknown}", token).status == 404
    assert plain.get(f"{HERE}/themes/0").status == 404
