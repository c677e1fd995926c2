"""Themes: the organiser's numbers, their order, what cannot be taken away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Proposal, Question, Theme
from consult.services import consultations, themes

ACT = {"actor": "account:x"}


def add(session, consultation, now, label, **words):
    words = {"label": label, "title": f"Thème {label}"} | words
    made = themes.add(session, consultation, values=words, now=now, **ACT)
    session.commit()
    return made


def order(session, consultation):
    query = select(Theme.label).where(Theme.consultation_id == consultation.id)
    return list(session.scalars(query.order_by(Theme.position)))


@pytest.fixture
def draft(make):
    make.theme()
    return make.consultation(published_at=None)


def test_themes_keep_the_numbers_they_are_given(session, draft, now):
    made = [add(session, draft, now, label) for label in ("I", "III", "4", "B.")]
    assert [(one.number, one.label) for one in made] == [(1, "I"), (3, "III"), (4, "4"), (2, "B.")]
    assert order(session, draft) == ["I", "III", "4", "B."]
    assert themes.next_label(session, draft) == "V"


def test_a_number_is_taken_once(session, draft, now):
    add(session, draft, now, "III")
    with pytest.raises(RuleBroken) as refused:
        add(session, draft, now, "3")
    assert (refused.value.code, refused.value.status) == ("theme-number-taken", 422)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"label": ""}, "theme-number-missing"),
        ({"label": "premier"}, "numeral-unreadable"),
        ({"label": "99999999999"}, "numeral-unreadable"),
        ({"title": ""}, "title-missing"),
        ({"introduction": "x" * 20_001}, "text-too-long"),
    ],
)
def test_what_cannot_be_is_refused(session, draft, now, words, code):
    with pytest.raises(RuleBroken, match=code):
        themes.add(session, draft, values={"label": "I", "title": "T"} | words, now=now, **ACT)


def test_a_theme_moves_up_and_down_and_stops_at_the_ends(session, draft, now):
    first, _second, third = (add(session, draft, now, label) for label in ("I", "II", "III"))
    themes.move(session, third, up=True, now=now, **ACT)
    assert order(session, draft) == ["I", "III", "II"]
    themes.move(session, first, up=True, now=now, **ACT)
    themes.move(session, first, up=False, now=now, **ACT)
    assert order(session, draft) == ["III", "I", "II"]
    assert third.number == 3


def revise(session, theme, now, **words):
    stored = themes.values_of(theme)
    themes.revise(
        session, theme, values=stored | words, version=consultations.stamp(stored), now=now, **ACT
    )
    session.commit()


def test_the_number_stays_once_people_can_answer(session, make, draft, now):
    theme = add(session, draft, now, "II")
    revise(session, theme, now, label="IV")
    assert theme.number == 4
    opened = make.theme(make.consultation(), number=2, label="II")
    revise(session, opened, now, label="2", title="Autre titre")
    with pytest.raises(RuleBroken) as refused:
        revise(session, opened, now, label="III")
    assert (refused.value.code, refused.value.status) == ("number-fixed", 409)


def test_a_stale_change_is_refused(session, draft, now):
    theme = add(session, draft, now, "I")
    version = consultations.stamp(themes.values_of(theme))
    revise(session, theme, now, title="Nouveau")
    with pytest.raises(RuleBroken, match="stale"):
        themes.revise(
            session,
            theme,
            values={"label": "I", "title": "Ancien"},
            version=version,
            now=now,
            **ACT,
        )


def test_a_theme_goes_with_its_questions_unless_someone_wrote(session, make, draft, now):
    theme = add(session, draft, now, "I")
    question = make.question(theme)
    kept = add(session, draft, now, "II")
    make.answer(make.question(kept), state="pending")
    themes.remove(session, theme, now=now, **ACT)
    session.commit()
    assert session.scalar(select(Question.id).where(Question.id == question.id)) is None
    with pytest.raises(RuleBroken) as refused:
        themes.remove(session, kept, now=now, **ACT)
    assert (refused.value.code, refused.value.status) == ("theme-answered", 409)
    session.rollback()
    idea = add(session, draft, now, "III")
    make.proposal(idea)
    with pytest.raises(RuleBroken, match="theme-answered"):
        themes.remove(session, idea, now=now, **ACT)


def test_a_theme_waits_for_whoever_is_writing_there(session, make, now):
    theme = make.theme()

    def remove():
        with Session(session.get_bind()) as own:
            themes.remove(own, own.get_one(Theme, theme.id), now=now, **ACT)

    with ThreadPoolExecutor(1) as pool:
        session.add(
            Proposal(
                consultation_id=theme.consultation_id,
                theme_id=theme.id,
                state="pending",
                created_at=now,
                updated_at=now,
            )
        )
        session.flush()
        removal = pool.submit(remove)
        with pytest.raises(TimeoutError):
            removal.result(0.2)
        session.commit()
        with pytest.raises(RuleBroken, match="theme-answered"):
            removal.result()


def test_a_consultation_holds_so_many_themes(session, draft, now, monkeypatch):
    monkeypatch.setattr(themes, "MOST", 2)
    add(session, draft, now, "I")
    add(session, draft, now, "II")
    with pytest.raises(RuleBroken) as refused:
        add(session, draft, now, "III")
    assert (refused.value.code, refused.value.facts) == ("themes-too-many", {"max": 2})
