"""Tags, by plain forms: made, put on a text, proposed, accepted or refused, by keyboard too."""

import pytest
from sqlalchemy import select

from consult.blueprints.console import reading_jobs
from consult.domain import reading_tags as rules
from consult.models import ProposedTag, ReadingTag, Statement, SuggestedTheme, TaggedStatement
from consult.services.aid_kinds import tags as kind
from tests import suggesting
from tests.browser import fields

HERE = "/console/consultations/forum/reading"
TAGS = f"{HERE}/tags"


@pytest.fixture
def room(make, monkeypatch):
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum")
    question = make.question(make.theme(consultation))
    monkeypatch.setattr(rules, "BY_HAND", 40)
    monkeypatch.setattr(kind, "FEWEST", 40)
    return owner, consultation, question


def tag(make, consultation, name):
    row = ReadingTag(consultation_id=consultation.id, name=name, created_at=make.now)
    return make.save(row)


def tagged(make, consultation, question):
    """Texts about two things, of which forty are tagged, and thirty wait."""
    tags = {"train": tag(make, consultation, "Gares"), "soin": tag(make, consultation, "Santé")}
    left = {"train": 20, "soin": 20}
    for subject, body in suggesting.texts(each=34, apart=2):
        text = make.answer(question, body=body)
        if left.get(subject):
            left[subject] -= 1
            facts = {"tag_id": tags[subject].id, "version": 1, "tagged_at": make.now}
            make.save(TaggedStatement(statement_id=text.id, **facts))
    return tags


def token_of(page):
    return {"csrf_token": dict(fields(page.forms()[0]))["csrf_token"]}


def test_tags_are_made_renamed_and_put_on_a_text(plain, session, make, room, statements):
    owner, consultation, question = room
    text = make.answer(question, body="Le train part tard.")
    named = {"state": "kept", "name": "Les horaires", "terms": {"stems": [], "words": []}}
    at = {"created_at": make.now, "updated_at": make.now, "question_id": question.id}
    theme = make.save(SuggestedTheme(consultation_id=consultation.id, **named, **at))
    here = f"{HERE}/texts/{text.id}"
    page = plain.as_(owner).get(here)
    assert "Créer des étiquettes" in page.words()
    page = plain.get(TAGS)
    token = token_of(page)
    assert "Il en manque 40 pour que le site propose la suite." in page.words()
    page = plain.submit(page, TAGS, name="Gares")
    assert "L’étiquette est créée." in page.words() and page.url == TAGS
    refused = plain.post(TAGS, {**token, "name": "GÂRES"})
    assert refused.status == 409 and "GÂRES" in refused.text
    page = plain.post(TAGS, {**token, "theme": theme.id})
    assert page.status == 200
    assert "Un thème que vous avez nommé" not in plain.get(TAGS).words()
    assert plain.post(TAGS, {**token, "theme": "0"}).status == 422
    gares, hours = session.scalars(select(ReadingTag).order_by(ReadingTag.folded)).all()
    assert (gares.name, hours.name) == ("Gares", "Les horaires")
    with statements() as seen:
        page = plain.get(here)
    assert len(seen) <= 9, seen
    assert 'data-key="q"' in page.text and 'data-key="p"' in page.text
    page = plain.submit(page, f"{here}/tag", tag=gares.id)
    assert "L’étiquette est posée." in page.words() and page.url == here
    for wrong, status in (({"was": ""}, 409), ({"version": "9"}, 409), ({"tag": "\x00é"}, 422)):
        given = {**token, "tag": hours.id, "was": gares.id, "version": "1", **wrong}
        assert plain.post(f"{here}/tag", given).status == status
    change = f"{TAGS}/{gares.id}"
    changes_and_removes(plain, change, here, token)


