"""The votes of a room on the web: two presses and a receipt, hidden results, proofs for all."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from consult import tasks
from consult.blueprints.polls import jobs, proofs
from consult.domain import receipts
from consult.models import Mail, PollCount, PollTurnout, RoomMember
from consult.services import follows, polls
from tests.polls import DAY, GOOD, NO, YES, close, members, opened, votes

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")


@pytest.fixture
def room(make):
    return make.room("local", "D-54", slug="nancy", name="Salle de Nancy")


def press(browser, poll, **pressed):
    """Press a choice, then vote; return the page of the receipt."""
    page = browser.get(f"/polls/{poll.id}")
    page = browser.submit(page, f"/polls/{poll.id}/check", **pressed)
    assert page.status == 200
    return browser.submit(page, f"/polls/{poll.id}/ballot")


def turnout(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(PollTurnout))


def test_two_presses_and_a_receipt_then_the_result_is_the_same_for_everyone(
    browser, session, make, room, now, clock
):
    people = members(make, room, 6)
    poll = opened(session, room, now, is_secret=True, quorum="half", details="Salle 2.")
    votes(session, poll, people[2], NO, now)
    votes(session, poll, people[3], YES, now)
    visitor = browser.again()
    page = visitor.get(f"/polls/{poll.id}")
    assert f"/sign-in?next=/polls/{poll.id}" in page.links()
    assert "Les résultats sont cachés" in page.words()
    assert "2 personnes ont voté sur 6. Il en faut encore 1" in page.words()
    assert f"/polls/{poll.id}" in visitor.get("/rooms/nancy").links()
    browser.as_(people[1])
    page = press(browser, poll, choice="0")
    assert page.url == f"/polls/{poll.id}/receipt"
    code = CODE.search(page.words())[0]
    assert turnout(session) == 3
    again = browser.get(f"/polls/{poll.id}")
    assert "Vous avez voté. Votre bulletin est secret" in again.words()
    assert not again.forms(f"/polls/{poll.id}/check")
    assert browser.get(f"/polls/{poll.id}/ballots.json").status == 409
    data = token(browser.get("/follow-up"))
    assert browser.post(f"/polls/{poll.id}/find-receipt", data).status == 409
    assert browser.get(f"/polls/{poll.id}/by-name").status == 404  # secret: there is none
    everyone_reads(browser, visitor, poll, now, clock)
    check_proofs(browser, visitor, poll, code)


def everyone_reads(browser, visitor, poll, now, clock):
    """After the close, once it is counted, the same result for whoever asks."""
    clock.shift(now + DAY - datetime.now(UTC))
    assert "On compte les bulletins" in visitor.get(f"/polls/{poll.id}").words()
    with browser.app.app_context():
        jobs.go_on(browser.app)
        jobs.go_on(browser.app)
    texts = [one.get(f"/polls/{poll.id}") for one in (visitor, browser)]
    bodies = [re.search(r"<h1>.*</main>", page.text, re.S)[0] for page in texts]
    assert len({re.sub(r'value="[^"]{40,}"', "", body) for body in bodies}) == 1
    words = texts[0].words()
    assert "La proposition est adoptée. Assez de personnes ont dit oui." in words
    assert "3 personnes ont voté sur 6." in words and "Atteint : il fallait 3 votes." in words
    assert "Ce n'est pas le vote secret d'une élection" in words


def check_proofs(browser, visitor, poll, code):
    """The voter finds their ballot by its code, once, and nobody another one."""
    page = browser.get(f"/polls/{poll.id}")
    found = browser.submit(page, f"/polls/{poll.id}/find-receipt", code=code.lower())
    assert "Voici le bulletin compté" in found.words() and "Oui" in found.words()
    wrong = browser.submit(found, f"/polls/{poll.id}/find-receipt", code="AAAA-" * 4)
    assert wrong.status == 422 and "AAAA-AAAA" in wrong.text
    published = visitor.get(f"/polls/{poll.id}/ballots.json")
    assert published.text.count(receipts.mark(poll.id, code)) == 1
    assert browser.get(f"/polls/{poll.id}/receipt").status == 200


def token(page):
    field = next(one for one in page.all("input") if one.get("name") == "csrf_token")
    return {"csrf_token": field.get("value"), "code": "x"}


def test_an_open_vote_is_changed_and_read_by_name_inside_the_room(
    browser, session, make, room, now
):
    ada, bob, eve = members(make, room, 3)
    poll = opened(session, room, now)
    stranger = browser.again().as_(make.account())
    browser.as_(ada)
    first = CODE.search(press(browser, poll, choice="0").words())[0]
    page = browser.get(f"/polls/{poll.id}")
    assert "le dernier vote compte" in page.words()
    page = browser.submit(page, f"/polls/{poll.id}/check", choice="1")
    assert "Ce vote remplace le précédent." in page.words()
    second = CODE.search(browser.submit(page, f"/polls/{poll.id}/ballot").words())[0]
    assert first != second
    form = browser.get(f"/polls/{poll.id}").forms(f"/polls/{poll.id}/check")[1]
    assert form is not None
    page = browser.again().as_(bob)
    abstain = [("abstain", "yes")]
    shown = page.post(f"/polls/{poll.id}/check", dict(abstain) | token(page.get("/follow-up")))
    assert "Je m'abstiens" in shown.words()
    page.submit(shown, f"/polls/{poll.id}/ballot")
    assert browser.get(f"/polls/{poll.id}/by-name").status == 403
    close(session, poll, now)
    words = browser.get(f"/polls/{poll.id}/by-name").words()
    assert "Personne 000Non" in words and "Personne 001Je m'abstiens" in words
    assert "Personne 002N'a pas voté" in words
    assert stranger.get(f"/polls/{poll.id}/by-name").status == 403
    assert "1 personne s'est abstenue." in stranger.get(f"/polls/{poll.id}").words()
    assert session.get_one(PollCount, poll.id).summary["turnout"] == 2


@pytest.mark.parametrize("kind", GOOD)
def test_each_paper_is_filled_in_checked_and_shown(app, session, make, room, now, kind):
    from tests.browser import Browser

    ada, bob, *_others = members(make, room, 5)
    poll = opened(session, room, now, kind=kind)
    browser = Browser(app).as_(ada)
    page = browser.get(f"/polls/{poll.id}")
    wrong = browser.submit(page, f"/polls/{poll.id}/check")
    assert wrong.status == 422 and "Choisissez au moins" in wrong.words()
    typed = {name: values for name, values in GOOD[kind].items() if values != [""]}
    page = browser.submit(wrong, f"/polls/{poll.id}/check", **typed)
    assert page.status == 200, page.words()
    assert CODE.search(browser.submit(page, f"/polls/{poll.id}/ballot").words())
    votes(session, poll, bob, GOOD[kind], now)
    close(session, poll, now)
    page = browser.get(f"/polls/{poll.id}")
    assert "Les réponses données" in page.words() and page.all("table")


def test_what_may_not_vote_is_refused_and_nothing_is_counted(
    browser, session, make, room, now, clock
):
    ada, bob = members(make, room, 2)
    poll = opened(session, room, now)
    later = opened(session, room, now, opens_at=now + DAY, closes_at=now + 2 * DAY)
    private = make.room("local", is_private=True)
    members(make, private, 2)
    hidden = opened(session, private, now)
    stranger = browser.again().as_(make.account())
    browser.as_(ada)
    page = browser.get(f"/polls/{poll.id}")
    data = token(page) | {"choice": "0", "code": "AAAABBBBCCCCDDDD"}
    other = token(stranger.get("/follow-up")) | {"choice": "0", "code": "AAAABBBBCCCCDDDD"}
    assert "Vous ne votez pas ici" in stranger.get(f"/polls/{poll.id}").words()
    for act in ("check", "ballot"):
        assert stranger.post(f"/polls/{poll.id}/{act}", other).status == 403
        for missing in (hidden.id, "none", "%00", "0" * 18):
            assert browser.post(f"/polls/{missing}/{act}", data).status == 404
        assert browser.post(f"/polls/{later.id}/{act}", data).status == 409
        refused = browser.post(f"/polls/{poll.id}/{act}", data | {"choice": ["0", "1"]})
        assert refused.status == 422
    assert browser.post(f"/polls/{poll.id}/ballot", data | {"code": "x"}).status == 422
    for path in ("", "/receipt", "/ballots.json", "/by-name"):
        assert browser.get(f"/polls/{hidden.id}{path}").status == 404
    assert browser.get(f"/polls/{poll.id}/receipt").status == 404  # nothing was cast
    assert browser.get(f"/rooms/{private.slug}/polls").status == 404
    gone = select(RoomMember).where(RoomMember.account_id == ada.id)
    session.scalars(gone).one().ended_at = now
    session.commit()
    assert "Vous n'êtes plus dans cette salle" in browser.get(f"/polls/{poll.id}").words()
    for act in ("check", "ballot"):
        assert browser.post(f"/polls/{poll.id}/{act}", data).status == 403
    own = browser.again().as_(bob)
    data = token(own.get(f"/polls/{poll.id}")) | {"choice": "0", "code": "AAAABBBBCCCCDDDD"}
    clock.shift(now + DAY - datetime.now(UTC))
    for act in ("check", "ballot"):
        assert own.post(f"/polls/{poll.id}/{act}", data | {"now": "2020-01-01"}).status == 409
    assert turnout(session) == 0


def test_pages_cost_few_statements(app, session, make, room, now, statements):
    from tests.browser import Browser

    people = members(make, room, 30)
    poll = opened(session, room, now)
    for person in people[:20]:
        votes(session, poll, person, YES, now)
    for _ in range(25):
        opened(session, room, now)
    browser = Browser(app).as_(people[25])
    for path, most in ((f"/polls/{poll.id}", 7), ("/rooms/nancy/polls", 6)):
        with statements() as seen:
            assert browser.get(path).status == 200
        assert len(seen) <= most, seen
    visitor = Browser(app)
    close(session, poll, now)
    for path, most in ((f"/polls/{poll.id}", 5), ("/rooms/nancy/polls", 5)):
        with statements() as seen:
            assert visitor.get(path).status == 200
        assert len(seen) <= most, seen


def test_letters_leave_once_to_those_who_have_not_voted(app, session, make, room, now, clock):
    ada, bob, eve = members(make, room, 3)
    follows.subscribe(session, eve.email, now=now).letters = "none"
    poll = opened(session, room, now, closes_at=now + 3 * DAY)

    def go_on():
        with app.app_context():
            jobs.go_on(app)
            jobs.go_on(app)
        session.rollback()
        mails = session.scalars(select(Mail).order_by(Mail.created_at, Mail.recipient)).all()
        return [(mail.recipient, mail.subject.split(" :")[0]) for mail in mails]

    first = [(one.email, "Un vote est ouvert") for one in (ada, bob)]
    assert sorted(go_on()) == sorted(first)
    votes(session, poll, ada, YES, now)
    clock.shift(now + DAY - datetime.now(UTC))
    polls.ask_reminder(session, poll.id, actor="system", now=now + DAY)
    session.commit()
    assert go_on()[2:] == [(bob.email, "Votre vote est attendu")]
    letter = session.scalars(select(Mail).where(Mail.dedup_key.like("poll_reminder:%"))).one()
    assert letter.stop_path in letter.body and f"/polls/{poll.id}" in letter.body


def test_one_vote_that_cannot_be_counted_does_not_stop_the_others(
    app, session, make, room, now, clock, caplog
):
    members(make, room, 2)
    broken, whole = opened(session, room, now), opened(session, room, now)
    broken.kind = "no longer there"
    session.commit()
    assert app.test_client().get(f"/polls/{broken.id}").status_code == 404
    clock.shift(now + DAY - datetime.now(UTC))
    with app.app_context():
        jobs.go_on(app)
    assert "voting-method-unknown" in caplog.text
    session.rollback()
    session.refresh(whole)
    assert whole.counted_at is not None


def test_the_worker_opens_and_counts_at_the_hour(app, session, make, room, now, clock):
    ada, _bob = members(make, room, 2)
    poll = opened(session, room, now, opens_at=now + DAY, closes_at=now + 2 * DAY)
    for at, state in ((0, None), (1, "opened"), (3, "counted"), (-1, "counted")):
        clock.shift(now + at * DAY - datetime.now(UTC))
        with app.app_context():
            jobs.go_on(app)
        session.rollback()
        session.refresh(poll)
        found = "counted" if poll.counted_at else "opened" if poll.opened_at else None
        assert found == state
        if state == "opened":
            votes(session, poll, ada, YES, now + DAY)
    assert jobs.go_on.__module__ == tasks.poll_jobs.__name__


def test_the_program_that_is_given_counts_the_file_with_python_alone(
    app, session, make, room, now, tmp_path
):
    people = members(make, room, 5)
    poll = opened(session, room, now, kind="score", is_secret=True)
    for person in people:
        votes(session, poll, person, GOOD["score"], now)
    close(session, poll, now)
    client = app.test_client()
    file, program = tmp_path / "vote.json", tmp_path / "recount.pyz"
    file.write_bytes(client.get(f"/polls/{poll.id}/ballots.json").data)
    program.write_bytes(client.get("/recount.pyz").data)
    assert program.read_bytes() == proofs.archive()
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, file],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        json.loads(done.stdout)["result"] == session.get_one(PollCount, poll.id).summary["result"]
    )
    file.write_text(file.read_text().replace('"A": 10', '"A": 9', 1))
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "recount-differs" in done.stderr
