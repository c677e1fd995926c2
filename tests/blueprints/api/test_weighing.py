"""Opinions through the interface: one a person, changed and taken back, counted at once."""

import pytest
from sqlalchemy import func, select

from consult.models import Participant, Stance

KINDS = ("answers", "proposals", "amendments", "arguments")


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation()))


def weigh(program, statement, value, kind="proposals"):
    return program.put(f"/{kind}/{statement.id}/stance", {"value": value})


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("kind", KINDS)
def test_an_opinion_is_given_changed_and_taken_back(program, make, session, conforms, kind):
    theme = make.theme(make.consultation())
    proposal = make.proposal(theme)
    statement = {
        "answers": lambda: make.answer(make.question(theme)),
        "proposals": lambda: proposal,
        "amendments": lambda: make.amendment(proposal),
        "arguments": lambda: make.argument(proposal),
    }[kind]()
    for value, counts in (
        ("agree", (1, 0, 0)),
        ("agree", (1, 0, 0)),
        ("mixed", (0, 1, 0)),
        ("disagree", (0, 0, 1)),
        (None, (0, 0, 0)),
        (None, (0, 0, 0)),
    ):
        found = weigh(program, statement, value, kind)
        assert found.status_code == 200
        given = conforms(found, "StanceGiven")
        assert given["value"] == value
        assert tuple(given["counts"][name] for name in ("agree", "mixed", "disagree")) == counts
    for other in set(KINDS) - {kind}:
        assert weigh(program, statement, "agree", other).status_code == 404
    assert count(session, Stance) == 0


def test_each_caller_counts_once(program, known, make, proposal):
    weigh(program, proposal, "agree")
    account = make.account()
    weigh(known(account), proposal, "agree")
    found = weigh(known(account), proposal, "disagree")
    assert found.json["counts"] == {"agree": 1, "mixed": 0, "disagree": 1}


def test_an_opinion_shows_no_count_before_the_close(program, make):
    hidden = make.proposal(
        make.theme(make.consultation(results="after_close")), declared_agree=712345
    )
    found = weigh(program, hidden, "agree")
    assert found.json == {"value": "agree", "counts": None}
    assert "712345" not in found.get_data(as_text=True)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"value": ""},
        {"value": "Agree"},
        {"value": 1},
        {"value": True},
        {"value": ["agree"]},
        {"value": "\ud800"},
        {"value": "agree", "participant_id": "x"},
        [],
    ],
)
def test_an_opinion_that_is_none_changes_nothing(program, session, proposal, body):
    found = program.put(f"/proposals/{proposal.id}/stance", body)
    assert found.status_code == 422
    assert count(session, Stance) == count(session, Participant) == 0


def test_an_opinion_on_what_one_may_not_see_is_on_nothing(program, make, session):
    draft = make.proposal(make.theme(make.consultation(published_at=None)))
    hidden = make.proposal(make.theme(make.consultation()), state="hidden")
    ids = [draft.id, hidden.id, "0" * 18, "%00", "a" * 300]
    found = [program.put(f"/proposals/{id}/stance", {"value": "agree"}) for id in ids]
    assert {answer.status_code for answer in found} == {404}
    assert len({answer.data for answer in found}) == 1
    assert count(session, Stance) == 0


def test_an_opinion_costs_little(program, known, make, proposal, statements):
    weigh(program, proposal, "agree")
    with statements() as seen:
        weigh(program, proposal, "mixed")
    assert len(seen) <= 4, seen
