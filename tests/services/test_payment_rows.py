"""The payments that wait: only what changed is written, many at a time."""

from sqlalchemy import select

from consult.models import Payment
from consult.queries import splits as queries
from consult.services import payment_rows
from tests import payments


def test_what_waits_as_it_is_stays_and_the_rest_is_written_again(session, make, now, monkeypatch):
    monkeypatch.setattr(payment_rows, "AT_ONCE", 2)
    made = payments.awarded(make)
    place = (made.projects[0].id, session.scalars(queries.envelopes(made.call.id)).first().id)

    def put(*cents):
        query = select(Payment).where(Payment.project_id == place[0]).order_by(Payment.position)
        waiting = {one.position: one for one in session.scalars(query)}
        dues = payment_rows.wanted(list(cents), [], waiting)
        done = payment_rows.put(session, *payment_rows.change(made.decision, place, dues, now))
        found = session.scalars(query.execution_options(populate_existing=True)).all()
        return done, [one.amount_cents for one in found]

    assert put(10, 20, 30, 40, 50) == ((5, 0), [10, 20, 30, 40, 50])
    assert put(10, 20, 30, 40, 50) == ((0, 0), [10, 20, 30, 40, 50])
    assert put(10, 25, 0) == ((1, 4), [10, 25])
