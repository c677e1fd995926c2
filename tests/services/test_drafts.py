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
