import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Revision
from consult.services import corrections
from consult.services.corrections import Text


def test_two_versions_later_nothing_is_overwritten(session, make, now):
    answer = make.answer(make.question(), body="Un.", value=None)
    for version, body in ((1, "Deux."), (2, "Trois.")):
        corrections.correct(
            session, answer, Text(body), version=version, actor="participant:x", now=now
        )
    session.commit()
    kept = session.scalars(select(Revision).order_by(Revision.version)).all()
    assert [one.body for one in kept] == ["Un.", "Deux."]
    assert (answer.body, answer.version, answer.search) == ("Trois.", 3, "trois")
    with pytest.raises(RuleBroken, match="stale"):
        corrections.correct(
            session, answer, Text("Vieux."), version=2, actor="participant:x", now=now
        )


def test_the_same_text_is_no_version(session, make, now):
    answer = make.answer(make.question(), body="Un.", value=None)
    corrections.correct(session, answer, Text("Un."), version=1, actor="participant:x", now=now)
    assert answer.version == 1


@pytest.mark.parametrize(
    ("state", "moderation", "after"),
    [
        ("published", "after", "published"),
        ("published", "before", "pending"),
        ("to_correct", "after", "pending"),
        ("hidden", "after", "pending"),
        ("awaiting", "before", "awaiting"),
        ("pending", "before", "pending"),
    ],
)
def test_the_state_after_a_correction(session, make, now, state, moderation, after):
    theme = make.theme(make.consultation(moderation=moderation))
    answer = make.answer(make.question(theme), state=state)
    corrections.correct(session, answer, Text("Neuf."), version=1, actor="participant:x", now=now)
    assert answer.state == after


@pytest.mark.parametrize("state", ["hidden", "withdrawn"])
def test_what_is_gone_stays_as_it_is(session, make, now, state):
    answer = make.answer(make.question(), state=state)
    if state == "withdrawn":
        with pytest.raises(RuleBroken, match="statement-withdrawn"):
            corrections.correct(
                session, answer, Text("x"), version=1, actor="participant:x", now=now
            )
    with pytest.raises(RuleBroken, match=f"statement-{state}"):
        corrections.withdraw(session, answer, reason="", actor="participant:x", now=now)


def test_a_withdrawal_is_counted_out_once(session, make, now):
    question = make.question()
    answer = make.answer(question)
    corrections.withdraw(session, answer, reason=" Une\nerreur ", actor="participant:x", now=now)
    session.commit()
    session.refresh(question)
    assert (question.answers, answer.state_reason) == (0, "Une erreur")
