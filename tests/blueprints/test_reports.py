"""Reporting a text: two presses, a number, an answer; nothing about anyone else."""

import re

import pytest
from sqlalchemy import func, select

from consult import create_app
from consult.extensions import db, limiter
from consult.models import Mail, Report, Statement
from tests.browser import Browser, fields

LEGAL = {
    "reason": "illegal",
    "name": "Ada",
    "email": "ada@exemple.fr",
    "good_faith": "1",
}


@pytest.fixture
def answer(make):
    theme = make.theme(make.consultation(slug="ici"), number=1)
    return make.answer(make.question(theme, number=1), body="Un texte qui fâche.")


@pytest.fixture
def every_kind(make):
    """A published text of each kind, and the page that shows it."""
    features = ("ideas", "arguments", "sources", "amendments", "comments")
    consultation = make.consultation(slug="tout", **{f"allows_{one}": True for one in features})
    theme = make.theme(consultation, number=1)
    answer, proposal = make.answer(make.question(theme, number=1)), make.proposal(theme)
    page, made = f"/proposals/{proposal.id}", {answer: f"/answers/{answer.id}", proposal: None}
    amendment = make.amendment(proposal, value={"on_version": 1})
    made |= {make.argument(proposal): None, make.source(proposal, link="https://a.fr/"): None}
    made |= {make.comment(proposal): None, amendment: f"/amendments/{amendment.id}"}
    return {statement: shown or page for statement, shown in made.items()}


def address(statement):
    return f"/statements/{statement.id}/report"


def report(browser, statement, reason="attack", **typed):
    page = browser.get(address(statement))
    return browser.submit(page, address(statement), button=("reason", reason), **typed)


def letters(session, prefix):
    session.rollback()
    query = select(Mail).where(Mail.dedup_key.like(f"{prefix}:%")).order_by(Mail.created_at)
    return session.scalars(query).all()


def test_every_kind_of_text_leads_to_its_report(browser, session, every_kind):
    assert {one.kind for one in every_kind} == {
        "answer", "proposal", "amendment", "argument", "source", "comment",
    }  # fmt: skip
    for statement, page in every_kind.items():
        assert address(statement) in browser.get(page).links(), statement.kind
        assert report(browser, statement).status == 200
    assert session.scalar(select(func.count()).select_from(Report)) == len(every_kind)
    lists = browser.get("/consultations/tout/answers").links()
    assert [link for link in lists if link.endswith("/report")]


def test_two_presses_then_a_number_that_leads_back(browser, session, answer):
    receipt = report(browser, answer)
    kept = session.scalars(select(Report)).one()
    assert receipt.url == f"/reports/{kept.id}"
    assert kept.number in receipt.words()
    assert "Attaque une personne" in receipt.words()
    assert "Un texte qui fâche" not in receipt.words()
    assert receipt.response.headers["Cache-Control"] == "private, no-store"
    other = browser.again()
    assert other.get(receipt.url).status == 404
    found = other.submit(other.get("/follow-up"), "/follow-up", number=kept.number.lower())
    assert found.url == receipt.url
    assert not letters(session, "report")
    assert browser.get(f"/answers/{answer.id}").status == 200


def test_reported_twice_it_is_said_and_counted_once(browser, session, answer):
    first, again = report(browser, answer), report(browser, answer, "private")
    assert "déjà signalé" in again.words()
    assert again.url == first.url
    assert session.scalar(select(func.count()).select_from(Report)) == 1
    report(browser.again(), answer)
    assert session.scalar(select(func.count()).select_from(Report)) == 2


def test_illegal_content_is_acknowledged_then_answered_by_letter(browser, session, make, answer):
    typed = LEGAL | {"explanation": "Une <b>injure</b>."}
    page = browser.submit(browser.get(address(answer)), address(answer), **typed)
    kept = session.scalars(select(Report)).one()
    assert (kept.reason, kept.name, kept.email, kept.good_faith) == (
        "illegal", "Ada", "ada@exemple.fr", True,
    )  # fmt: skip
    (mail,) = letters(session, "report")
    assert mail.recipient == "ada@exemple.fr"
    assert kept.number in mail.body
    assert f"/follow-up?number={kept.number}" in mail.body
    assert f"http://localhost/answers/{answer.id}\n" in mail.body
    boss = browser.again().as_(make.account("administrator"))
    queue = boss.get("/moderation?state=reported")
    assert "Contenu illégal" in queue.words()
    assert "Une <b>injure</b>." in queue.words()
    assert "ada@exemple.fr" not in queue.text
    assert "Signalé par 1 personne" in queue.words()
    form = next(f for f in queue.forms("/moderation/decisions") if f.get("id") != "several")
    data = dict(fields(form)) | {"decision": "keep.opinion"}
    after = boss.post("/moderation/decisions", data)
    assert "Le texte reste public." in after.words()
    shown = browser.get(page.url).words()
    assert "Le texte reste public" in shown
    assert "C’est une opinion" in shown
    (mail,) = letters(session, "report-answered")
    assert "C’est une opinion" in mail.body
    boss.submit(after, "/moderation/undo")
    assert not letters(session, "report-answered")
    assert "pas encore de réponse" in browser.get(page.url).words()


