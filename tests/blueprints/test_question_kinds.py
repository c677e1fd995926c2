import pytest
from sqlalchemy import select

from consult.domain.questions import QUESTION_KINDS
from consult.models import Answer

CHOICES = {"choices": ["Rouge", "Vert", "Bleu"], "allow_other": True}
CASES = {
    "long_text": ({}, {"value": "Deux\nlignes"}, "Deux\nlignes"),
    "short_text": ({}, {"value": "Une ligne"}, "Une ligne"),
    "choice": (CHOICES, {"value": "~other", "detail": "Jaune"}, "Jaune"),
    "choices": (CHOICES, {"value": ["Vert", "Rouge"]}, "Rouge\nVert"),
    "scale": ({"min": 1, "max": 5, "max_label": "beaucoup"}, {"value": "5"}, "5 (beaucoup)"),
    "ranking": (
        {"choices": ["A", "B"]},
        {"rank-0": "2", "rank-1": "1"},
        "1. B\n2. A",
    ),
    "number": ({"unit": "€"}, {"value": "1 234,5"}, "1234,5 €"),
    "yes_no": ({}, {"value": "yes", "detail": "Parce que."}, "Oui\n\nParce que."),
    "actors": (
        {},
        {"name-0": "Hub Est", "place-1": "Nancy", "name-1": "Nota"},
        "Hub Est\nNota, Nancy",
    ),
}
WRONG = {
    "long_text": {"value": "a" * 20_001},
    "short_text": {"value": "a" * 301},
    "choice": {"value": "Une option d'une autre question"},
    "choices": {"value": ["Vert", "Mauve"]},
    "scale": {"value": str(2**63)},
    "ranking": {"rank-0": "1", "rank-1": "1"},
    "number": {"value": "9" * 40},
    "yes_no": {"value": "maybe"},
    "actors": {"place-0": "Nancy"},
}
HERE = "/consultations/genres/questions/1-1"


@pytest.fixture
def question(make, request):
    kind = request.param
    options, _typed, _text = CASES[kind]
    theme = make.theme(make.consultation(slug="genres"), number=1)
    return make.question(theme, number=1, kind=kind, options=options, help="Une aide.")


def test_every_kind_is_here():
    assert set(CASES) == set(WRONG) == set(QUESTION_KINDS)


@pytest.mark.parametrize("question", CASES, indirect=True)
def test_a_kind_is_answered_corrected_and_printed(browser, session, question):
    _options, typed, text = CASES[question.kind]
    browser.submit(browser.get(HERE), f"{HERE}/send", **typed)
    answer = session.scalars(select(Answer)).one()
    assert answer.body == text
    assert "Une aide." in browser.get(HERE).words()
    edit = f"/statements/{answer.id}/edit"
    same = browser.submit(browser.get(edit), edit)
    assert same.status == 200
    session.expire_all()
    assert answer.version == 1
    assert browser.get("/consultations/genres/paper").status == 200


@pytest.mark.parametrize("question", CASES, indirect=True)
def test_a_kind_is_checked_from_its_draft(browser, session, question):
    _options, typed, text = CASES[question.kind]
    page = browser.get(HERE)
    check = browser.submit(page, f"{HERE}/send", button=f"{HERE}/check", **typed)
    assert text.split("\n")[0] in check.words()
    browser.submit(check, f"{HERE}/send")
    assert session.scalars(select(Answer)).one().body == text


@pytest.mark.parametrize("question", CASES, indirect=True)
def test_a_kind_refuses_with_a_sentence(browser, session, question):
    page = browser.get(HERE)
    for typed in (WRONG[question.kind], {"value": ["a", "b"], "rank-0": ["1", "2"]}, {}):
        refused = browser.submit(page, f"{HERE}/send", **typed)
        assert refused.status == 422, typed
    assert session.scalars(select(Answer)).all() == []


def test_an_unknown_kind_is_refused(browser, make, session):
    theme = make.theme(make.consultation(slug="genres"), number=1)
    make.question(theme, number=1, kind="telepathy")
    assert browser.get(HERE).status == 422


@pytest.mark.parametrize("question", ["actors"], indirect=True)
def test_more_actors_are_offered(browser, question):
    page = browser.get(HERE)
    names = {f"name-{row}": f"Acteur {row}" for row in range(3)}
    browser.submit(page, f"{HERE}/send", button=f"{HERE}/draft", more="1", **names)
    assert "name-4" in browser.get(HERE).text
