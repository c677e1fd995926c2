"""The page of a proposal: all of it in one answer, nothing in it that should not be."""

import re
from datetime import timedelta

import pytest

from consult.models import Outcome, Revision, Stance

LAW = {
    "template": "law",
    "allows_arguments": True,
    "allows_sources": True,
    "allows_amendments": True,
    "allows_comments": True,
}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "http://x.fr/\"onmouseover='alert(1)'",
    "https://x.fr/<svg/onload=alert(1)>",
    "{7*7} ${7*7} %s %d #{7*7}",
    '<form id="act" hx-post="/x"><input name=csrf_token>',
    "<a href='data:text/html,x' hx-get=/x style=position:fixed>",
    "]]><!-- </textarea></title>",
]


@pytest.fixture
def law(make):
    return make.consultation(**LAW)


@pytest.fixture
def proposal(make, law):
    return make.proposal(
        make.theme(law), title="Article 1er", body="Le texte.\n\nVoir https://loi.fr/a."
    )


def test_the_page_holds_the_text_and_what_hangs_on_it(browser, make, proposal):
    make.argument(proposal, side="for", body="Un argument pour")
    make.argument(proposal, side="against", body="Un argument contre")
    make.source(proposal, body="Une source", link="https://source.fr/")
    make.amendment(proposal, body="Le texte changé.", explanation="Parce que")
    make.comment(proposal, body="Un commentaire")
    make.comment(proposal, body="Un commentaire en attente", state="pending")
    page = browser.get(f"/proposals/{proposal.id}")
    words = page.words()
    for said in ("Le texte.", "argument pour", "argument contre", "Une source", "Un commentaire"):
        assert said in words
    assert "en attente" not in words
    assert "https://loi.fr/a" in page.links()
    links = {a.get("href"): a.get("rel") for a in page.all("a")}
    assert links["https://loi.fr/a"] == links["https://source.fr/"] == "nofollow ugc noopener"
    assert len(page.forms(f"/proposals/{proposal.id}")) == 1


@pytest.mark.parametrize("payload", HOSTILE)
def test_what_people_type_is_never_markup(browser, make, law, payload):
    theme = make.theme(law)
    signed = {"signed_as": "name", "signature": payload}
    proposal = make.proposal(theme, title=payload, body=payload, explanation=payload, **signed)
    argument = make.argument(proposal, body=payload, **signed)
    make.source(proposal, body=payload)
    amendment = make.amendment(proposal, body=payload + " plus", explanation=payload, **signed)
    make.comment(proposal, body=payload, **signed)
    for url in (
        f"/proposals/{proposal.id}",
        f"/proposals/{proposal.id}/history",
        f"/proposals/{proposal.id}/comments",
        f"/proposals/{proposal.id}/arguments/new",
        f"/proposals/{proposal.id}/amendments/new",
        f"/amendments/{amendment.id}",
    ):
        page = browser.get(url)
        assert page.status == 200
        assert " ".join(payload.split()) in page.words()
        elements = [e for e in page.html.iter() if isinstance(e.tag, str)]
        assert not [e for e in elements if e.tag in ("object", "embed", "iframe", "img")]
        assert not [a for e in elements for a in e.attrib if a.startswith(("on", "style"))]
        scripts = [s.get("src") for s in page.all("script")]
        assert all(src and src.startswith("/static/") for src in scripts)
        for link in page.links():
            assert re.match(r"/|#|https?://|mailto:|tel:", link), link
    assert argument.id


@pytest.mark.parametrize("size", [20, 200])
def test_the_page_costs_seven_statements_whatever_it_holds(
    browser, make, session, proposal, statements, size
):
    for number in range(size):
        getattr(make, ("argument", "source", "amendment", "comment")[number % 4])(proposal)
    browser.post(f"/proposals/{proposal.id}/stance", {"value": "agree"})
    with statements() as seen:
        page = browser.get(f"/proposals/{proposal.id}")
    assert page.status == 200
    assert len(seen) <= 7, seen
    if size == 200:
        more = [link for link in page.links() if "cursor=" in link]
        assert len(more) == 3
        for link in more:
            with statements() as seen:
                following = browser.get(link)
            assert following.status == 200
            assert len(seen) <= 5, seen


def test_results_hidden_until_the_close_are_nowhere(browser, make, clock, now):
    consultation = make.consultation(
        results="after_close", closes_at=now + timedelta(hours=1), **LAW
    )
    theme = make.theme(consultation)
    proposal = make.proposal(theme, declared_agree=4217, declared_mixed=4217)
    make.argument(proposal, declared_agree=4218)
    amendment = make.amendment(proposal, declared_disagree=4219)
    urls = [
        f"/proposals/{proposal.id}",
        f"/proposals/{proposal.id}/arguments",
        f"/proposals/{proposal.id}/history",
        f"/amendments/{amendment.id}",
    ]
    for url in urls:
        assert not re.search(r"4.?21[789]|8.?434", browser.get(url).text), url
    clock.shift(timedelta(days=365))
    assert re.search(r"4.?217", browser.get(urls[0]).text)