def test_a_letter_that_left_is_taken_back_by_another(browser, session, make, answer, now):
    report(browser, answer, email="ada@exemple.fr")
    boss = browser.again().as_(make.account("administrator"))
    queue = boss.get("/moderation?state=reported")
    form = next(f for f in queue.forms("/moderation/decisions") if f.get("id") != "several")
    data = dict(fields(form)) | {"decision": "hide.attack"}
    after = boss.post("/moderation/decisions", data)
    letters(session, "report-answered")[0].sent_at = now
    session.commit()
    boss.submit(after, "/moderation/undo")
    assert "relu" in letters(session, "report-answered")[-1].subject


@pytest.mark.parametrize("missing", ["name", "email", "good_faith"])
def test_what_the_law_asks_for_is_asked_and_what_was_typed_stays(browser, session, answer, missing):
    typed = LEGAL | {"explanation": "Parce que.", missing: []}
    page = browser.submit(browser.get(address(answer)), address(answer), **typed)
    assert page.status == 422
    assert "Parce que." in page.text
    if missing != "email":
        assert 'value="ada@exemple.fr"' in page.text
    assert session.scalar(select(Report.id)) is None
    assert "open" in page.html.find(".//details[@id='legal']").attrib


def test_the_abuse_of_a_child_is_told_without_a_name(browser, session, answer):
    page = report(browser, answer, "child_abuse")
    assert page.status == 200
    assert "119" in page.words()
    assert session.scalars(select(Report)).one().name == ""


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"reason": "dull"},
        {"reason": "attack", "explanation": "nul\x00"},
        {"reason": "attack", "explanation": "a" * 3001},
        {"reason": "attack", "email": "ada"},
        {"reason": "attack", "email": "a" * 300 + "@a.fr"},
        {"reason": "illegal"},
        {"reason": ["", "attack"]},
    ],
)
def test_what_cannot_be_taken_comes_back(browser, session, answer, typed):
    page = browser.submit(browser.get(address(answer)), address(answer), **typed)
    assert page.status == 422
    assert "Erreur :" in page.words()
    assert session.scalar(select(Report.id)) is None


def test_a_lone_surrogate_and_a_missing_token_are_refused(browser, session, answer):
    here, page = address(answer), browser.get(address(answer))
    token = next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")
    odd = {"csrf_token": token, "reason": "attack", "explanation": b"\xed\xa0\x80"}
    assert browser.post(here, odd).status in (200, 422)
    assert browser.post(here, {"reason": "attack"}).status == 400
    assert browser.get(f"{here}?reason=%00").status == 200


@pytest.mark.parametrize("state", ["pending", "hidden", "to_correct", "withdrawn", "awaiting"])
def test_what_is_not_public_is_not_reported(browser, session, make, answer, state):
    page = browser.get(address(answer))
    session.get_one(Statement, answer.id).state = state
    session.commit()
    assert browser.get(address(answer)).status == 404
    assert browser.submit(page, address(answer), button=("reason", "attack")).status == 404
    assert browser.get("/statements/inconnu/report").status == 404
    mine = make.answer(make.question(), state=state, participant_id=make.participant().id)
    boss = browser.again().as_(make.account("administrator"))
    status = 404 if state in ("withdrawn", "awaiting") else 409
    assert boss.get(address(mine)).status == status
    assert session.scalar(select(Report.id)) is None


def test_whoever_withdraws_a_text_answers_its_reports(browser, session, answer):
    page = report(browser, answer, email="ada@exemple.fr")
    statement = session.get_one(Statement, answer.id)
    theirs = browser.again()
    here = "/consultations/ici/questions/1-1"
    theirs.submit(theirs.get(here), f"{here}/send", value="Un autre texte.")
    own = session.scalars(select(Statement).where(Statement.id != answer.id)).one()
    report(browser, own, email="ada@exemple.fr")
    theirs.submit(theirs.get(f"/statements/{own.id}/withdraw"), f"/statements/{own.id}/withdraw")
    outcomes = select(Report.outcome).where(Report.statement_id == own.id)
    session.rollback()
    assert session.scalars(outcomes).one() == "withdrawn"
    (mail,) = letters(session, "report-answered")
    assert "retiré" in mail.body
    assert "Un autre texte" not in mail.body
    assert "pas encore de réponse" in browser.get(page.url).words()
    assert statement.state == "published"


@pytest.fixture
def limited(app, monkeypatch):
    """The same application, with its limits."""
    monkeypatch.setattr(limiter, "enabled", False)
    kept = ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "TESTING", "SECRET_KEY", "BASE_URL")
    made = create_app({name: app.config[name] for name in kept} | {"RATELIMIT_ENABLED": True})
    yield made
    limiter.reset()
    with made.app_context():
        db.engine.dispose()


def test_reports_are_limited(limited, answer):
    browser = Browser(limited)
    page = browser.get(address(answer))
    tries = [browser.submit(page, address(answer), button=("reason", "attack")) for _ in range(31)]
    assert [one.status for one in tries] == [200] * 30 + [429]
    assert "Retry-After" in tries[-1].response.headers


def test_the_page_of_a_report_reads_little(browser, answer, statements):
    report(browser, answer)
    with statements() as seen:
        browser.get(address(answer))
    assert len(seen) <= 7
    url = re.compile("/reports/.+").fullmatch(report(browser, answer).url)[0]
    with statements() as seen:
        browser.get(url)
    assert len(seen) <= 7
