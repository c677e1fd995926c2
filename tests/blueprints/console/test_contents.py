"""Themes, questions, articles and answers brought over."""

import pytest
from sqlalchemy import select

from consult.domain import questions as kinds
from consult.models import Proposal, Question, Statement, Theme

HERE = "/console/consultations/bus"
LAW = "Exposé.\n\nArticle 1er\nLe bus passe.\n\nArticle 2 - Nuit\nIl passe la nuit.\n"


@pytest.fixture
def mine(browser, make):
    owner = make.account("organiser")
    browser.as_(owner)
    return make.consultation(owner_id=owner.id, published_at=None, slug="bus", template="law")


def test_themes_are_added_moved_changed_and_removed(browser, session, mine):
    for label in ("I", "IV"):
        page = browser.get(f"{HERE}/themes/new")
        page = browser.submit(page, f"{HERE}/themes/new", label=label, title=f"Thème {label}")
    first, second = session.scalars(select(Theme).order_by(Theme.position)).all()
    assert (second.label, second.number) == ("IV", 4)
    page = browser.submit(page, f"{HERE}/themes/{second.id}/move", button=("direction", "up"))
    assert page.words().index("Thème IV") < page.words().index("Thème I ")
    form = browser.get(f"{HERE}/themes/{first.id}")
    page = browser.submit(form, f"{HERE}/themes/{first.id}", label="4", hidden="y")
    assert page.status == 422
    browser.submit(form, f"{HERE}/themes/{first.id}", title="Autre", hidden="y")
    session.refresh(first)
    assert (first.title, first.hidden) == ("Autre", True)
    page = browser.submit(form, f"{HERE}/themes/{first.id}", title="Vieux")
    assert page.status == 409
    assert "Autre" in page.words()
    browser.submit(browser.get(HERE), f"{HERE}/themes/{first.id}/delete")
    assert session.scalars(select(Theme.id)).all() == [second.id]
    assert browser.get(f"{HERE}/themes/{first.id}").status == 404


OPTIONS = {
    "choice": {"choices": "Oui\nNon", "allow_other": "y"},
    "choices": {"choices": "Oui\nNon\nUn peu", "min": "1", "max": "2"},
    "ranking": {"choices": "Oui\nNon"},
    "scale": {"min": "1", "max": "5", "min_label": "Pas du tout"},
    "yes_no": {"detail": "required"},
    "number": {"unit": "km", "max": "12"},
}


@pytest.mark.parametrize("kind", sorted(kinds.QUESTION_KINDS))
def test_a_question_of_each_kind_is_written_and_changed(browser, session, make, mine, kind):
    theme = make.theme(mine)
    new = f"{HERE}/themes/{theme.id}/questions/new"
    assert any(url.endswith(f"kind={kind}") for url in browser.get(new).links())
    page = browser.get(f"{new}?kind={kind}")
    page = browser.submit(
        page, new, wording="Que faire ?", why="Pour savoir.", **OPTIONS.get(kind, {})
    )
    assert page.url == HERE
    question = session.scalars(select(Question)).one()
    assert (question.kind, question.why) == (kind, "Pour savoir.")
    before = question.options
    here = f"{HERE}/questions/{question.id}"
    page = browser.submit(browser.get(here), here, wording="Et après ?")
    assert page.url == HERE
    session.refresh(question)
    assert (question.wording, question.options) == ("Et après ?", before)


def test_wrong_options_come_back_as_typed(browser, session, make, mine):
    theme = make.theme(mine)
    new = f"{HERE}/themes/{theme.id}/questions/new"
    page = browser.submit(browser.get(f"{new}?kind=choice"), new, wording="A", choices="Seul")
    assert page.status == 422
    assert "Seul" in page.text
    assert session.scalar(select(Question.id)) is None
    assert browser.get(f"{new}?kind=essay").status == 422


def test_questions_move_and_stay_once_answered(browser, session, make, mine):
    theme = make.theme(mine)
    first, second = make.question(theme, number=1), make.question(theme, number=2)
    page = browser.get(HERE)
    browser.submit(page, f"{HERE}/questions/{first.id}/move", button=("direction", "down"))
    session.refresh(first)
    assert first.number == 2
    form = browser.get(HERE)
    make.answer(second, state="pending")
    page = browser.submit(form, f"{HERE}/questions/{second.id}/delete")
    assert page.status == 409
    browser.submit(form, f"{HERE}/questions/{first.id}/delete")
    assert session.scalars(select(Question.id)).all() == [second.id]


