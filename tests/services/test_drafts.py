from datetime import timedelta

from sqlalchemy import func, select

from consult.models import Draft
from consult.services import drafts


def test_a_draft_remembers_its_first_hour(session, make, now):
    person = make.participant().id
    for minutes, text in ((0, "Je"), (3, "Je pense")):
        draft = drafts.save(
            session,
            participant_id=person,
            target="question:x",
            form={"value": [text], "detail": [" "]},
            now=now + timedelta(minutes=minutes),
        )
        session.commit()
    assert draft.form == {"value": ["Je pense"]}
    assert (draft.created_at, draft.updated_at) == (now, now + timedelta(minutes=3))
    assert drafts.find(session, make.participant().id, "question:x") is None
    assert drafts.find(session, None, "question:x") is None


def test_an_empty_form_forgets_the_draft(session, make, now):
    person = make.participant().id
    kept = {"participant_id": person, "target": "question:x", "now": now}
    drafts.save(session, form={"value": ["Je"]}, **kept)
    assert drafts.save(session, form={"value": ["  "]}, **kept) is None
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_what_no_database_holds_is_left_out(session, make, now):
    draft = drafts.save(
        session,
        participant_id=make.participant().id,
        target="question:x",
        form={"value": ["a\x00b\ud800c\td\n"]},
        now=now,
    )
    session.commit()
    assert draft.form == {"value": ["abc\td\n"]}


def test_the_beginnings_of_what_is_not_sent(session, make, now):
    person, other = make.participant().id, make.participant().id
    for minutes, target, form in (
        (0, "question:x", {"value": ["Je " * 100], "detail": ["mais"]}),
        (1, "question:y", {"value": ["Oui"]}),
    ):
        hour = now + timedelta(minutes=minutes)
        drafts.save(session, participant_id=person, target=target, form=form, now=hour)
    assert drafts.beginnings(session, person) == ["Oui", ("Je " * 100)[:200]]
    assert drafts.beginnings(session, other) == drafts.beginnings(session, None) == []


def test_a_draft_taken_up_never_replaces_another(session, make, now):
    away, here = make.participant().id, make.participant().id
    for person, target, text in (
        (away, "a", "1"),
        (away, "b", "2"),
        (away, "c", "3"),
        (here, "a", "4"),
    ):
        drafts.save(session, participant_id=person, target=target, form={"v": [text]}, now=now)
    drafts.take_up(session, source=away, participant_id=here, targets=["a", "b"])
    session.commit()

    def held(person):
        rows = session.scalars(select(Draft).where(Draft.participant_id == person))
        return {row.target: row.form["v"][0] for row in rows}

    assert held(here) == {"a": "4", "b": "2"}
    assert held(away) == {"a": "1", "c": "3"}


def test_a_text_to_go_on_with_never_takes_the_place_of_another(session, make, now):
    person = make.participant().id
    kept = {"participant_id": person, "target": "question:x", "now": now}
    assert drafts.begin(session, form={"value": ["Le compte rendu"]}, **kept)
    assert not drafts.begin(session, form={"value": ["Un autre"]}, **kept)
    assert drafts.find(session, person, "question:x").form == {"value": ["Le compte rendu"]}
