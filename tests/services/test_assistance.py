import pytest

from consult.domain.errors import RuleBroken
from consult.models import Consultation, Contribution
from consult.services import assistance
from consult.services.answers import Asked, Writing
from consult.services.participation import Actor


@pytest.fixture
def helper(make):
    account = make.account("mediator")
    return assistance.Helper(account.id, Actor(make.participant(account_id=account.id).id))


@pytest.mark.parametrize(
    ("channel", "consent", "code"),
    [("web", "oral", "channel-unknown"), (None, "oral", "channel-unknown"),
     ("paper", "", "consent-missing"), ("paper", "hearsay", "consent-missing")],
)  # fmt: skip
def test_channel_and_consent_are_said(helper, channel, consent, code):
    with pytest.raises(RuleBroken, match=code):
        assistance.way(helper, channel=channel, consent=consent, place="")


def test_the_helper_is_not_the_author(session, make, helper, now):
    question = make.question(make.theme(make.consultation(access="email")))
    asked = Asked(session.get(Consultation, question.consultation_id), question)
    way = assistance.way(helper, channel="desk", consent="oral", place="  Nancy ")
    answers = [
        assistance.write(session, asked, helper, Writing("x", way=way), key=key, now=now)
        for key in ("a", "b", "b")
    ]
    session.commit()
    assert len({answer.id for answer in answers}) == 2
    assert len({answer.participant_id for answer in answers}) == 2
    assert all(answer.participant_id != helper.actor.participant_id for answer in answers)
    held = session.get(Contribution, answers[0].contribution_id)
    assert (held.channel, held.place, held.consent) == ("desk", "Nancy", "oral")
    assert answers[0].state == "published"


def test_a_closed_or_listed_consultation_takes_nothing(session, make, helper, now):
    way = assistance.way(helper, channel="desk", consent="oral", place="")
    for facts, code in (
        ({"closes_at": now}, "consultation-closed"),
        ({"access": "listed"}, "not-on-the-list"),
    ):
        question = make.question(make.theme(make.consultation(**facts)))
        asked = Asked(session.get(Consultation, question.consultation_id), question)
        with pytest.raises(RuleBroken, match=code):
            assistance.write(session, asked, helper, Writing("x", way=way), key="a", now=now)
