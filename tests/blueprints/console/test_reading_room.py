"""The reading room: a text at a time, what it becomes, passages taken, by plain forms."""

import pytest
from sqlalchemy import select

from consult.blueprints.console import reading_jobs
from consult.domain import readings as rules
from consult.models import Extract, StatementReading, SynthesisBlock, SynthesisVersion, Theme
from consult.services.aid_kinds import groups
from tests import reading_rooms
from tests.browser import fields

BODY = "Il faut un banc. Il faut une lampe. Le reste attend."


@pytest.fixture
def room(make):
    """A consultation with an organiser, a question and a synthesis with one block."""
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum")
    question = make.question(make.theme(consultation))
    whole = reading_rooms.synthesis(make, consultation)
    return owner, question, whole


def here(path=""):
    return f"/console/consultations/forum/reading{path}"


def value(page, name):
    return next(v for form in page.forms() for n, v in fields(form) if n == name)


def test_twenty_texts_read_and_ten_passages_taken(browser, session, make, room, statements):
    owner, question, whole = room
    block = reading_rooms.block(make, whole)
    texts = [make.answer(question, body=BODY, signed_as="name", signature="Ada").id] + [
        make.answer(question, body=BODY).id for _ in range(19)
    ]
    browser.as_(owner)
    page = browser.get(here())
    assert "0 sur 20 lues" in page.words()
    page = browser.submit(page, here("/next"))
    for place, text in enumerate(texts):
        assert page.url == here(f"/texts/{text}")
        assert f"{place} sur 20 lues" in page.words()
        if place % 2 == 0:
            facts = {"sentence": ["0", "1"], "block": block.id}
            page = browser.submit(page, here(f"/texts/{text}/extracts"), **facts)
            assert "L’extrait est dans la synthèse." in page.words()
        button = ("state", "set_aside.unclear" if place == 5 else "read")
        page = browser.submit(page, here(f"/texts/{text}"), button=button)
    assert "20 sur 20 lues" in page.words()
    assert "plus rien à lire" in page.words()
    quotes = session.scalars(select(Extract.quote)).all()
    assert quotes == ["Il faut un banc. Il faut une lampe."] * 10
    states = session.scalars(select(StatementReading.state)).all()
    assert (states.count("read"), states.count("set_aside")) == (19, 1)
    page = browser.get(here("/texts?state=used"))
    assert len([link for link in page.links() if "/reading/texts/0" in link]) == 10
    with statements() as seen:
        browser.get(here(f"/texts/{texts[0]}"))
    assert len(seen) <= 8, seen


def test_a_passage_makes_a_block_and_is_taken_out(plain, session, make, room):
    owner, question, _whole = room
    text = make.answer(question, body=BODY)
    page = plain.as_(owner).get(here(f"/texts/{text.id}"))
    facts = {"sentence": ["0", "2"], "block": "new:key_idea", "title": "Des bancs"}
    page = plain.submit(page, here(f"/texts/{text.id}/extracts"), **facts)
    block = session.scalars(select(SynthesisBlock)).one()
    assert (block.kind, block.title) == ("key_idea", "Des bancs")
    assert len(session.scalars(select(Extract)).all()) == 2, "sentences apart are two passages"
    assert "Idée clé : Des bancs" in page.words()
    first = session.scalars(select(Extract).order_by(Extract.starts)).first()
    page = plain.submit(page, here(f"/texts/{text.id}/extracts/{first.id}/remove"))
    assert "n’est plus dans la synthèse" in page.words()
    gone = plain.post(
        here(f"/texts/{text.id}/extracts/{first.id}/remove"),
        {"csrf_token": value(page, "csrf_token")},
    )
    assert gone.status == 404
    page = plain.get(here(f"/texts/{text.id}"))
    page = plain.submit(page, here(f"/texts/{text.id}/extracts"), whole="1", block=block.id)
    assert BODY in session.scalars(select(Extract.quote).order_by(Extract.id)).all()


def test_a_passage_goes_first_to_its_own_question(plain, session, make, room):
    owner, question, whole = room
    reading_rooms.block(make, whole)
    theme = reading_rooms.block(make, whole, kind="chapter", theme_id=question.theme_id)
    section = reading_rooms.block(
        make, whole, kind="section", theme_id=question.theme_id, question_id=question.id
    )
    other = make.question(session.get_one(Theme, question.theme_id), number=2)
    texts = [make.answer(one, body=BODY) for one in (question, other)]
    plain.as_(owner)
    pages = [plain.get(here(f"/texts/{text.id}")) for text in texts]
    assert [value(page, "block") for page in pages] == [section.id, theme.id]
    facts = {"sentence": "0", "block": "new:key_idea", "title": "Des bancs"}
    page = plain.submit(pages[0], here(f"/texts/{texts[0].id}/extracts"), **facts)
    made = session.scalars(select(SynthesisBlock).where(SynthesisBlock.kind == "key_idea")).one()
    assert value(page, "block") == made.id
    assert value(plain.get(here(f"/texts/{texts[1].id}")), "block") == made.id


