"""An author reads why their text is hidden, corrects it or asks for a second reading."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Answer, Contribution, Mail, SecondReading, Statement
from consult.queries.moderation import Moderator
from consult.services import moderation
from tests import rooms

HERE = "/consultations/suivi/questions/1-1"
WAITING = "/moderation/second-readings"


@pytest.fixture
def world(session, make, now):
    found = rooms.tree(session, make, now)
    found.question = make.question(make.theme(make.consultation(slug="suivi"), number=1), number=1)
    return found


@pytest.fixture
def sent(browser, session, world):
    """An answer sent by `browser`, that the local room may read."""
    browser.submit(browser.get(HERE), f"{HERE}/send", value="Premier texte.")
    answer = session.scalars(select(Answer)).one()
    answer.territory_code = "D-54"
    contribution = session.get_one(Contribution, answer.contribution_id)
    contribution.notify_email = "ada@exemple.fr"
    session.commit()
    return answer


@pytest.fixture
def hidden(session, world, sent, now):
    decide(session, world, sent, now)
    return sent


def decide(session, world, sent, now, decision="hide", reason="attack"):
    moderation.decide(
        session,
        [moderation.Seen(sent.id, sent.version, sent.state)],
        choice=moderation.Choice(decision, reason, "La phrase 2."),
        by=Moderator(world.by_local.id, facilitates=True),
        now=now,
    )
    session.commit()


def address(statement):
    return f"/statements/{statement.id}/second-reading"


def ask(browser, statement, **typed):
    return browser.submit(browser.get(address(statement)), address(statement), **typed)


def letters(session):
    session.rollback()
    query = select(Mail).where(Mail.dedup_key.like("second-reading:%"))
    return session.scalars(query).all()


@pytest.mark.parametrize("decision", ["hide", "correct"])
def test_the_author_reads_what_why_by_whom_and_what_to_do(
    browser, session, world, sent, now, decision
):
    sent.state = "published" if decision == "hide" else "pending"
    session.commit()
    decide(session, world, sent, now, decision)
    own = browser.get(f"/answers/{sent.id}")
    pages = [own, browser.get(f"/follow-up/{sent.contribution_id}"), browser.get(address(sent))]
    for page in pages:
        words = page.words()
        for said in (
            "Attaque une personne",
            "La règle",
            "La phrase 2.",
            "Une personne a décidé, pas une machine",
            "Salle du 54",
            "23 novembre 2026",
        ):
            assert said in words, (page.url, said)
        assert "Amina" not in page.text
        assert f"/statements/{sent.id}/edit" in page.links()
    assert address(sent) in own.links()
    assert browser.again().get(f"/answers/{sent.id}").status == 404
    assert browser.again().get(address(sent)).status == 404


def test_a_proposal_and_an_amendment_say_it_too(browser, session, make, world, sent, now):
    theme = make.theme(make.consultation(slug="tout"))
    about = {"participant_id": sent.participant_id, "territory_code": "D-54"}
    proposal = make.proposal(theme, **about)
    amendment = make.amendment(make.proposal(theme), value={"on_version": 1}, **about)
    for statement, page in ((proposal, "proposals"), (amendment, "amendments")):
        decide(session, world, statement, now)
        words = browser.get(f"/{page}/{statement.id}").words()
        assert "Attaque une personne" in words and "deuxième lecture" in words
        boss = browser.again().as_(make.account("administrator"))
        assert "La phrase 2." not in boss.get(f"/{page}/{statement.id}").words()


def test_a_hidden_text_is_corrected_and_read_again(browser, session, hidden):
    edit = f"/statements/{hidden.id}/edit"
    browser.submit(browser.get(edit), edit, value="Un texte poli.")
    session.refresh(hidden)
    assert (hidden.state, hidden.body) == ("pending", "Un texte poli.")
    assert browser.again().get(f"/answers/{hidden.id}").status == 404
    assert browser.get(address(hidden)).status == 409


def test_the_room_above_changes_the_decision(browser, session, world, hidden):
    page = ask(browser, hidden, words="C’est <i>mon</i> avis.")
    assert "Une autre personne va lire votre texte" in page.words()
    assert "La réponse va venir" in page.words()
    hub = browser.again().as_(world.by_hub)
    assert "1 deuxième lecture vous attend" in hub.get("/moderation").words()
    queue = hub.get(WAITING)
    assert "Premier texte." in queue.words()
    assert "C’est <i>mon</i> avis." in queue.words()
    decision = session.scalars(select(SecondReading.decision_id)).one()
    url = f"{WAITING}/{decision}"
    for typed in ({}, {"reason": "x" * 1001}, {"reason": "a\x00"}):
        refused = hub.submit(hub.get(WAITING), url, outcome="overturned", **typed)
        assert refused.status == 422
    assert hub.submit(hub.get(WAITING), url, reason="x").status == 422
    after = hub.submit(
        hub.get(WAITING), url, button=("outcome", "overturned"), reason="Rien à redire."
    )
    assert "de nouveau public" in after.words()
    assert browser.again().get(f"/answers/{hidden.id}").status == 200
    (mail,) = letters(session)
    assert mail.recipient == "ada@exemple.fr" and "Rien à redire." in mail.body
    assert hub.submit(queue, url, button=("outcome", "confirmed"), reason="Non.").status == 409


def test_confirmed_its_author_reads_why(browser, session, world, hidden):
    ask(browser, hidden)
    hub = browser.again().as_(world.by_hub)
    url = f"{WAITING}/{session.scalars(select(SecondReading.decision_id)).one()}"
    hub.submit(hub.get(WAITING), url, button=("outcome", "confirmed"), reason="Une insulte.")
    page = browser.get(f"/answers/{hidden.id}")
    assert "La décision reste." in page.words() and "Une insulte." in page.words()
    assert address(hidden) not in page.links()
    assert letters(session)[0].subject == "La deuxième lecture de votre texte est faite."


def test_it_is_asked_once_and_not_by_others(browser, session, world, hidden):
    page = browser.get(address(hidden))
    assert browser.submit(page, address(hidden), words="a" * 501).status == 422
    assert browser.submit(page, address(hidden), words="a\x00").status == 422
    assert ask(browser, hidden).status == 200
    assert browser.submit(page, address(hidden)).status == 409
    other = browser.again()
    token = next(
        i.get("value") for i in other.get("/follow-up").all("input")
        if i.get("name") == "csrf_token"
    )  # fmt: skip
    assert other.post(address(hidden), {"csrf_token": token}).status == 404
    assert browser.post(address(hidden), {}).status == 400
    assert len(session.scalars(select(SecondReading)).all()) == 1


def test_whoever_decided_first_is_refused(browser, session, world, hidden):
    ask(browser, hidden)
    url = f"{WAITING}/{session.scalars(select(SecondReading.decision_id)).one()}"
    local = browser.again().as_(world.by_local)
    assert "Aucune deuxième lecture" in local.get(WAITING).words()
    page = local.get("/follow-up")
    token = next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")
    data = {"csrf_token": token, "outcome": "overturned", "reason": "Non."}
    assert local.post(url, data).status == 403
    for account, missing in ((world.by_other_hub, url), (world.by_hub, f"{WAITING}/zzz")):
        agent = browser.again().as_(account)
        page = agent.get("/follow-up")
        token = next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")
        assert agent.post(missing, data | {"csrf_token": token}).status == 404
    session.expire_all()
    assert session.get_one(Statement, hidden.id).state == "hidden"


def test_a_text_without_a_decision_has_nothing_to_contest(browser, session, sent):
    assert browser.get(address(sent)).status == 409
    sent.state = "hidden"
    session.commit()
    assert browser.get(address(sent)).status == 409
    assert browser.get(f"/answers/{sent.id}").status == 200


def test_after_the_close_a_text_is_contested_and_no_longer_corrected(
    browser, session, make, world, hidden, now
):
    from consult.models import Consultation

    consultation = session.get_one(Consultation, hidden.consultation_id)
    consultation.closes_at = now - timedelta(hours=1)
    session.commit()
    page = browser.get(f"/answers/{hidden.id}")
    assert f"/statements/{hidden.id}/edit" not in page.links()
    assert ask(browser, hidden).status == 200
