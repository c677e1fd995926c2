"""Every page of the console, for everyone: 404 when not visible, 403 on what is someone else's."""

import pytest
from sqlalchemy import func, select

from consult.models import Consultation, JournalEntry, Outcome, Setting, Statement


@pytest.fixture
def scene(make):
    owner = make.account("organiser")
    found = {"owner": owner}
    for name, facts in (("public", {}), ("draft", {"published_at": None})):
        consultation = make.consultation(owner_id=owner.id, slug=name, **facts)
        theme = make.theme(consultation)
        question = make.question(theme)
        answer = make.answer(question, body="Un.\n\nDeux.")
        pending = make.answer(question, state="pending")
        found[name] = (consultation, theme, question, answer, pending)
    return found


def addresses(parts, pending_too=True):
    consultation, theme, question, answer, pending = parts
    here = f"/console/consultations/{consultation.slug}"
    gets = [
        "",
        "/edit",
        "/dates",
        "/people",
        "/organisers",
        "/documents",
        "/participation",
    ]
    gets += ["/outcomes", "/themes/new", f"/themes/{theme.id}", "/articles", "/carry"]
    gets += [f"/themes/{theme.id}/questions/new", f"/questions/{question.id}"]
    gets += [f"/outcomes/{question.id}"]
    posts = [
        "/edit",
        "/dates",
        "/people",
        "/organisers",
        "/documents",
        "/publish",
        "/close",
        "/articles",
    ]
    posts += ["/themes/new", f"/themes/{theme.id}", f"/themes/{theme.id}/move", "/carry"]
    posts += [f"/themes/{theme.id}/delete", f"/themes/{theme.id}/questions/new"]
    posts += [f"/questions/{question.id}{end}" for end in ("", "/move", "/delete")]
    posts += [f"/outcomes/{question.id}", f"/organisers/{consultation.owner_id}/delete"]
    posts += [f"/invitations/{question.id}/delete"]
    of_text = [f"/console/answers/{answer.id}/place", f"/console/statements/{answer.id}/outcome"]
    acts = [*of_text, f"/console/answers/{answer.id}/split"]
    return (
        [here + end for end in gets] + of_text,
        [here + end for end in posts] + acts,
    )


def post(browser, url):
    page = browser.get("/follow-up")
    token = next(
        field.get("value") for field in page.all("input") if field.get("name") == "csrf_token"
    )
    return browser.post(url, {"csrf_token": token})


def state(session):
    session.expire_all()
    return (
        session.execute(
            select(Statement.id, Statement.state, Statement.body).order_by(Statement.id)
        ).all(),
        session.execute(select(Consultation.id, Consultation.version)).all(),
        session.scalar(select(func.count()).select_from(Outcome)),
    )


@pytest.mark.parametrize("who", ["organiser", "citizen", "mediator"])
def test_nobody_else_manages_what_they_may_only_read(app, browser, make, session, scene, who):
    browser.as_(make.account(*([] if who == "citizen" else [who])))
    gets, posts = addresses(scene["public"])
    before = state(session)
    for url in gets:
        assert browser.get(url).status == 403, url
    for url in posts:
        assert post(browser, url).status == 403, url
    assert state(session) == before


def test_the_draft_of_someone_else_is_as_good_as_missing(browser, make, session, scene):
    browser.as_(make.account("organiser"))
    gets, posts = addresses(scene["draft"])
    before = state(session)
    missing = browser.get("/console/consultations/nothing")
    for url in [*gets, "/console/consultations/draft/copy"]:
        page = browser.get(url)
        assert page.status == 404, url
        assert page.words() == missing.words()
    for url in posts:
        assert post(browser, url).status == 404, url
    assert state(session) == before


def test_a_visitor_is_asked_to_sign_in_and_changes_nothing(browser, session, scene):
    gets, posts = addresses(scene["public"])
    before = state(session)
    for url in [*gets, "/console", "/console/site", "/console/consultations/new"]:
        assert browser.get(url).url.startswith("/sign-in"), url
    for url in posts:
        assert post(browser, url).status == 403, url
    assert state(session) == before


def test_the_owner_and_the_administrator_open_every_page(browser, make, scene):
    for account in (scene["owner"], make.account("administrator")):
        person = browser.again().as_(account)
        for name in ("public", "draft"):
            for url in addresses(scene[name])[0]:
                assert person.get(url).status == 200, url


def test_parts_of_another_consultation_are_missing(browser, make, scene):
    browser.as_(scene["owner"])
    _consultation, theme, question, answer, _pending = scene["draft"]
    here = "/console/consultations/public"
    for url in (
        f"{here}/themes/{theme.id}",
        f"{here}/questions/{question.id}",
        f"{here}/outcomes/{question.id}",
        f"{here}/themes/{answer.id}",
        f"{here}/questions/!",
    ):
        assert browser.get(url).status == 404, url
    for url in (f"{here}/themes/{theme.id}/delete", f"{here}/questions/{question.id}/move"):
        assert post(browser, url).status == 404, url
    proposal = make.proposal(theme)
    assert browser.get(f"/console/answers/{proposal.id}/place").status == 404


def test_a_home_shows_only_ones_own(browser, make, session, scene):
    other = make.account("organiser")
    make.consultation(owner_id=other.id, title="La mienne")
    page = browser.as_(other).get("/console")
    assert "La mienne" in page.words()
    assert scene["public"][0].title not in page.words()
    everyone = browser.again().as_(make.account("administrator")).get("/console")
    assert scene["draft"][0].title in everyone.words()


def test_the_site_is_set_by_its_administrators_alone(browser, make, session):
    browser.as_(make.account("organiser"))
    assert "/console/site" not in browser.get("/console").links()
    assert browser.get("/console/site").status == 403
    assert post(browser, "/console/site").status == 403
    assert session.scalar(select(func.count()).select_from(Setting)) == 0
    page = browser.again().as_(make.account("administrator")).get("/console")
    assert "/console/site" in page.links()


def test_a_citizen_has_no_console(browser, make):
    browser.as_(make.account())
    assert browser.get("/console").status == 403
    assert browser.get("/console/site").status == 403


def test_each_act_is_in_the_journal(browser, make, session, scene):
    browser.as_(scene["owner"])
    _consultation, theme, _question, _answer, _pending = scene["draft"]
    assert post(browser, f"/console/consultations/draft/themes/{theme.id}/move").status == 200
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "theme.moved")).one()
    assert entry.actor == f"account:{scene['owner'].id}"