def test_what_is_refused_is_given_back(plain, session, make, room):
    owner, question, whole = room
    reading_rooms.block(make, whole)
    text = make.answer(question, body=BODY)
    plain.as_(owner)
    page = plain.get(here(f"/texts/{text.id}"))
    action = here(f"/texts/{text.id}/extracts")
    refused = plain.submit(page, action, title="Un titre")
    assert refused.status == 422
    assert "Cochez au moins une phrase" in refused.words()
    assert value(refused, "title") == "Un titre"
    assert plain.submit(page, action, sentence="999999").status == 422
    assert plain.submit(page, action, sentence="x\x00").status == 422
    for block in ("", "\x00", "0" * 18, "new:chapter"):
        assert plain.submit(page, action, sentence="0", block=block).status == 422
    assert plain.submit(page, action, whole="1", named="1").status == 422
    assert plain.submit(page, here(f"/texts/{text.id}"), state="nothing").status == 422
    aside = plain.submit(page, here(f"/texts/{text.id}"), state="set_aside.")
    assert aside.status == 422
    text.body, text.version = "Il faut dix bancs.", 2
    session.commit()
    assert plain.submit(page, action, sentence="0").status == 409
    changed = plain.submit(page, here(f"/texts/{text.id}"), state="read")
    assert changed.status == 409
    assert "Relisez ce texte" in changed.words()
    assert session.scalars(select(Extract)).all() == []


def test_a_text_is_read_again_or_passed_over(plain, session, make, room):
    owner, question, _whole = room
    first, second = (make.answer(question, body=BODY) for _ in range(2))
    plain.as_(owner)
    page = plain.submit(plain.get(here()), here("/next"))
    page = plain.submit(page, here(f"/texts/{first.id}"), button=("state", "skip"))
    assert page.url == here(f"/texts/{second.id}")
    page = plain.submit(page, here(f"/texts/{second.id}"), button=("state", "read"))
    assert page.url == here(f"/texts/{first.id}")
    page = plain.get(here(f"/texts/{second.id}"))
    page = plain.submit(page, here(f"/texts/{second.id}"), button=("state", "unread"))
    assert session.scalars(select(StatementReading)).all() == []
    colleague = plain.again().as_(make.account("administrator"))
    page = colleague.get(here(f"/texts/{first.id}"))
    assert "lit celui-ci" in page.words()
    page = colleague.submit(colleague.get(here()), here("/next"))
    assert page.url == here(f"/texts/{second.id}")


def test_keys_can_be_switched_off_and_on(plain, make, room):
    owner, question, _whole = room
    text = make.answer(question, body=BODY)
    page = plain.as_(owner).get(here(f"/texts/{text.id}"))
    assert 'data-key="l"' in page.text and "Lue, suivante (L)" in page.text
    page = plain.submit(page, here(f"/texts/{text.id}/keys"), keys="off")
    assert "data-key=" not in page.text and "(L)" not in page.text
    assert "data-key=" not in plain.get(here()).text
    page = plain.submit(page, here(f"/texts/{text.id}/keys"), keys="on")
    assert 'data-key="l"' in page.text


def test_reading_without_a_synthesis_takes_nothing(plain, session, make):
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum", territory_code=None)
    text = make.answer(make.question(make.theme(consultation)), body=BODY)
    page = plain.as_(owner).get(here(f"/texts/{text.id}"))
    assert "La synthèse n’est pas commencée" in page.words()
    facts = {"csrf_token": value(page, "csrf_token"), "whole": "1"}
    facts["digest"] = reading_rooms.digest(BODY)
    assert plain.post(here(f"/texts/{text.id}/extracts"), facts).status == 409
    assert plain.get(here("/quoted")).status == 200
    assert plain.get(here("/texts/0")).status == 404
    assert plain.get(here("/texts/%00")).status == 404
    withdrawn = make.answer(make.question(), body=BODY)
    assert plain.get(here(f"/texts/{withdrawn.id}")).status == 404


def test_lists_and_coverage_name_who_is_silent(plain, session, make, room):
    owner, question, _whole = room
    make.answer(question, actor_kind="resident", territory_code="M-54395", channel="paper")
    make.answer(question, state="pending", channel="pigeon", actor_kind="martian")
    page = plain.as_(owner).get(here())
    assert "1 texte attend d’abord la modération" in page.words()
    words = plain.get(here("?by=college")).words()
    assert "Habitant" in words and "Entreprise" in words
    assert "Marne" in plain.get(here("?by=territory&place=t:x&territory=R-44")).words()
    assert "Sur papier" in plain.get(here("?by=channel&place=z:1&territory=%00")).words()
    for state in (*rules.STATES, "nothing"):
        page = plain.get(here(f"/texts?state={state}&territory=R-44"))
        assert page.status == 200
    assert plain.get(here("/texts?cursor=x")).status == 404
    question_page = plain.get(here(f"/texts?place=q:{question.id}"))
    assert question_page.status == 200


