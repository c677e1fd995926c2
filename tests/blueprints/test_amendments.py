"""What the organiser makes of an amendment: shown, decided once, with a reason, and told."""

import pytest
from sqlalchemy import select

from consult.models import Contribution, Mail, Revision, Statement


def send(browser, proposal):
    url = f"/proposals/{proposal.id}/amendments/new"
    assert browser.submit(browser.get(url), url, body="Un autre texte.").status == 200


def csrf(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


@pytest.fixture
def organiser(make):
    return make.account("organiser")


@pytest.fixture
def amendment(make, organiser):
    consultation = make.consultation(owner_id=organiser.id, allows_amendments=True)
    proposal = make.proposal(make.theme(consultation), body="Un texte ancien.", version=1)
    return make.amendment(proposal, body="Un texte nouveau.", value={"on_version": 1})


def test_an_amendment_is_shown_as_a_difference(browser, amendment):
    page = browser.get(f"/amendments/{amendment.id}")
    assert "".join(page.all("ins")[0].itertext()).endswith("nouveau")
    assert "".join(page.all("del")[0].itertext()).endswith("ancien")
    assert not page.forms(f"/amendments/{amendment.id}/decision")


def test_an_accepted_amendment_is_the_next_version(browser, session, organiser, amendment):
    browser.as_(organiser)
    url = f"/amendments/{amendment.id}"
    page = browser.submit(
        browser.get(url), f"{url}/decision", verdict="accepted", reason="C'est plus clair."
    )
    assert page.status == 200
    proposal = session.get(Statement, amendment.parent_id, populate_existing=True)
    assert (proposal.body, proposal.version) == ("Un texte nouveau.", 2)
    kept = session.scalars(select(Revision)).one()
    assert (kept.version, kept.body) == (1, "Un texte ancien.")
    history = browser.get(f"/proposals/{proposal.id}/history")
    assert "nouveau" in history.words()
    assert "ancien" in history.words()
    assert "C'est plus clair." in history.words()
    again = browser.submit(page, "/language") and browser.get(url)
    assert not again.forms(f"{url}/decision")
    assert "ancien" in "".join(again.all("del")[0].itertext())


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"verdict": "accepted", "reason": " "}, 422),
        ({"verdict": "perhaps", "reason": "Oui"}, 422),
        ({"verdict": "accepted", "reason": "Oui", "text": ""}, 422),
        ({"verdict": "accepted", "reason": "Mon motif", "version": "7"}, 409),
        ({"verdict": "accepted", "reason": "Mon motif", "version": "x" * 5000}, 409),
    ],
)
def test_a_decision_that_cannot_be_taken_gives_the_reason_back(
    browser, session, organiser, amendment, typed, status
):
    browser.as_(organiser)
    url = f"/amendments/{amendment.id}"
    page = browser.submit(browser.get(url), f"{url}/decision", **typed)
    assert page.status == status
    assert typed["reason"].strip() in page.text
    session.refresh(amendment)
    assert amendment.decision is None
    assert not session.scalars(select(Revision)).all()


def test_only_the_organiser_of_the_consultation_decides(browser, session, make, amendment):
    url = f"/amendments/{amendment.id}/decision"
    data = {"verdict": "accepted", "reason": "Moi", "text": "Moi", "version": "1"}
    data["csrf_token"] = csrf(browser.get(f"/amendments/{amendment.id}"))
    assert browser.client.post(url, data=data).status_code == 403
    other = browser.again().as_(make.account("organiser"))
    data["csrf_token"] = csrf(other.get(f"/amendments/{amendment.id}"))
    assert other.client.post(url, data=data).status_code == 403
    session.refresh(amendment)
    assert amendment.decision is None


def test_a_decision_is_taken_once(browser, session, organiser, amendment):
    browser.as_(organiser)
    url = f"/amendments/{amendment.id}"
    page = browser.get(url)
    browser.submit(page, f"{url}/decision", verdict="refused", reason="Non.")
    assert browser.submit(page, f"{url}/decision", verdict="accepted", reason="Si.").status == 409
    session.refresh(amendment)
    assert (amendment.decision, amendment.decision_reason) == ("refused", "Non.")


@pytest.fixture
def owned(make, organiser):
    """A proposal whose organiser decides."""
    consultation = make.consultation(owner_id=organiser.id, allows_amendments=True)
    return make.proposal(make.theme(consultation), body="Un texte.", version=1)


@pytest.mark.parametrize(
    ("verdict", "subject", "badge"),
    [
        ("accepted", "Votre modification est acceptée.", "Acceptée"),
        ("refused", "Votre modification est refusée.", "Refusée"),
    ],
)
@pytest.mark.parametrize("known", ["account", "address", None])
def test_the_author_of_an_amendment_is_told_what_is_decided(
    browser, session, make, organiser, owned, verdict, subject, badge, known
):
    author = browser.again()
    if known == "account":
        author.as_(make.account(email="ada@exemple.fr"))
    send(author, owned)
    amendment = session.scalars(select(Statement).where(Statement.kind == "amendment")).one()
    if known == "address":
        held = session.get(Contribution, amendment.contribution_id)
        held.notify_email = "ada@exemple.fr"
        session.commit()
    browser.as_(organiser)
    url = f"/amendments/{amendment.id}"
    browser.submit(browser.get(url), f"{url}/decision", verdict=verdict, reason="C'est ainsi.")
    session.rollback()
    letters = session.scalars(select(Mail)).all()
    assert [(one.recipient, one.subject) for one in letters] == (
        [("ada@exemple.fr", subject)] if known else []
    )
    assert all("C'est ainsi." in one.body and url in one.body for one in letters)
    followed = author.get(f"/follow-up/{amendment.contribution_id}")
    assert badge in followed.words()
    assert "C'est ainsi." in followed.words()
    assert url in followed.links()


def test_a_decision_refused_sends_no_letter(browser, session, make, organiser, owned):
    author = browser.again().as_(make.account())
    send(author, owned)
    amendment = session.scalars(select(Statement).where(Statement.kind == "amendment")).one()
    browser.as_(organiser)
    url = f"/amendments/{amendment.id}"
    typed = {"verdict": "accepted", "reason": "Oui.", "version": "7"}
    assert browser.submit(browser.get(url), f"{url}/decision", **typed).status == 409
    session.rollback()
    assert not session.scalars(select(Mail)).all()
