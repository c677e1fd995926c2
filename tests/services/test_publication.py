"""The dates, the publication and the early close."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Consultation
from consult.services import consultations, publication
from tests import synthesising
from tests.meanwhile import just_before


def schedule(session, consultation, now, **dates):
    stored = publication.schedule_of(consultation)
    publication.schedule(
        session,
        consultation,
        dates=publication.Schedule(**(stored | dates)),
        version=consultations.stamp(stored),
        actor="account:x",
        now=now,
    )
    session.commit()


@pytest.fixture
def draft(make):
    consultation = make.consultation(published_at=None)
    make.question(make.theme(consultation))
    return consultation


def test_the_dates_of_a_draft_are_free(session, draft, now):
    schedule(
        session,
        draft,
        now,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=5),
        synthesis_at=now + timedelta(days=6),
        outcome_at=now + timedelta(days=9),
        territory_code="C-988",
        time_zone="Pacific/Noumea",
    )
    assert draft.closes_at == now + timedelta(days=5)
    assert draft.time_zone == "Pacific/Noumea"


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"opens": 5, "closes": 4}, "dates-order"),
        ({"opens": 5, "closes": 5}, "dates-order"),
        ({"opens": 1, "closes": 4, "synthesis": 3}, "dates-order"),
        ({"opens": 1, "closes": 4, "synthesis": 6, "outcome": 5}, "dates-order"),
        ({"opens": 1, "closes": None, "outcome": 5}, "dates-order"),
    ],
)
def test_dates_follow_each_other(session, draft, now, dates, code):
    given = {
        f"{name}_at": None if days is None else now + timedelta(days=days)
        for name, days in dates.items()
    }
    with pytest.raises(RuleBroken, match=code):
        schedule(session, draft, now, **given)


def test_outcomes_need_a_summary_or_the_day_of_one(session, make, now):
    world = synthesising.closed(make)
    later = {"outcome_at": now + timedelta(days=9)}
    with pytest.raises(RuleBroken, match="synthesis-promise-missing"):
        schedule(session, world.consultation, now, **later)
    session.rollback()
    promised = later | {"synthesis_at": now + timedelta(days=5)}
    schedule(session, world.consultation, now, **promised)
    whole = synthesising.begun(session, world)
    synthesising.publish(session, whole, world.owner, now)
    schedule(session, world.consultation, now, **later, synthesis_at=None)


def test_an_unknown_zone_or_territory_is_refused(session, draft, now):
    with pytest.raises(RuleBroken, match="zone-unknown"):
        schedule(session, draft, now, time_zone="Mars/Olympus")
    session.rollback()
    with pytest.raises(RuleBroken, match="territory-unknown"):
        schedule(session, draft, now, territory_code="X-1")


def test_what_has_happened_does_not_move(session, make, now):
    opened = make.consultation()
    with pytest.raises(RuleBroken) as refused:
        schedule(session, opened, now, opens_at=now + timedelta(days=1))
    assert (refused.value.code, refused.value.status) == ("opening-past", 409)
    session.rollback()
    with pytest.raises(RuleBroken, match="closing-past"):
        schedule(session, opened, now, closes_at=now)
    session.rollback()
    schedule(session, opened, now, closes_at=now + timedelta(days=30))
    closed = make.consultation(closes_at=now - timedelta(days=1))
    with pytest.raises(RuleBroken) as refused:
        schedule(session, closed, now, closes_at=now + timedelta(days=1))
    assert (refused.value.code, refused.value.status) == ("consultation-closed", 409)
    session.rollback()
    schedule(session, closed, now, synthesis_at=now, outcome_at=now + timedelta(days=1))


def test_a_ready_draft_is_published_once(session, draft, now):
    publication.publish(session, draft, actor="account:x", now=now)
    session.commit()
    assert draft.published_at == now
    with pytest.raises(RuleBroken) as refused:
        publication.publish(session, draft, actor="account:x", now=now)
    assert (refused.value.code, refused.value.status) == ("already-published", 409)


@pytest.mark.parametrize(
    "gap",
    [
        {"purpose": ""},
        {"opens_at": None},
        {"access": "listed"},
        {"complete": False},
    ],
)
def test_a_draft_with_a_gap_stays_a_draft(session, make, now, gap):
    draft = make.consultation(published_at=None, **gap)
    make.question(make.theme(draft))
    with pytest.raises(RuleBroken) as refused:
        publication.publish(session, draft, actor="account:x", now=now)
    assert (refused.value.code, refused.value.status) == ("not-ready", 409)
    session.rollback()
    session.refresh(draft)
    assert draft.published_at is None


def test_a_hidden_theme_does_not_make_a_consultation_ready(session, make, now):
    draft = make.consultation(published_at=None)
    make.question(make.theme(draft, hidden=True))
    assert not all(point.met for point in publication.points(session, draft, now))
    empty = make.consultation(published_at=None, allows_ideas=True)
    make.theme(empty)
    required = [p for p in publication.points(session, empty, now) if p.required]
    assert all(point.met for point in required)


def test_closing_early_needs_a_reason_and_is_final(session, make, now):
    opened = make.consultation()
    with pytest.raises(RuleBroken, match="close-reason-missing"):
        publication.close_early(session, opened, reason=" ", actor="account:x", now=now)
    publication.close_early(session, opened, reason="Le projet change.", actor="a", now=now)
    session.commit()
    assert opened.closed_early_at == now
    assert opened.closed_early_reason == "Le projet change."
    with pytest.raises(RuleBroken) as refused:
        publication.close_early(session, opened, reason="Encore", actor="a", now=now)
    assert (refused.value.code, refused.value.status) == ("consultation-closed", 409)


@pytest.mark.parametrize("facts", [{"published_at": None}, {"opens_in": 3}])
def test_what_is_not_open_is_not_closed(session, make, now, facts):
    days = facts.pop("opens_in", None)
    if days:
        facts["opens_at"] = now + timedelta(days=days)
    with pytest.raises(RuleBroken) as refused:
        publication.close_early(
            session, make.consultation(**facts), reason="Non", actor="a", now=now
        )
    assert refused.value.status == 409


def test_of_parallel_closes_one_wins(session, make, now):
    opened = make.consultation()

    def one(number):
        with Session(session.get_bind()) as own:
            try:
                publication.close_early(
                    own,
                    own.get_one(Consultation, opened.id),
                    reason=f"Raison {number}",
                    actor="a",
                    now=now,
                )
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "closed"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["closed", *["consultation-closed"] * 3]


def test_a_consultation_closed_by_someone_else_meanwhile_is_not_closed_twice(session, make, now):
    opened = make.consultation()

    def close(own):
        found = own.get_one(Consultation, opened.id)
        publication.close_early(own, found, reason="La loi change", actor="a", now=now)
        own.commit()

    def close_first(_connection):
        with Session(session.get_bind()) as other:
            close(other)

    engine = session.get_bind()
    closing = just_before(engine, "UPDATE consultation", close_first)
    refusing = pytest.raises(RuleBroken, match="consultation-closed")
    with closing, Session(engine) as own, refusing:
        close(own)
