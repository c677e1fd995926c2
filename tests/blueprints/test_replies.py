"""Arguments, sources, amendments and comments: written once, read by all, given back on error."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Comment, JournalEntry, Statement

ON = {
    "allows_arguments": True,
    "allows_sources": True,
    "allows_amendments": True,
    "allows_comments": True,
}
FIELDS = {
    "arguments": {"side": "for", "body": "Parce que c'est juste."},
    "sources": {"body": "Le rapport", "link": "https://rapport.fr/"},
    "amendments": {"body": "Un autre texte.", "explanation": "C'est plus clair."},
    "comments": {"body": "Bonne idée."},
}


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation(**ON)), body="Un texte.")


def send(browser, parent, what, **typed):
    url = f"/{parent.kind}s/{parent.id}/{what}/new"
    page = browser.get(url)
    assert page.status == 200
    return browser.submit(page, url, **{**FIELDS[what], **typed})


@pytest.mark.parametrize("what", FIELDS)
def test_a_reply_is_shown_where_it_was_written(browser, session, proposal, what):
    page = send(browser, proposal, what, signed_as="name", signature="Awa Diop")
    assert page.status == 200
    kind = what.removesuffix("s")
    written = session.scalars(select(Statement).where(Statement.kind == kind)).one()
    assert (written.state, written.parent_id, written.theme_id) == (
        "published",
        proposal.id,
        proposal.theme_id,
    )
    assert written.contribution_id
    assert "Awa Diop" in browser.get(f"/proposals/{proposal.id}").words()
    session.refresh(proposal)
    assert getattr(proposal, what) == proposal.replies == 1
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert f"{kind}.sent" in acts


def test_an_answer_takes_comments_and_nothing_else(browser, make):
    answer = make.answer(make.question(make.theme(make.consultation(**ON))))
    page = send(browser, answer, "comments", body="Je suis d'accord.")
    assert page.url.startswith(f"/answers/{answer.id}")
    assert "Je suis d'accord." in page.words()
    for what in ("arguments", "sources", "amendments"):
        assert browser.get(f"/answers/{answer.id}/{what}/new").status == 404
        assert browser.get(f"/answers/{answer.id}/{what}").status == 404


@pytest.mark.parametrize("what", FIELDS)
def test_the_same_form_sent_twice_does_its_work_once(browser, session, proposal, what):
    url = f"/proposals/{proposal.id}/{what}/new"
    page = browser.get(url)
    for _ in range(2):
        assert browser.submit(page, url, **FIELDS[what]).status == 200
    kind = what.removesuffix("s")
    count = select(func.count()).select_from(Statement).where(Statement.kind == kind)
    assert session.scalar(count) == 1


def test_a_key_does_not_open_another_text(browser, make, proposal):
    other = make.proposal(make.theme(make.consultation(**ON)))
    send(browser, proposal, "comments", key="une-cle")
    assert send(browser, other, "comments", key="une-cle").status == 409
    stranger = browser.again()
    assert send(stranger, proposal, "comments", key="une-cle").status == 200


@pytest.mark.parametrize(
    ("what", "typed"),
    [
        ("comments", {"body": " \u200b "}),
        ("comments", {"body": "a" * 20_001}),
        ("comments", {"body": "a\x00b"}),
        ("comments", {"body": "avec", "signed_as": "name", "signature": ""}),
        ("comments", {"body": "avec", "signed_as": "prince"}),
        ("comments", {"body": "avec", "territory": "D-99"}),
        ("comments", {"body": ["deux", "fois"]}),
        ("comments", {"body": "avec", "key": "k" * 81}),
        ("arguments", {"side": "maybe"}),
        ("sources", {"link": "javascript:alert(1)"}),
        ("amendments", {"body": "Un texte."}),
    ],
)
def test_what_cannot_be_taken_is_given_back(browser, session, proposal, what, typed):
    page = send(browser, proposal, what, **typed)
    assert page.status == 422
    expected = typed.get("body", FIELDS[what]["body"])
    if isinstance(expected, str) and expected.strip(" \u200b") and "\x00" not in expected:
        assert any((area.text or "").strip() == expected for area in page.all("textarea"))
    assert session.scalar(select(func.count()).where(Statement.parent_id == proposal.id)) == 0


def test_read_before_published(browser, session, make):
    proposal = make.proposal(make.theme(make.consultation(moderation="before", **ON)))
    page = send(browser, proposal, "comments", body="À relire.")
    assert page.status == 200
    assert session.scalars(select(Comment)).one().state == "pending"
    assert "À relire." not in browser.again().get(f"/proposals/{proposal.id}").words()


@pytest.mark.parametrize("what", FIELDS)
def test_the_organiser_s_wish_is_kept(browser, session, make, what):
    off = {**ON, f"allows_{what}": False}
    proposal = make.proposal(make.theme(make.consultation(**off)))
    url = f"/proposals/{proposal.id}/{what}/new"
    assert browser.get(url).status == 403
    token = browser.get(f"/proposals/{proposal.id}")
    data = {"csrf_token": csrf(token), "key": "k", **FIELDS[what]}
    assert browser.client.post(url, data=data).status_code == 403
    assert session.scalar(select(func.count()).where(Statement.parent_id == proposal.id)) == 0


def csrf(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"closes_at": -1}, 409),
        ({"opens_at": 1}, 409),
        ({"access": "email"}, 403),
        ({"published_at": None}, 404),
        ({"access": "listed"}, 404),
    ],
)
def test_nothing_is_written_out_of_place(browser, session, make, now, facts, status):
    facts = {k: now + timedelta(hours=v) if type(v) is int else v for k, v in facts.items()}
    proposal = make.proposal(make.theme(make.consultation(**ON, **facts)))
    url = f"/proposals/{proposal.id}/comments/new"
    assert browser.get(url).status == status
    data = {
        "csrf_token": csrf(browser.get("/follow-up")),
        "key": "k",
        "body": "Trop tard, mais lisible.",
    }
    page = browser.post(url, data)
    assert page.status == status
    assert "Trop tard, mais lisible." in page.text
    assert session.scalar(select(func.count()).where(Statement.parent_id == proposal.id)) == 0


def test_a_reply_under_a_reply_is_missing(browser, make, proposal):
    comment = make.comment(proposal)
    for place in ("answers", "proposals"):
        assert browser.get(f"/{place}/{comment.id}/comments/new").status == 404


def test_an_unknown_side_or_cursor_is_missing(browser, proposal):
    base = f"/proposals/{proposal.id}"
    for url in (
        f"{base}/arguments?side=both",
        f"{base}/comments?side=for",
        f"{base}/comments?cursor=%00",
        f"{base}/comments?cursor=WzFd",
    ):
        assert browser.get(url).status == 404


def test_every_reply_is_reached_page_after_page(browser, make, proposal):
    made = [make.comment(proposal, body=f"Numéro {n}.") for n in range(75)]
    seen, url = [], f"/proposals/{proposal.id}"
    while url:
        page = browser.get(url)
        found = [a.get("id") for a in page.all("article") if (a.get("id") or "")[:6] == "reply-"]
        seen += [name.removeprefix("reply-") for name in found]
        url = next((a for a in page.links() if "cursor=" in a), None)
    assert seen == [comment.id for comment in made]