def test_a_text_is_looked_over_then_becomes_articles_once(browser, session, make, mine):
    theme = make.theme(mine)
    page = browser.get(f"{HERE}/articles")
    page = browser.submit(page, f"{HERE}/articles", text=LAW, theme_id=theme.id)
    assert "Il passe la nuit." in page.words()
    assert session.scalar(select(Proposal.id)) is None
    for _ in range(2):
        browser.submit(page, f"{HERE}/articles", button=("confirm", "1"))
    titles = session.scalars(select(Proposal.title).order_by(Proposal.position)).all()
    assert titles == ["Article 1er", "Article 2 – Nuit"]


@pytest.mark.parametrize("text", ["", "Un texte sans rien.", "a\x00"])
def test_a_text_without_articles_comes_back(browser, make, mine, text):
    make.theme(mine)
    page = browser.submit(browser.get(f"{HERE}/articles"), f"{HERE}/articles", text=text)
    assert page.status == 422


def test_a_theme_of_another_consultation_takes_no_article(browser, make, mine):
    make.theme(mine)
    page = browser.get(f"{HERE}/articles")
    page = browser.submit(page, f"{HERE}/articles", text=LAW, theme_id=make.theme().id)
    assert page.status == 422


def test_answers_are_brought_over_from_the_consultation_followed(browser, session, make, mine):
    origin = make.question(make.theme(make.consultation()))
    make.answer(origin)
    mine.follows_id = origin.consultation_id
    session.commit()
    target = make.question(make.theme(mine))
    page = browser.get(f"{HERE}/carry")
    page = browser.submit(page, f"{HERE}/carry", source=origin.id, target=target.id)
    assert page.status == 200
    carried = select(Statement).where(Statement.question_id == target.id)
    assert session.scalars(carried).one().carried_from_id is not None
    other = make.question()
    page = browser.submit(page, f"{HERE}/carry", source=other.id, target=target.id)
    assert page.status == 404


def test_proposals_are_brought_over_and_each_shows_the_other(browser, session, make, mine):
    before = make.consultation(title="La première", owner_id=mine.owner_id)
    origin = make.proposal(make.theme(before), title="Un bus de nuit")
    mine.follows_id, mine.title = before.id, "La suite"
    session.commit()
    target = make.theme(mine)
    page = browser.get(f"{HERE}/carry")
    action = {"source_theme": origin.theme_id, "target_theme": target.id}
    assert [form.get("aria-labelledby") for form in page.forms(f"{HERE}/carry")] == ["proposals"]
    page = browser.post(f"{HERE}/carry", {"csrf_token": token(browser), **action})
    assert "1 proposition reprise" in page.words()
    made = session.scalars(select(Proposal).where(Proposal.theme_id == target.id)).one()
    new, old = browser.get(f"/proposals/{made.id}"), browser.get(f"/proposals/{origin.id}")
    assert f"/proposals/{origin.id}" in new.links()
    assert "La première" in new.words()
    assert f"/proposals/{made.id}" in old.links()
    assert "La suite" in old.words()
    stranger = browser.again().get(f"/proposals/{origin.id}")
    assert "La suite" not in stranger.words()
    again = browser.post(f"{HERE}/carry", {"csrf_token": token(browser), **action})
    assert "Rien de nouveau" in again.words()


def test_the_hidden_themes_of_another_organiser_are_not_brought_over(browser, session, make, mine):
    theme = make.theme(make.consultation(owner_id=make.account("organiser").id), hidden=True)
    make.proposal(theme)
    mine.follows_id = theme.consultation_id
    session.commit()
    page = browser.get(f"{HERE}/carry")
    assert theme.title not in page.words()
    sent = {"source_theme": theme.id, "target_theme": make.theme(mine).id}
    page = browser.post(f"{HERE}/carry", {"csrf_token": token(browser), **sent})
    assert page.status == 404
    assert session.scalars(select(Proposal.consultation_id)).all() == [theme.consultation_id]


def token(browser):
    page = browser.get("/sign-in")
    return next(
        field.get("value") for field in page.all("input") if field.get("name") == "csrf_token"
    )
