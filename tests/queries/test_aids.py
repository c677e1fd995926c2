"""The last aid of each kind."""

from datetime import timedelta

from consult.models import Aid
from consult.queries import aids as queries


def test_the_last_of_each_kind_is_found(make, session, now):
    consultation, other = make.consultation(), make.consultation()

    def asked(kind, ago, state="done", where=consultation):
        at = now - timedelta(hours=ago)
        return make.save(Aid(consultation_id=where.id, kind=kind, state=state, created_at=at)).id

    asked("groups", 3)
    last = asked("groups", 1, "failed")
    archive = asked("archive", 2)
    asked("groups", 0, where=other)
    both = session.scalars(queries.latest(consultation.id, ["groups", "archive"])).all()
    assert [one.id for one in both] == [archive, last]
    assert [one.id for one in session.scalars(queries.latest(consultation.id, ["groups"]))] == [
        last
    ]
