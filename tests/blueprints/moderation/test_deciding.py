"""Deciding about one text or several, undoing it, being told what a colleague decided."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Decision, JournalEntry, Reading, Statement
from tests import rooms
from tests.blueprints.moderation.pages import DECIDE, press, shown, states
from tests.browser import fields


@pytest.mark.parametrize(
    ("decision", "state", "reason"),
    [("publish", "published", ""), ("hide.attack", "hidden", "attack"),
     ("correct.private", "to_correct", "private"),
     ("correct.duplicate", "to_correct", "duplicate")],
)  # fmt: skip
def test_a_text_is_published_hidden_or_sent_back(
    browser, session, waiting, decision, state, reason
):
    first, second = waiting(2)
    page = press(browser, browser.get("/moderation"), first, decision)
    assert page.status == 200
    assert shown(page) == [second.id]
    session.refresh(first)
    assert (first.state, first.state_reason) == (state, reason)
    assert session.scalars(select(Reading.statement_id)).all() == [second.id]


def test_a_decision_without_reason_is_refused_and_keeps_what_was_typed(browser, session, waiting):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    for decision in ("hide", "correct", "hide.", "hide.because", "hide.off_topic", "eat", ""):
        answer = press(browser, page, text, decision)
        assert answer.status == 422
        assert answer.words().count("Rien n’est décidé") == 1
    kept = press(browser, page, text, "hide", note="Le nom du voisin.")
    assert kept.status == 422
    assert any("Le nom du voisin." in (one.text or "") for one in kept.all("textarea"))
    assert states(session, [text]) == ["pending"]


@pytest.mark.parametrize(
    "sent",
    [[], ["x"], ["a.b.c"], ["\x00"], ["x.1.pending\x00"], ["x.99999999999999999999.pending"],
     ["é.1.pending"], ["x.١.pending"]],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused(browser, waiting, sent):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    assert press(browser, page, text, "publish", text=sent).status == 422


def test_of_two_who_decide_the_second_is_told_both_states(browser, session, waiting, make, mine):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    colleague = browser.again().as_(make.account("administrator"))
    other = colleague.get("/moderation")
    assert press(browser, page, text, "hide.attack").status == 200
    late = press(colleague, other, text, "publish")
    assert late.status == 409
    assert "Un organisateur a décidé : masqué (Attaque une personne)." in late.words()
    assert "Vous vouliez le publier." in late.words()
    assert "Zoé" not in late.words()
    assert states(session, [text]) == ["hidden"]


def test_a_text_corrected_meanwhile_is_read_again(browser, session, waiting):
    (text,) = waiting(1)
    page = browser.get("/moderation")
    text.body, text.version = "Un autre texte.", 2
    session.commit()
    late = press(browser, page, text, "publish")
    assert late.status == 409
    assert "Un autre texte." in late.words()
    assert "Le texte a changé. Il est maintenant : à lire." in late.words()


def test_a_text_of_another_room_is_as_good_as_missing(browser, session, make, now):
    world = rooms.tree(session, make, now)
    question = make.question(make.theme(make.consultation(territory_code="R-44")))
    here = make.answer(question, state="pending", territory_code="D-54", body="Celui d'ici.")
    far = make.answer(question, state="pending", territory_code="C-988", body="Celui du Sud.")
    browser.as_(world.by_hub)
    page = browser.get("/moderation")
    assert shown(page) == [here.id]
    assert "Salle du 54" in page.words()
    both = [f"{one.id}.1.pending" for one in (here, far)]
    refused = press(browser, page, here, "publish", text=both)
    missing = press(browser, page, here, "publish", text=[both[0], "nothing.1.pending"])
    assert refused.status == missing.status == 404
    assert far.id in refused.words()
    assert here.id not in refused.words()
    assert "Celui du Sud" not in refused.words()
    assert refused.words().replace(far.id, "X") == missing.words().replace("nothing", "X")
    assert states(session, [here, far]) == ["pending", "pending"]
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "statement.decision-refused")
    ).one()
    assert (entry.subject, entry.actor) == (
        f"statement:{far.id}", f"account:{world.by_hub.id}",
    )  # fmt: skip
    done = press(browser, page, here, "hide.private")
    assert done.status == 200
    decision = session.scalars(select(Decision)).one()
    assert (decision.role, decision.room_id) == ("facilitator", world.local.id)


def test_only_whoever_runs_a_consultation_is_led_to_move_its_answers(
    browser, session, make, owner, question, now
):
    world = rooms.tree(session, make, now)
    make.joins(owner, world.local)
    facts = {"state": "pending", "territory_code": "D-54"}
    theirs = make.answer(question, **facts)
    read = make.answer(make.question(), **facts)
    page = browser.get("/moderation")
    assert set(shown(page)) == {theirs.id, read.id}
    assert f"/console/answers/{theirs.id}/place" in page.links()
    assert f"/console/answers/{read.id}/place" not in page.links()


@pytest.mark.parametrize("who", [None, "mediator", "citizen"])
def test_nobody_else_opens_the_queue(browser, make, session, question, who):
    text = make.answer(question, state="pending")
    stranger = browser.again()
    if who:
        stranger.as_(make.account(*([who] if who == "mediator" else [])))
        assert stranger.get("/moderation").status == 403
    else:
        assert stranger.get("/moderation").url == "/sign-in"
    page = stranger.get("/follow-up")
    token = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    data = {"csrf_token": token, "text": f"{text.id}.1.pending", "decision": "publish"}
    for url in ("decisions", "undo", "readings", "keys"):
        assert stranger.post(f"/moderation/{url}", data).status == 403
    assert states(session, [text]) == ["pending"]


def test_several_texts_share_a_reason(browser, session, waiting):
    texts = waiting(4)
    page = browser.get("/moderation")
    ticked = [f"{text.id}.1.pending" for text in texts[1:3]]
    several = next(form for form in page.forms(DECIDE) if form.get("id") == "several")
    data = dict(fields(several)) | {"text": ticked, "decision": "hide"}
    assert browser.post(DECIDE, data | {"text": []}).status == 422
    without = browser.post(DECIDE, data)
    assert without.status == 422
    still = [one for one in without.all("input") if one.get("checked") is not None]
    assert [one.get("value") for one in still] == ticked
    done = browser.post(DECIDE, data | {"reason": "advertising"})
    assert "2 textes sont masqués" in done.words()
    assert states(session, texts) == ["pending", "hidden", "hidden", "pending"]


def test_all_the_texts_of_a_page_are_decided_then_undone(browser, session, waiting):
    texts = waiting(5)
    page = browser.get("/moderation")
    several = next(form for form in page.forms(DECIDE) if form.get("id") == "several")
    names = [one.get("value") for one in several.iter("input") if one.get("name") == "shown"]
    token = next(
        one.get("value") for one in several.iter("input") if one.get("name") == "csrf_token"
    )
    data = {"csrf_token": token, "shown": names, "all": "1", "decision": "publish"}
    page = browser.post(DECIDE, data)
    assert states(session, texts) == ["published"] * 5
    assert "5 textes" in page.words()
    page = browser.submit(page, "/moderation/undo")
    assert states(session, texts) == ["pending"] * 5
    assert [session.get_one(Statement, text.id).published_at for text in texts] == [None] * 5
    assert not page.forms("/moderation/undo")


def test_a_batch_with_one_text_decided_changes_nothing_and_names_it(browser, session, waiting):
    texts = waiting(3)
    page = browser.get("/moderation")
    texts[1].state = "published"
    session.commit()
    sent = [f"{text.id}.1.pending" for text in texts]
    late = press(browser, page, texts[0], "publish", text=sent)
    assert late.status == 409
    assert texts[1].body in late.words()
    assert texts[0].body not in late.words()
    assert states(session, texts) == ["pending", "published", "pending"]


def test_twenty_texts_are_decided_by_plain_forms_and_the_last_undone(browser, session, waiting):
    texts = waiting(20)
    page = browser.get("/moderation")
    for number, text in enumerate(texts):
        assert shown(page)[0] == text.id
        page = press(browser, page, text, "hide.attack" if number % 5 == 4 else "publish")
    assert shown(page) == []
    page = browser.submit(page, "/moderation/undo")
    assert shown(page) == [texts[-1].id]
    assert states(session, texts).count("published") == 16


def test_undoing_is_offered_and_taken_for_ten_minutes(browser, session, waiting, clock, now):
    (text,) = waiting(1)
    page = press(browser, browser.get("/moderation"), text, "hide.attack")
    clock.shift(now + timedelta(minutes=11) - datetime.now(UTC))
    assert not browser.get("/moderation").forms("/moderation/undo")
    assert browser.submit(page, "/moderation/undo").status == 409
    assert browser.submit(page, "/moderation/undo", batch="nothing").status == 404
    assert states(session, [text]) == ["hidden"]
