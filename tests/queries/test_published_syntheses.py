"""Which version of a synthesis is in force, and who may know of it."""

from consult.queries import published_syntheses as queries
from consult.queries.consultations import Reader
from tests.syntheses import publish, usual


def test_the_last_version_is_in_force_and_the_others_are_asked_for(make, session, now):
    consultation = make.consultation()
    first = publish(make, usual(number=1), consultation)
    last = publish(make, usual(number=2), consultation)
    publish(make, usual(slug="autre", number=7))

    def found(number=None, slug="carnet"):
        query = queries.version(slug, reader=Reader(), now=now, number=number)
        row = session.scalars(query).one_or_none()
        return row and row.id

    assert found() == last.id and found(1) == first.id
    assert found(3) is None and found(slug="rien") is None
    assert session.scalars(queries.any_version("carnet")).one().id == last.id
    assert session.scalars(queries.of_consultation(consultation.id)).one().id == last.id
    assert set(session.scalars(queries.keys())) >= {first.id, last.id}


def test_a_synthesis_is_known_to_those_who_know_its_consultation(make, session, now):
    version = publish(make, consultation=make.consultation(access="listed"))
    query = queries.version("carnet", reader=Reader(), now=now)
    assert session.scalars(query).one_or_none() is None
    everything = queries.version("carnet", reader=Reader(sees_all=True), now=now)
    assert session.scalars(everything).one().id == version.id
    assert session.scalars(queries.any_version("carnet")).one().id == version.id
