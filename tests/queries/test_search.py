from datetime import timedelta

import pytest

from consult.domain import searching
from consult.models import Commitment, ListedPerson, RoomDocument
from consult.queries import paging, rooms, search
from consult.queries.consultations import Reader
from tests import open_calls

NOBODY = Reader()


@pytest.fixture
def find(session, now):
    """Return the ids that a search finds, the newest first."""

    def found(words, reader=NOBODY, **narrowed):
        query = search.statements(
            searching.terms(words),
            reader,
            now,
            dialect=session.get_bind().dialect.name,
            **narrowed,
        )
        return [row.id for row in session.execute(search.page(query, search.NEWEST, None))]

    return found


def test_every_term_must_be_held_and_the_newest_comes_first(make, find):
    question = make.question()
    old = make.answer(question, body="Une carte des lieux")
    new = make.answer(question, body="Les cartes, encore")
    assert find("carte") == [new.id, old.id]
    assert find("CARTES lieux") == [old.id]
    assert find("cart") == [new.id, old.id]
    assert find("carton") == []


def test_a_correction_is_found_and_the_old_words_are_not(session, make, find):
    answer = make.answer(make.question(), body="Une carte")
    answer.body, answer.search = "Un plan", searching.normalise("Un plan")
    session.commit()
    assert find("carte") == []
    assert find("plan") == [answer.id]
    session.delete(answer)
    session.commit()
    assert find("plan") == []


@pytest.mark.parametrize(
    "kind", ["answer", "proposal", "amendment", "argument", "source", "comment"]
)
def test_every_kind_is_found_and_narrowed_to(make, find, kind):
    theme = make.theme()
    proposal = make.proposal(theme, body="le fablab")
    made = {
        "proposal": proposal,
        "answer": make.answer(make.question(theme), body="le fablab"),
        "amendment": make.amendment(proposal, body="le fablab"),
        "argument": make.argument(proposal, body="le fablab"),
        "source": make.source(proposal, body="le fablab"),
        "comment": make.comment(proposal, body="le fablab"),
    }
    assert len(find("fablab")) == 6
    assert find("fablab", kind=kind) == [made[kind].id]


@pytest.mark.parametrize("state", ["awaiting", "pending", "to_correct", "hidden", "withdrawn"])
def test_what_hangs_under_a_hidden_text_is_hidden_too(make, find, state):
    proposal = make.proposal(make.theme(), state=state, body="le fablab")
    make.argument(proposal, body="le fablab")
    comment = make.comment(make.amendment(proposal, body="le fablab"), body="le fablab")
    assert find("fablab") == []
    assert comment.state == "published"


def test_nothing_private_is_found(session, make, find, now):
    for facts in (
        {"published_at": None},
        {"published_at": now + timedelta(days=1)},
        {"complete": False},
    ):
        make.answer(make.question(make.theme(make.consultation(**facts))), body="le fablab")
    make.answer(make.question(make.theme(hidden=True)), body="le fablab")
    listed = make.consultation(access="listed")
    session.add(ListedPerson(consultation_id=listed.id, email="ada@exemple.fr"))
    session.commit()
    kept = make.answer(make.question(make.theme(listed)), body="le fablab")
    assert find("fablab") == []
    assert find("fablab", reader=Reader("x", "ada@exemple.fr")) == [kept.id]


def test_it_is_narrowed_to_a_consultation(make, find):
    one, two = make.question(), make.question()
    kept = make.answer(one, body="le fablab")
    make.answer(two, body="le fablab")
    assert find("fablab", consultation_id=one.consultation_id) == [kept.id]


def test_pages_follow_one_another(session, make, now):
    question = make.question()
    made = [make.answer(question, body="le fablab") for _ in range(5)]
    terms, dialect = searching.terms("fablab"), session.get_bind().dialect.name
    query = search.statements(terms, Reader(), now, dialect=dialect)
    seen, cursor = [], None
    for _ in range(3):
        rows = session.execute(search.page(query, search.NEWEST, cursor, 2)).all()
        page, cursor = paging.cut(rows, lambda row: (row.created_at, row.id), 2)
        seen += [row.id for row in page]
    assert cursor is None
    assert seen == [answer.id for answer in reversed(made)]


def test_what_rooms_keep_is_paged_over_both_registers(session, make):
    room, hidden = make.room(), make.room(is_private=True)
    for place in (room, hidden):
        for number in range(3):
            facts = {"room_id": place.id, "created_at": make.now + timedelta(seconds=number)}
            words = {"search": searching.normalise("le fablab"), "body": "x"}
            today = make.now.date()
            make.save(
                RoomDocument(kind="decision", title=f"d{number}", dated_on=today, **words, **facts)
            )
            make.save(Commitment(what=f"c{number}", who="", search=words["search"], **facts))
    seen, cursor = [], None
    for _ in range(3):
        query = search.of_rooms(searching.terms("fablabs"), rooms.Reader())
        columns = search.newest(query)
        rows = session.execute(search.page(query, columns, cursor, 2)).all()
        page, cursor = paging.cut(rows, lambda row: (row.created_at, row.id), 2)
        seen += [row.title for row in page]
    assert cursor is None
    assert [title[1] for title in seen] == ["2", "2", "1", "1", "0", "0"]
    assert sorted(seen) == ["c0", "c1", "c2", "d0", "d1", "d2"]


def test_consultations_and_questions_are_found_by_whole_words(session, make, now):
    consultation = make.consultation(title="La médiation numérique")
    make.consultation(title="La médiation", access="listed")
    question = make.question(make.theme(consultation), wording="Qui aide les médiateurs ?")
    make.question(make.theme(consultation, hidden=True), wording="Qui aide les médiateurs ?")

    def about(words):
        query = search.consultations_about(searching.terms(words), Reader(), now)
        return [row.id for row in session.execute(query)]

    def asked(words, **narrowed):
        query = search.questions(searching.terms(words), Reader(), now, **narrowed)
        return [row.id for row in session.execute(query)]

    assert about("mediation") == [consultation.id]
    assert about("media") == []
    assert about("mediation fusée") == []
    assert asked("mediateur aide") == [question.id]
    assert asked("mediateur", consultation_id=make.consultation().id) == []


def test_calls_come_with_what_rooms_keep_when_they_are_asked_for(session, make):
    call = open_calls.call(make, search=searching.normalise("un fablab ici"))
    open_calls.call(make, search=call.search, published_at=None)
    terms = searching.terms("fablabs")
    found = session.execute(search.of_rooms(terms, rooms.Reader(), with_calls=True)).all()
    assert [(row.kind, row.slug, row.room) for row in found] == [
        ("call", call.slug, call.opened_by)
    ]
    assert session.execute(search.of_rooms(terms, rooms.Reader())).all() == []