def test_the_same_texts_are_grouped_in_the_background(app, plain, session, make, room, monkeypatch):
    owner, question, _whole = room
    monkeypatch.setattr(groups, "FEWEST", 4)
    campaign = "Nous demandons un lieu ouvert à tous dans chaque commune du département {}."
    texts = [make.answer(question, body=campaign.format(word)).id for word in "abcd"]
    page = plain.as_(owner).get(here())
    page = plain.submit(page, here("/aids/groups"))
    assert "Cela commence dans un moment" in page.words()
    again = plain.post(here("/aids/groups"), {"csrf_token": value(page, "csrf_token")})
    assert again.status == 409
    page = plain.submit(plain.get(here()), here("/aids/groups"), cancel="1")
    assert "tout est comme avant" in page.words()
    plain.submit(page, here("/aids/groups"))
    with app.app_context():
        assert reading_jobs.help_readers(app) == 3
        assert reading_jobs.help_readers(app) == 0
    page = plain.submit(plain.get(here()), here("/next"))
    assert page.url == here(f"/texts/{texts[0]}")
    assert "1 texte, 4 dépôts" in page.words()
    other = plain.get(here(f"/texts/{texts[1]}"))
    assert "Lire le texte qui mène son groupe" in other.words()


def test_a_job_cancelled_or_broken_on_its_way_changes_nothing(
    app, session, make, room, monkeypatch, caplog
):
    from consult.services import aids

    owner, question, _whole = room
    monkeypatch.setattr(groups, "FEWEST", 1)
    make.answer(question, body=BODY)
    consultation = session.get_one(type(make.consultation()), question.consultation_id)

    def asks():
        aids.ask(session, consultation, "groups", by=owner, now=make.now)
        session.commit()

    def cancels(_texts, told):
        aids.cancel(session, consultation, "groups", by=owner, now=make.now)
        session.commit()
        told(1)

    def breaks(_texts, _told):
        raise ModuleNotFoundError

    asks()
    monkeypatch.setattr(groups, "_find", cancels)
    with app.app_context():
        assert reading_jobs.help_readers(app) == 0
    assert aids.latest(session, consultation.id, "groups").state == "cancelled"
    asks()
    monkeypatch.setattr(groups, "_find", breaks)
    with app.app_context():
        assert reading_jobs.help_readers(app) == 0
    session.commit()
    assert aids.latest(session, consultation.id, "groups").state == "failed"
    assert "failed" in caplog.text


def test_a_published_synthesis_shows_on_the_page_of_a_text(plain, session, make, room):
    from consult.domain.syntheses import composed

    _owner, question, whole = room
    theme = make.theme(session.get_one(type(make.consultation()), question.consultation_id))
    proposal = make.proposal(theme)
    texts = {
        "/answers/": make.answer(question),
        "/proposals/": proposal,
        "/amendments/": make.amendment(proposal),
    }
    assert "Reprise dans la synthèse" not in plain.get(f"/proposals/{proposal.id}").words()
    quotes = [
        composed.Quote("Un banc", path=f"{path}{one.id}", statement=one.id)
        for path, one in texts.items()
    ]
    part = composed.Part("b1", "finding", "Constat", "2.1", title="Des bancs", quotes=quotes)
    about = ("synthese", "La synthèse", "fr", "Forum", "La région", "2026", 1)
    content = composed.canonical(composed.Composed(*about, parts=[part]))
    facts = {"content": content, "digest": composed.digest(content), "published_at": make.now}
    make.save(SynthesisVersion(synthesis_id=whole.id, number=1, **facts))
    for path, one in texts.items():
        page = plain.get(f"{path}{one.id}")
        assert "Reprise dans la synthèse 2.1 Des bancs" in page.words()
        assert f"/syntheses/{whole.slug}#b-b1" in page.links()
    assert (
        "Reprise dans la synthèse" not in plain.get(f"/answers/{make.answer(question).id}").words()
    )


def test_a_text_is_taken_out_of_its_group_and_is_to_be_read(plain, make, room):
    owner, question, _whole = room
    leader, member = make.answer(question, body=BODY), make.answer(question, body=f"{BODY} Oui.")
    reading_rooms.grouped(make, member, leader)
    page = plain.as_(owner).get(here(f"/texts/{member.id}"))
    out = here(f"/texts/{member.id}/ungroup")
    assert plain.submit(page, out, leader="\x00").status == 409
    done = plain.submit(page, out)
    assert "Il est à lire" in done.words() and not done.forms(out)
    assert plain.submit(page, out).status == 409
