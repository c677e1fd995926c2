"""Help offered to a project: once each, a few a person, forgotten when it is taken back."""

import pytest

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry
from consult.queries import projects as queries
from consult.services import help_offers
from tests import open_calls

SAID = {"kind": "room", "body": "Une salle", "name": "Zoé", "contact": "06 00"}


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def test_offered_once_and_taken_back(session, make, now):
    project = open_calls.project(make, open_calls.call(make))
    zoe, other = make.participant(), make.participant()

    def offer(who=zoe, about=project, **facts):
        return help_offers.offer(session, about, who.id, SAID | facts, now=now)

    first = offer()
    assert offer().id == first.id
    offer(other)
    offer(body="Deux")
    offer(body="Trois")
    refused("help-enough", 409, lambda: offer(body="Quatre"))
    for code, wrong in {
        "help-kind-unknown": {"kind": "money"},
        "help-name-missing": {"name": " "},
        "help-contact-missing": {"contact": ""},
    }.items():
        refused(code, 422, lambda wrong=wrong: offer(**wrong))
    help_offers.withdraw(session, first, now=now)
    session.commit()
    session.refresh(first)
    assert (first.name, first.contact, first.body) == ("", "", "") and first.withdrawn_at == now
    mine = session.scalars(queries.offers(project.id, zoe.id)).all()
    assert {one.body for one in mine} == {"Deux", "Trois"}
    assert len(session.scalars(queries.offers(project.id)).all()) == 3
    assert session.query(JournalEntry).filter_by(act="help.withdrawn").count() == 1
    hidden = open_calls.project(make, open_calls.call(make), moderation="hidden")
    refused("project-not-sent", 409, lambda: offer(about=hidden))
