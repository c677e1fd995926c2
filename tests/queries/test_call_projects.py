"""The projects a call's page lists, and what was said of them."""

from consult.queries import call_projects, open_calls
from tests import open_calls as factory


def test_only_what_was_sent_and_not_hidden_is_listed(session, make, now):
    call = factory.call(make)
    sent = factory.project(make, call)
    factory.project(make, call, state="draft", submitted_at=None)
    factory.project(make, call, hidden_at=now, hidden_reason="x")
    factory.project(make, factory.call(make))
    rows = session.execute(call_projects.sent(call.id)).all()
    assert [row.id for row in rows] == [sent.id] and rows[0].organisation
    assert [row.id for row in session.execute(call_projects.latest(call.id, 9))] == [sent.id]
    principle = session.scalars(open_calls.principles(call.id)).first()
    factory.assess(make, sent, principle)
    said = session.execute(call_projects.readings([sent.id])).all()
    assert [(row.principle_id, row.verdict) for row in said] == [(principle.id, "yes")]
