"""The calls of the demonstration: the amounts that the design gives, to the cent."""

import pytest
from sqlalchemy import func, select

from consult import demo
from consult.models import (
    Award,
    OpenCall,
    Payment,
    Project,
    ProjectReport,
    SplitDecision,
    SplitProposal,
)
from consult.queries import pots
from consult.services import splits
from consult.services.demo import calls
from consult.services.demo.people import People

A = {
    "Repair café itinérant": 3200,
    "Ateliers téléphone pour les aînés": 2000,
    "Malle Makey-Makey partagée": 4800,
    "Carte vivante des lieux d'aide": 2800,
    "Habitants relais": 4000,
    "Permanence en mairie": 1200,
    "Hackathon pédagogique": 3600,
    "Nos écrits en version simple": 1600,
    "Bus numérique des vallées": 6400,
    "Café numérique": 2400,
    "Fablab mobile au collège": 5200,
    "Podcast": 2800,
}
B = {
    "Martinique": 4000,
    "Polynésie": 3500,
    "Guadeloupe": 2000,
    "Nouvelle-Calédonie": 5125,
    "La Réunion": 5125,
    "Guyane": 5125,
    "Mayotte": 5125,
}


@pytest.fixture
def written(session, now):
    people = People(session, now)
    people.open_accounts([one for one in demo.read("people")["account"] if one["key"] == "agente"])
    calls.write(session, people)
    session.commit()
    return {call.slug: call for call in session.scalars(select(OpenCall).order_by(OpenCall.id))}


def received(session, call):
    query = (
        select(Project.title, func.sum(Award.cents))
        .join(Award, Award.project_id == Project.id)
        .where(Project.call_id == call.id)
        .group_by(Project.title)
    )
    return {title: int(cents) for title, cents in session.execute(query)}


def test_the_calls_give_exactly_the_amounts_of_the_design(session, written, now):
    first = written["envies-de-mediation"]
    assert received(session, first) == {title: 100 * euros for title, euros in A.items()}
    draft = splits.compute(session, first, now=now)
    assert [row.title for row in draft.left_out["to_complete"]] == [
        "Tablettes pour la salle d'attente"
    ]
    second = written["ultra-numerique"]
    draft = splits.compute(session, second, now=now)
    assert session.scalars(select(SplitProposal)).one().digest == draft.digest
    assert received(session, second) == {}
    places = dict(session.execute(select(Project.id, Project.place)).all())
    pairs = zip(draft.shared.claims, draft.shared.series.awards, strict=True)
    assert {places[claim.project]: award for claim, award in pairs} == {
        place: 100 * euros for place, euros in B.items()
    }
    papi = session.scalars(
        select(SplitDecision).where(SplitDecision.call_id == written["papi-brest"].id)
    ).one()
    assert (papi.asked_cents, papi.awarded_cents, papi.left_cents) == (830_000, 830_000, 170_000)
    odd = received(session, written["mille-euros-pour-trois"])
    assert sorted(odd.values()) == [33_333, 33_333, 33_334]
    pot = session.execute(pots.standing()).one()
    assert (pot.received_cents, pot.taken_cents) == (1_000_000, 830_000)
    paid = select(func.sum(Payment.amount_cents)).where(Payment.state == "paid")
    assert session.scalar(paid) == 1_400_000
    assert session.scalar(select(func.count()).select_from(ProjectReport)) == 3
    coming = written["coup-de-pouce-aines"]
    assert coming.published_at is None and coming.seed is None and len(written) == 5
