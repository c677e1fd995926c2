"""Printed codes, counted by printing and listed by letter."""

from consult.models import AccessCode
from consult.queries import access_codes


def test_a_printing_is_counted(session, make, now):
    here, noise = make.consultation(access="listed"), make.consultation(access="listed")
    for consultation in (here, noise):
        for number in range(1, 5):
            session.add(
                AccessCode(
                    code_hash=f"{consultation.id}{number}",
                    consultation_id=consultation.id,
                    batch="a" if number < 4 else "b",
                    number=number,
                    created_at=now,
                    used_at=now if number == 1 else None,
                    revoked_at=now if number == 2 else None,
                )
            )
    session.commit()
    rows = session.execute(access_codes.batches(here.id)).all()
    counted = [(row.batch, row.first, row.last, row.codes, row.used, row.unused) for row in rows]
    assert counted == [("b", 4, 4, 1, 0, 1), ("a", 1, 3, 3, 1, 1)]
    assert [row.number for row in session.execute(access_codes.codes(here.id))] == [1, 2, 3, 4]
