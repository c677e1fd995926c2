from datetime import timedelta

import pytest

from consult.domain import phases
from consult.models import ListedPerson
from consult.queries import consultations
from consult.queries.consultations import Filters, Reader


def slugs(session, query):
    return {row.slug for row in session.execute(query).scalars()}


@pytest.fixture
def several(make, now, session):
    """One consultation of each sort, and the account that owns them all."""
    owner = make.account("organiser")
    make.consultation(slug="publique", owner_id=owner.id)
    make.consultation(slug="brouillon", owner_id=owner.id, published_at=None)
    make.consultation(slug="demain", owner_id=owner.id, published_at=now + timedelta(days=1))
    make.consultation(slug="importee", owner_id=owner.id, complete=False)
    listed = make.consultation(slug="liste", owner_id=owner.id, access="listed")
    other = make.consultation(slug="autre-liste", access="listed")
    session.add(ListedPerson(consultation_id=listed.id, email="ada@exemple.fr"))
    session.add(ListedPerson(consultation_id=other.id, email="bob@exemple.fr"))
    session.commit()
    return owner


def test_anyone_knows_of_what_is_public_only(session, several, now):
    assert slugs(session, consultations.visible_to(Reader(), now)) == {"publique"}


def test_whoever_is_on_the_list_knows_of_it_and_of_no_other(session, several, now):
    reader = Reader(account_id="x", email="ada@exemple.fr")
    assert slugs(session, consultations.visible_to(reader, now)) == {"publique", "liste"}


def test_an_address_that_is_not_proven_opens_nothing(session, several, now):
    reader = Reader(account_id="x", email=None)
    assert slugs(session, consultations.visible_to(reader, now)) == {"publique"}


def test_the_organiser_knows_of_their_own(session, several, now):
    found = slugs(session, consultations.visible_to(Reader(account_id=several.id), now))
    assert found == {"publique", "brouillon", "demain", "importee", "liste"}


def test_the_administrator_knows_of_all(session, several, now):
    found = slugs(session, consultations.visible_to(Reader(account_id="x", sees_all=True), now))
    assert len(found) == 6


def test_an_address_gives_one_or_none(session, several, now):
    assert slugs(session, consultations.by_slug("publique", Reader(), now)) == {"publique"}
    assert slugs(session, consultations.by_slug("liste", Reader(), now)) == set()


DATES = [None, -20, -10, 10]


@pytest.mark.parametrize("opens", DATES)
@pytest.mark.parametrize("closes", DATES)
@pytest.mark.parametrize("later", [(None, None), (-5, None), (-5, -1), (None, -1), (5, 6)])
def test_the_phase_in_the_database_is_the_phase_of_the_rules(
    session, make, now, opens, closes, later
):
    def day(number):
        return None if number is None else now + timedelta(days=number)

    consultation = make.consultation(
        opens_at=day(opens),
        closes_at=day(closes),
        closed_early_at=day(-3) if closes == 10 and later == (None, -1) else None,
        synthesis_at=day(later[0]),
        outcome_at=day(later[1]),
    )
    expected = phases.of(consultation, now)
    for phase in phases.PHASES:
        found = session.execute(
            consultations.cards(consultations.matching(Reader(), now, Filters(phase=phase)), now)
        ).all()
        assert bool(found) == (phase == expected), phase


def test_the_list_narrows_to_a_territory_and_what_lies_in_it(session, make, now):
    make.consultation(slug="region", territory_code="R-44")
    make.consultation(slug="departement", territory_code="D-54")
    make.consultation(slug="ailleurs", territory_code="C-988")
    query = consultations.cards(
        consultations.matching(Reader(), now, Filters(territory="R-44")), now
    )
    assert {row.slug for row in session.execute(query)} == {"region", "departement"}


def test_the_choices_count_and_name_only_what_is_seen(session, make, now):
    from consult.models import Tag

    for slug, access, code, tag in (
        ("une", "open", "D-54", "médiation"),
        ("deux", "listed", "C-988", "secret"),
    ):
        made = make.consultation(slug=slug, access=access, territory_code=code)
        session.add(Tag(consultation_id=made.id, label=tag))
    session.commit()
    rows = session.execute(consultations.choices(Reader(), now, Filters())).all()
    assert {(row.what, row.label) for row in rows if row.what != "found"} == {
        ("territory", "Meurthe-et-Moselle"),
        ("tag", "médiation"),
    }
    assert [row.number for row in rows if row.what == "found"] == [1]
