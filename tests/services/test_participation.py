"""Who may take part, and when opinions are counted in public."""

from datetime import timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.models import ListedPerson
from consult.queries.consultations import Reader
from consult.services import participation

NOBODY = Reader()
KNOWN = Reader("compte", "awa@exemple.fr")


def refused(session, consultation, reader, now):
    try:
        participation.enter(session, "comment", consultation, reader, now=now)
    except RuleBroken as broken:
        return broken.code
    return None


def test_open_to_all_means_all(session, make, now):
    assert refused(session, make.consultation(), NOBODY, now) is None


def test_a_proven_address_is_asked_for(session, make, now):
    consultation = make.consultation(access="email")
    assert refused(session, consultation, NOBODY, now) == "email-needed"
    assert refused(session, consultation, KNOWN, now) is None


def test_the_list_is_the_consultation_s_own(session, make, now):
    mine, other = make.consultation(access="listed"), make.consultation(access="listed")
    session.add(ListedPerson(consultation_id=mine.id, email="awa@exemple.fr"))
    session.commit()
    assert refused(session, mine, KNOWN, now) is None
    assert refused(session, other, KNOWN, now) == "not-on-the-list"
    assert refused(session, mine, NOBODY, now) == "not-on-the-list"


def test_the_hour_comes_before_the_person(session, make, now):
    closed = make.consultation(access="email", closes_at=now)
    assert refused(session, closed, NOBODY, now) == "consultation-closed"
    coming = make.consultation(opens_at=now + timedelta(seconds=1))
    assert refused(session, coming, NOBODY, now) == "not-open-yet"


@pytest.mark.parametrize(("results", "before"), [("live", True), ("after_close", False)])
def test_counts_wait_for_the_close_when_the_organiser_wishes(make, now, results, before):
    consultation = make.consultation(results=results, closes_at=now + timedelta(hours=1))
    assert participation.shows_counts(consultation, now) is before
    assert participation.shows_counts(consultation, now + timedelta(hours=1))


def test_an_early_close_shows_the_counts(make, now):
    consultation = make.consultation(results="after_close", closed_early_at=now)
    assert participation.shows_counts(consultation, now)
