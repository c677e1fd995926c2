"""What the owner of the database does behind the application's back shows in the chain."""

import pytest
from sqlalchemy import select, text

from consult.models import JournalEntry
from consult.services import audit, journal, sealing
from tests import superuser

EDIT = "update journal_entry set act = 'y.done' where id = :second"
DELETION = "delete from journal_entry where id = :second"
INSERTION = (
    "insert into journal_entry (id, at, actor, act, subject, facts) "
    "select -1, at, actor, act, subject, facts from journal_entry where id = :second"
)
SWAP = [
    "update journal_entry set id = -5 where id = :second",
    "update journal_entry set id = :second where id = :third",
    "update journal_entry set id = :third where id = -5",
]
SWAP_OF_PLACES = [
    "update journal_seal set position = -5 where position = 2",
    "update journal_seal set position = 2 where position = 3",
    "update journal_seal set position = 3 where position = -5",
]
NO_SEAL = ["delete from journal_seal where position = 2"]
BOTH = [*NO_SEAL, DELETION]


@pytest.fixture
def entries(session, now):
    """Five entries, sealed, the head published; then one that waits."""
    for number in range(5):
        journal.record(session, "x.done", f"s:{number}", actor="system", now=now, number=number)
        session.flush()
    session.commit()
    sealing.seal(session, now=now)
    sealing.publish(session, now=now)
    journal.record(session, "x.done", "s:5", actor="system", now=now)
    session.commit()
    return session.scalars(select(JournalEntry.id).order_by(JournalEntry.id)).all()


def tamper(session, entries, *statements):
    session.rollback()
    second, third, last = entries[1], entries[2], entries[-1]
    superuser.tamper(session.get_bind(), *statements, second=second, third=third, last=last)


def test_a_chain_that_holds(session, entries):
    verdict = audit.verify(session)
    assert (verdict.fault, verdict.sealed, verdict.waiting) == ("", 5, 1)
    assert len(verdict.head) == 64


def test_whatever_the_facts_and_the_instant_they_are_read_back_the_same(session, now):
    held = [{}, {"é": "’\u2028"}, {"b": [1, None, True], "a": {"z": 1.5, "aa": 2}}, {"n": 2**40}]
    for number, facts in enumerate(held):
        at = now.replace(microsecond=number * 7) if number else now
        about = None if number else "0123456789abcdefgh"
        journal.record(session, "x", "s", actor="é", now=at, consultation_id=about, **facts)
    session.commit()
    sealing.seal(session, now=now)
    session.commit()
    assert (audit.verify(session).fault, audit.verify(session).sealed) == ("", 4)


def test_facts_that_are_no_facts_any_more_are_found(session, entries):
    broken = "'{'" if session.get_bind().dialect.name == "sqlite" else "'[]'"
    tamper(session, entries, f"update journal_entry set facts = {broken} where id = :second")
    verdict = audit.verify(session)
    assert (verdict.fault, verdict.position) == ("changed", 2)


def test_an_empty_journal_holds(session):
    assert audit.verify(session).fault == ""


@pytest.mark.parametrize(
    ("statements", "fault", "position"),
    [
        ([EDIT], "changed", 2),
        ([INSERTION], "inserted", None),
        (SWAP, "changed", 2),
        (SWAP_OF_PLACES, "changed", 2),
        (["update journal_seal set hash = replace(hash, 'a', 'b')"], "changed", 1),
        (["update journal_entry set mark = null where id = :second"], "changed", 2),
        (["update journal_entry set act = 'y' where id = :last"], "inserted", None),
        (["update journal_head set position = 4"], "head", 4),
        (["update journal_head set hash = 'x'"], "head", 5),
    ],
)
def test_each_change_is_found_where_it_was_made(session, entries, statements, fault, position):
    tamper(session, entries, *statements)
    verdict = audit.verify(session)
    assert (verdict.fault, verdict.position) == (fault, position)


def test_an_entry_inserted_with_the_triggers_at_work_is_found_before_and_after_the_sealer(
    session, entries, now
):
    copied = INSERTION.replace("-1", "1000000")
    session.execute(text(copied), {"second": entries[1]})
    session.commit()
    for _ in range(2):
        verdict = audit.verify(session)
        assert (verdict.fault, verdict.entry) == ("inserted", 1000000)
        sealing.seal(session, now=now)
        session.commit()


@pytest.mark.parametrize(
    ("statements", "fault"),
    [([DELETION], "deleted"), (NO_SEAL, "missing"), (BOTH, "missing")],
)
def test_a_deletion_is_found(session, entries, statements, fault):
    tamper(session, entries, *statements)
    verdict = audit.verify(session)
    assert (verdict.fault, verdict.position) == (fault, 2)
    assert verdict.sealed == 1


def test_the_end_cut_off_with_its_head_shows_in_a_copy_of_the_head(session, entries):
    kept = audit.Head(5, audit.verify(session).head)
    tamper(
        session,
        entries,
        "delete from journal_seal where position = 5",
        "delete from journal_head",
        "delete from journal_waiting",
        f"delete from journal_entry where id in ({entries[4]}, {entries[5]})",
    )
    assert audit.verify(session).fault == ""
    verdict = audit.verify(session, published=[kept])
    assert (verdict.fault, verdict.position) == ("head", 5)