def changes_and_removes(plain, change, here, token):
    page = plain.submit(plain.get(TAGS), change, act="rename", name="Les gares")
    assert "L’étiquette a son nouveau nom." in page.words()
    stale = {**token, "act": "rename", "name": "Trop tard", "was": "Gares"}
    refused = plain.post(change, stale)
    assert refused.status == 409 and "Trop tard" in refused.text
    assert plain.post(change, {**token, "act": "nothing"}).status == 422
    refused = plain.post(change, {**token, "act": "remove"})
    assert refused.status == 409 and "portent cette étiquette : 1" in refused.words()
    assert "Oui, la retirer" in refused.words() and "Oui, la retirer" not in plain.get(TAGS).words()
    page = plain.submit(plain.get(here), f"{here}/tag", tag="")
    assert "L’étiquette est enlevée." in page.words()
    assert plain.post(change, {**token, "act": "remove", "confirmed": "1"}).status == 200
    assert plain.post(change, {**token, "act": "remove"}).status == 404


def test_the_rest_is_proposed_accepted_and_refused(app, plain, session, make, room, statements):
    owner, consultation, question = room
    tags = tagged(make, consultation, question)
    page = plain.as_(owner).get(HERE)
    assert "Voir les étiquettes" in page.words()
    page = plain.get(TAGS)
    assert "Il en manque" not in page.words() and "Proposer la suite" in page.words()
    page = plain.submit(page, f"{HERE}/aids/tags")
    assert page.url == TAGS and "Cela commence dans un moment." in page.words()
    with app.app_context():
        number = reading_jobs.help_readers(app)
    assert number > 20
    with statements() as seen:
        page = plain.get(TAGS)
    assert len(seen) <= 9, seen
    assert page.text.count('name="shown"') == 20 and "juste" in page.words()
    assert "Accepter les 20 propositions de cette page" in page.words()
    further = next(link for link in page.links() if "cursor=" in link)
    assert plain.get(further).text.count('name="shown"') == number - 20
    shown = [part.split('"')[0] for part in page.text.split('name="shown" value="')[1:]]
    ask, token = f"{TAGS}/proposed", token_of(page)
    assert plain.post(ask, {**token, "refuse": shown[0]}).status == 200
    page = plain.get(TAGS)
    assert shown[0] not in page.text
    text = session.get_one(Statement, shown[1].split(".")[0])
    text.version = 2
    session.commit()
    refused = plain.post(ask, {**token, "all": "accept", "shown": shown[1:]})
    assert refused.status == 409
    assert "Rien n’a été gardé." in refused.words() and "Son texte a changé." in refused.words()
    assert f'href="{HERE}/texts/{text.id}"' in refused.text
    assert plain.post(ask, {**token, "all": "accept", "shown": shown[2:]}).status == 200
    worn = session.scalars(select(TaggedStatement.tag_id)).all()
    assert len(worn) == 40 + 18 and set(worn) == {one.id for one in tags.values()}
    for wrong in ({}, {"all": "x", "shown": shown}, {"all": "accept"}):
        assert plain.post(ask, {**token, **wrong}).status == 422
    for wrong in ("x", "é.\x00.9", shown[2]):
        assert plain.post(ask, {**token, "accept": wrong}).status == 409
    assert len(session.scalars(select(ProposedTag)).all()) == number - 20 + 1
    assert plain.get(f"{TAGS}?cursor=x").status == 404


def test_too_few_tags_or_no_package_are_said(plain, make, room, monkeypatch):
    owner, consultation, question = room
    token = token_of(plain.as_(owner).get(TAGS))
    for _subject, body in suggesting.texts(each=20, apart=2):
        text = make.answer(question, body=body)
    assert plain.post(f"{HERE}/aids/tags", token).status == 409
    only = tag(make, consultation, "Tout")
    monkeypatch.setattr(rules, "BY_HAND", 1)
    facts = {"tag_id": only.id, "version": 1, "tagged_at": make.now}
    make.save(TaggedStatement(statement_id=text.id, **facts))
    assert "Servez-vous d’au moins 2 étiquettes, chacune sur 10 textes." in plain.get(TAGS).words()
    monkeypatch.setattr(rules, "FEWEST_TAGS", 0)
    monkeypatch.setattr(kind, "NEEDS", ("no_such_package",))
    assert "Ce site ne peut pas proposer d’étiquettes." in plain.get(TAGS).words()
    assert plain.post(f"{HERE}/aids/tags", token).status == 409
