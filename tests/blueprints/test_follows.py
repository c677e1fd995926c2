"""Following from the pages: one click, or an address and a letter; stopping from anywhere."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Follow, JournalEntry, Mail, Subscriber
from consult.services import follows
from tests.browser import fields
from tests.security.people import Agent


@pytest.fixture
def places(make):
    """Every kind of page that can be followed: its path, its subject, its button."""
    consultation = make.consultation()
    theme = make.theme(consultation, number=1)
    question = make.question(theme, number=1)
    structure = make.organisation()
    answer = make.answer(question, organisation_id=structure.id)
    proposal = make.proposal(theme)
    here = f"/consultations/{consultation.slug}"
    return {
        here: f"consultation:{consultation.id}",
        f"{here}/questions/1-1": f"question:{question.id}",
        f"/answers/{answer.id}": f"statement:{answer.id}",
        f"/proposals/{proposal.id}": f"statement:{proposal.id}",
        f"/organisations/{structure.slug}": f"organisation:{structure.id}",
        "/territories/R-44": "territory:R-44",
    }


def letter(session):
    session.rollback()
    return session.scalars(select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc())).first()


def link(mail):
    return re.search(r"http://localhost(/\S+)", mail.body)[1]


def followed(session):
    session.rollback()
    query = select(Follow.subject).where(Follow.confirmed_at.is_not(None))
    return sorted(session.scalars(query))


def test_one_click_follows_every_kind_of_page_and_one_stops(browser, session, make, places):
    browser.as_(make.account(email="ada@exemple.fr"))
    for path, subject in places.items():
        page = browser.submit(browser.get(path), "/follow")
        assert page.url == path, subject
        assert "Vous suivez" in page.words()
        assert page.forms("/follow/stop")
    assert followed(session) == sorted(places.values())
    page = browser.get("/account/letters")
    assert len(page.forms("/follow/stop")) == len(places)
    for path in places:
        page = browser.submit(browser.get(path), "/follow/stop")
        assert page.url == path
        assert page.forms("/follow")
    assert followed(session) == []


def test_a_visitor_follows_with_an_address_and_a_letter(browser, session, places):
    for path, subject in places.items():
        page = browser.get(path)
        assert "csrf_token" not in dict(fields(page.forms("/follow")[0])), path
        page = browser.submit(page, "/follow", email=" Ada@exemple.fr")
        assert page.url == path
        assert "Ada@exemple.fr" in page.words()
        mail = letter(session)
        assert mail.recipient == "ada@exemple.fr"
        assert mail.stop_path is None
        page = browser.get(link(mail))
        assert subject not in followed(session)
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        page = browser.submit(page, link(mail))
        assert page.url.startswith("/letters/")
    assert followed(session) == sorted(places.values())
    assert len(page.forms(page.url)) == len(places) + 2
    assert page.response.headers["Cache-Control"] == "private, no-store"


def test_who_is_signed_in_needs_a_token_and_a_visitor_the_right_origin(app, session, make, places):
    subject = next(iter(places.values()))
    sent = {"subject": subject, "email": "ada@exemple.fr"}
    visitor, known = Agent(app), Agent(app)
    link, _code = follows.accounts.new_link(session, make.account().email, now=make.now)
    session.commit()
    known.enter(link)
    assert known.open("POST", "/follow", data=sent).status == 400
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert visitor.open("POST", "/follow", data=sent, headers=headers).status == 403
    before = session.scalar(select(func.count()).select_from(Follow))
    assert visitor.open("POST", "/follow", data={**sent, "email": "\x00"}).status == 422
    assert before == 0 and followed(session) == []
    assert visitor.open("POST", "/follow", data=sent).status == 303


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(app, session, make, places):
    subject = next(iter(places.values()))
    make.account(email="connue@exemple.fr")
    what = follows.subject(session, subject, reader=follows.consultations.Reader(), now=make.now)
    follows.follow(session, "connue@exemple.fr", what, home=follows.Home(), now=make.now)
    session.commit()
    seen = set()
    for email in ("connue@exemple.fr", "autre@exemple.fr", "autre@exemple.fr"):
        agent = Agent(app)
        answer = agent.post("/follow", {"subject": subject, "email": email})
        page = agent.get(answer.headers["Location"]).text.replace(email, "ADDRESS")
        page = re.sub(r'value="[^"]{40,}"', "", page)
        seen.add((answer.status, answer.headers["Location"], page))
    assert len(seen) == 1
    query = select(func.count()).select_from(Mail)
    assert session.scalar(query.where(Mail.dedup_key.startswith("follow:"))) == 2


def test_what_was_typed_wrong_is_given_back(browser, session, places):
    page = browser.get(f"/follow?subject={next(iter(places.values()))}")
    for typed in ("ada", "", "ada@@exemple.fr", "a" * 300 + "@exemple.fr"):
        page = browser.submit(page, "/follow", email=typed)
        assert page.status == 422
        assert "adresse" in page.words()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Subscriber)) == 0


@pytest.mark.parametrize(
    "subject",
    ["", "x", "question:0", "consultation:\x00", "own:own", "territory:../x", "a:" + "b" * 5000],
)
def test_what_cannot_be_followed_is_missing(app, make, subject):
    agent = Agent(app)
    assert agent.get("/follow", query_string={"subject": subject}).status == 404
    data = {"subject": subject, "email": "ada@exemple.fr"}
    assert agent.post("/follow", data).status == 404


def test_a_draft_is_missing_for_who_may_not_see_it(app, make):
    draft = make.consultation(published_at=None)
    agent = Agent(app)
    name = f"consultation:{draft.id}"
    nothing = agent.get("/follow", query_string={"subject": "consultation:" + "0" * 18})
    hidden = agent.get("/follow", query_string={"subject": name})
    assert (hidden.status, hidden.text) == (404, nothing.text)


def test_a_link_that_has_served_for_a_week_says_so(browser, session, places, clock, now):
    page = browser.get(f"/follow?subject={next(iter(places.values()))}")
    browser.submit(page, "/follow", email="ada@exemple.fr")
    path = link(letter(session))
    clock.shift(now + timedelta(days=8) - datetime.now(UTC))
    page = browser.get(path)
    assert page.status == 422
    assert "ne marche plus" in page.words()
    assert not page.forms(path)


@pytest.fixture
def ada(session, make, places, now):
    """The path of the stop page of someone without an account who follows every place."""
    for subject in places.values():
        what = follows.subject(session, subject, reader=follows.consultations.Reader(), now=now)
        follows.follow(session, "ada@exemple.fr", what, home=follows.Home(), now=now)
    session.commit()
    return follows.find(session, "ada@exemple.fr")


@pytest.fixture
def path(app, ada):
    from consult.blueprints.follows import letters

    with app.app_context():
        return letters.stop_path(ada)


def test_one_thing_is_stopped_from_a_letter_then_all(browser, session, places, path):
    page = browser.get(path)
    assert "ada@exemple.fr" in page.words()
    before = len(followed(session))
    stops = [form for form in page.forms(path) if "subject" in str(form_names(form))]
    assert len(stops) == len(places)
    page = browser.post(path, {"csrf_token": token(page), "subject": "territory:R-44"})
    assert len(followed(session)) == before - 1
    page = browser.post(path, {"csrf_token": token(page), "all": "1"})
    assert "Vous ne recevrez plus" in page.words()
    assert followed(session) == []
    assert "Vous ne recevez aucun e-mail" in browser.get(path).words()


def form_names(form):
    return [control.get("name") for control in form.iter("input")]


def token(page):
    return next(one for one in page.all("input") if one.get("name") == "csrf_token").get("value")


def test_a_mail_program_stops_everything_with_one_post(app, session, path):
    client = app.test_client()
    assert client.get(path).status_code == 200
    assert len(followed(session)) == 6
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert followed(session) == []
    session.expire_all()
    assert follows.find(session, "ada@exemple.fr").letters == "none"
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_post_without_a_token_stops_nothing(app, session, path):
    client = app.test_client()
    for data in ({}, {"all": "1"}, {"List-Unsubscribe": "Two"}, {"letters": "none"}):
        assert client.post(path, data=data).status_code == 400
    assert len(followed(session)) == 6


def test_a_link_that_was_changed_is_missing(app, session, ada, path):
    client = app.test_client()
    for wrong in (path[:-1], f"/letters/{ada.id}", "/letters/" + "x" * 3000, "/letters/é.ü"):
        assert client.get(wrong).status_code == 404
        data = {"List-Unsubscribe": "One-Click"}
        assert client.post(wrong, data=data).status_code == 404
    assert len(followed(session)) == 6


def test_the_letters_are_chosen_from_the_account_and_from_a_letter(browser, session, make, path):
    page = browser.get(path)
    form = {"csrf_token": token(page), "letters": "weekly"}
    assert "Votre choix est gardé" in browser.post(path, form).words()
    browser.as_(make.account(email="ada@exemple.fr"))
    page = browser.get("/account/letters")
    page = browser.submit(page, "/account/letters", letters="none", time_zone="Pacific/Noumea")
    assert "Votre choix est gardé" in page.words()
    session.expire_all()
    ada = follows.find(session, "ada@exemple.fr")
    assert (ada.letters, ada.time_zone) == ("none", "Pacific/Noumea")
    for wrong in ({"letters": "daily"}, {"letters": "weekly", "time_zone": "\x00"}, {}):
        data = {"csrf_token": token(page), **wrong}
        assert browser.post("/account/letters", data).status == 422


def test_the_list_stops_one_thing_and_comes_back(browser, session, make, ada):
    browser.as_(make.account(email="ada@exemple.fr"))
    page = browser.submit(browser.get("/account/letters"), "/follow/stop")
    assert page.url == "/account/letters"
    assert len(followed(session)) == 5


def test_an_account_that_never_followed_has_the_usual_letters(browser, session, make):
    browser.as_(make.account())
    page = browser.get("/account/letters")
    assert "Vous ne suivez rien" in page.words()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Subscriber)) == 0


def test_the_clocks_are_those_of_the_territory_of_the_reader(app, session, make, places):
    agent = Agent(app)
    token = agent.token
    with agent.client.session_transaction() as kept:
        kept["signing"] = {"territory": "C-988"}
        kept["csrf_token"] = kept.get("csrf_token")
    assert token
    subject = next(iter(places.values()))
    agent.post("/follow", {"subject": subject, "email": "noe@exemple.nc"})
    session.rollback()
    assert follows.find(session, "noe@exemple.nc").time_zone == "Pacific/Noumea"


def test_no_address_is_in_the_journal(browser, session, places):
    page = browser.get(f"/follow?subject={next(iter(places.values()))}")
    browser.submit(page, "/follow", email="ada@exemple.fr")
    path = link(letter(session))
    browser.submit(browser.get(path), path)
    session.rollback()
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [one.act for one in entries] == ["follow.asked", "follow.begun"]
    assert "ada@" not in str([(one.actor, one.subject, one.facts) for one in entries])


def test_a_title_cannot_break_a_letter(app, session, make):
    title = "Fin\u2028Bcc: voleur@exemple.fr {{7*7}} %(x)s <b>"
    consultation = make.consultation(title=title)
    agent = Agent(app)
    data = {"subject": f"consultation:{consultation.id}", "email": "ada@exemple.fr"}
    assert agent.post("/follow", data).status == 303
    mail = letter(session)
    assert "\n" not in mail.subject and "\u2028" not in mail.subject
    assert "{{7*7}} %(x)s <b>" in mail.body


def test_the_list_of_what_one_follows_reads_few_statements(browser, session, make, ada, statements):
    browser.as_(make.account(email="ada@exemple.fr"))
    with statements() as seen:
        browser.get("/account/letters")
    assert len(seen) <= 5, seen
