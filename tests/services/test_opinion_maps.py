"""The opinion groups of a consultation: found once, kept while no opinion changes."""

from datetime import timedelta

from consult.models import OpinionMap, Stance
from consult.queries.opinion_maps import EVERY
from consult.services import opinion_maps
from tests.crowds import two_camps


def test_two_camps_are_two_groups_and_what_they_share_is_told(session, make, now):
    consultation, proposals = two_camps(make, people=40)
    assert opinion_maps.refresh(session, now=now)
    summary, found_at = opinion_maps.kept(session, consultation.id)
    assert (summary.people, sorted(summary.sizes), found_at) == (80, [40, 40], now)
    assert [row.statement for row in summary.shared] == [proposals[0].id]
    assert {row.statement for row in summary.divides} <= {one.id for one in proposals[1:]}
    assert all(people >= 5 for _x, _y, _group, people in summary.points)


def test_nothing_is_found_again_before_its_time_nor_without_a_new_opinion(session, make, now):
    consultation, proposals = two_camps(make, people=30)
    assert opinion_maps.refresh(session, now=now)
    assert not opinion_maps.refresh(session, now=now + EVERY / 2)
    session.get(OpinionMap, consultation.id).content = "{}"
    later = now + EVERY
    assert opinion_maps.refresh(session, now=later)
    assert session.get(OpinionMap, consultation.id).content == "{}"
    make.save(
        Stance(
            statement_id=proposals[0].id,
            participant_id=make.participant().id,
            value=1,
            created_at=now,
            updated_at=now,
        )
    )
    assert opinion_maps.refresh(session, now=later + EVERY)
    summary, _at = opinion_maps.kept(session, consultation.id)
    assert summary.people == 60


def test_few_people_or_too_many_cells_say_nothing_of_groups(session, make, now, monkeypatch):
    consultation, _proposals = two_camps(make, people=20)
    assert opinion_maps.kept(session, consultation.id) is None
    opinion_maps.refresh(session, now=now)
    summary, _at = opinion_maps.kept(session, consultation.id)
    assert (summary.people, summary.sizes, summary.points) == (40, [], [])
    monkeypatch.setattr("consult.domain.opinion_groups.matrix.MOST_CELLS", 10)
    session.get(OpinionMap, consultation.id).opinions = 0
    opinion_maps.refresh(session, now=now + EVERY + timedelta(seconds=1))
    assert opinion_maps.kept(session, consultation.id) is None