def test_declared_opinions_are_said_to_be_so(browser, make, law):
    proposal = make.proposal(make.theme(law), declared_agree=70, declared_mixed=1)
    assert "71" in browser.get(f"/proposals/{proposal.id}").words()


def test_one_s_own_opinion_is_shown(browser, session, proposal, make):
    account = make.account()
    browser.as_(account)
    participant = make.participant(account_id=account.id)
    now = proposal.created_at
    session.add(
        Stance(
            statement_id=proposal.id,
            participant_id=participant.id,
            value=-1,
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    page = browser.get(f"/proposals/{proposal.id}")
    pressed = [b.get("id") for b in page.all("button") if b.get("aria-pressed") == "true"]
    assert pressed == [f"disagree-{proposal.id}"]


def test_an_opinion_from_the_page_leads_back_to_it(browser, session, proposal):
    page = browser.get(f"/proposals/{proposal.id}")
    token = dict(fields_of(page, "act"))
    answer = browser.client.post(
        f"/proposals/{proposal.id}/stance", data={**token, "value": "agree"}
    )
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#stances-{proposal.id}"
    session.refresh(proposal)
    assert proposal.agree == 1


def fields_of(page, form_id):
    from tests.browser import fields

    return fields(next(form for form in page.forms() if form.get("id") == form_id))


@pytest.mark.parametrize("state", ["awaiting", "pending", "hidden", "withdrawn", "to_correct"])
def test_what_is_not_public_is_missing(browser, make, law, state):
    proposal = make.proposal(make.theme(law), state=state)
    missing = browser.get("/proposals/000000000000000000")
    for url in (f"/proposals/{proposal.id}", f"/proposals/{proposal.id}/history"):
        page = browser.get(url)
        assert page.status == missing.status == 404


@pytest.mark.parametrize("raw", ["x" * 40, "a%00b", "é", "..", "%F0%9F%98%80"])
def test_an_address_that_is_none_is_missing(browser, raw):
    assert browser.client.get(f"/proposals/{raw}").status_code == 404


def test_the_kinds_keep_their_own_addresses(browser, make, proposal):
    comment = make.comment(proposal)
    assert browser.get(f"/proposals/{comment.id}").status == 404
    assert browser.get(f"/amendments/{proposal.id}").status == 404
    assert (
        browser.get(f"/comments/{comment.id}").url == f"/proposals/{proposal.id}#reply-{comment.id}"
    )


def test_the_history_shows_what_each_version_changed(browser, session, make, proposal):
    session.add_all(
        Revision(
            statement_id=proposal.id,
            version=number,
            title="",
            body=f"Le texte {number}.",
            reason=f"Raison {number}",
            created_at=proposal.created_at,
        )
        for number in range(1, 31)
    )
    proposal.version = 31
    session.commit()
    seen, url = [], f"/proposals/{proposal.id}/history"
    while url:
        page = browser.get(url)
        seen += [
            int(h.get("id").split("-")[1]) for h in page.all("h2") if "version-" in h.get("id", "")
        ]
        url = next((a for a in page.links() if "cursor=" in a), None)
    assert seen == list(range(31, 0, -1))


def test_the_outcome_is_on_the_page(browser, session, proposal):
    session.add(
        Outcome(
            consultation_id=proposal.consultation_id,
            statement_id=proposal.id,
            verdict="partly",
            body="Nous gardons la moitié.",
            created_at=proposal.created_at,
            updated_at=proposal.created_at,
        )
    )
    session.commit()
    assert "Nous gardons la moitié." in browser.get(f"/proposals/{proposal.id}").words()


def test_nothing_but_opinions_and_comments_without_the_organiser_s_wish(browser, make):
    proposal = make.proposal(make.theme(make.consultation()))
    page = browser.get(f"/proposals/{proposal.id}")
    for word in ("arguments", "sources", "amendments"):
        assert not [link for link in page.links() if word in link]
    assert f"/proposals/{proposal.id}/comments/new" in page.links()


def test_thousands_are_written_with_their_separator(browser, make, law):
    many = {"declared_agree": 1234, "declared_mixed": 1, "declared_disagree": 0}
    page = browser.get(f"/proposals/{make.proposal(make.theme(law), **many).id}")
    assert "1\u202f234 personnes" in page.text
    assert "1\u202f235 avis" in page.text
    assert "1 personne<" in page.text
    assert not re.search(r"[^\d]123[45]\b", page.words())
    listed = browser.get(f"/consultations/{law.slug}/proposals")
    assert "1\u202f234" in listed.text
