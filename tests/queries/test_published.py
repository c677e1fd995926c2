"""What programs read: whole texts, in the order of their pages; a question by any of its names."""

import pytest

from consult.models import AnswerQuestion
from consult.queries import published
from consult.queries.consultations import Reader
from consult.queries.statements import Scope

NOBODY = Reader()


@pytest.fixture
def theme(make):
    return make.theme(number=3)


def test_a_text_is_given_whole_with_its_numbers(session, make, theme):
    question = make.question(theme, number=2)
    answer = make.answer(question, body="a" * 5_000, territory_code="D-54")
    row = session.execute(published.texts(Scope("answer", theme.consultation_id))).one()
    assert (row.id, row.text) == (answer.id, "a" * 5_000)
    assert (row.theme_number, row.question_number) == (3, 2)
    assert (row.territory_code, row.verdict) == ("D-54", None)


@pytest.mark.parametrize("kind", ["argument", "amendment", "source", "comment"])
def test_what_is_said_of_a_text_follows_it(session, make, theme, kind):
    question = make.question(theme)
    idea = make.proposal(theme, question_id=question.id)
    also = make.proposal(theme)
    session.add(AnswerQuestion(statement_id=also.id, question_id=question.id))
    session.commit()
    made = {}
    for name, parent in (
        ("idea", idea),
        ("also", also),
        ("plain", make.proposal(theme)),
        ("hidden", make.proposal(theme, state="hidden")),
        ("elsewhere", make.proposal(make.theme())),
    ):
        made[getattr(make, kind)(parent).id] = name

    def found(**narrowed):
        scope = Scope(kind, theme.consultation_id, **narrowed)
        return {made[row.id] for row in session.execute(published.texts(scope))}

    assert found() == {"idea", "also", "plain"}
    assert found(question_id=question.id) == {"idea", "also"}
    assert found(question_id="nothing") == set()
    assert found(territories=published.inside("R-44")) == set()


def test_a_page_reads_one_row_more(session, make, theme):
    proposal = make.proposal(theme)
    ids = [make.argument(proposal).id for _ in range(5)][::-1]
    query = published.texts(Scope("argument", theme.consultation_id), limit=2)
    assert [row.id for row in session.execute(query)] == ids[:3]


def test_a_question_is_found_by_whoever_may_know_of_it(session, make, now):
    shown = make.question()
    owner = make.account("organiser")
    draft = make.question(make.theme(make.consultation(published_at=None, owner_id=owner.id)))
    hidden = make.question(make.theme(hidden=True))

    def seen(question, reader=NOBODY):
        row = session.execute(published.question(question.id, reader, now)).first()
        return row and (row.Question.id, row.Consultation.id)

    assert seen(shown) == (shown.id, shown.consultation_id)
    assert seen(draft) is None
    assert seen(draft, Reader(account_id=owner.id)) == (draft.id, draft.consultation_id)
    assert seen(hidden) is None


@pytest.mark.parametrize("name", ["3-2", "03-2", None])
def test_a_question_has_several_names(session, make, theme, name):
    question = make.question(theme, number=2)
    query = published.question_id(theme.consultation_id, name or question.id)
    assert session.scalar(query) == question.id


@pytest.mark.parametrize("name", ["3-3", "4-2", "3-", "-2", "3-2-1", "a-2", ""])
def test_another_name_is_no_question(session, make, theme, name):
    make.question(theme, number=2)
    assert session.scalar(published.question_id(theme.consultation_id, name)) is None


def test_a_question_of_a_hidden_theme_has_no_name(session, make):
    theme = make.theme(number=3, hidden=True)
    question = make.question(theme, number=2)
    for name in ("3-2", question.id):
        assert session.scalar(published.question_id(theme.consultation_id, name)) is None


def test_territories_come_in_the_order_of_their_codes(session):
    def codes(*narrowed, **page):
        return [place.code for place in session.scalars(published.places(*narrowed, **page))]

    everything = codes(None, None)
    assert everything == sorted(everything)
    assert len(everything) == 9
    assert codes("R-44", None) == ["A-41", "D-51", "D-54"]
    assert codes("FR", "region") == ["C-988", "R-44"]
    assert codes(None, "department") == ["C-988", "D-51", "D-54"]
    assert codes(None, "collectivity") == ["C-988"]
    assert codes(None, None, limit=2) == ["A-41", "C-988", "D-51"]
    assert codes(None, None, "noumé") == ["M-98818"]
    assert codes(None, "commune", "54000") == ["M-54395"]


def test_a_list_that_is_not_narrowed_holds_every_territory():
    assert published.inside(None) is None
