"""The follow-up of a last edition, for those who may know of both."""

from consult.models import FollowUp
from consult.queries import follow_ups
from consult.queries.consultations import Reader
from tests import syntheses


def test_a_last_edition_and_what_is_said_of_it(session, make, now):
    last = make.consultation(title="L'an dernier")
    version = syntheses.publish(make, syntheses.usual(number=1), last)
    syntheses.publish(make, syntheses.usual(number=2), last)
    edition = make.consultation(follows_id=last.id, title="Cette année")
    row = session.execute(follow_ups.last_edition(edition.id, None, None)).one()
    assert (row.id, row.consultation, '"number":2' in row.content) == (
        version.synthesis_id, "L'an dernier", True,
    )  # fmt: skip
    assert session.execute(follow_ups.last_edition(last.id, None, None)).all() == []
    place = {"consultation_id": edition.id, "synthesis_id": version.synthesis_id}
    times = {"created_at": now, "updated_at": now}
    for part in ("q2", "q1"):
        make.save(FollowUp(part_id=part, state="done", **place, **times))
    found = session.scalars(follow_ups.said(edition.id, version.synthesis_id))
    assert [one.part_id for one in found] == ["q1", "q2"]

    def seen():
        query = follow_ups.of_synthesis(version.synthesis_id, Reader(), now)
        return [(one.FollowUp.part_id, one.title) for one in session.execute(query)]

    assert seen() == [("q1", "Cette année"), ("q2", "Cette année")]
    edition.access = last.access = "listed"
    session.commit()
    assert seen() == []
    assert session.execute(follow_ups.last_edition(edition.id, Reader(), now)).all() == []
