"""What the chain of the journal costs the requests that write to it.

One writer commits one entry after the other for some seconds, in turn without and with the worker
that chains them in a process of its own; the unit is the mean time of a write, as a ratio.
"""

import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from consult.services import audit, journal

LIMIT = 1.5
SEALER = "from consult.cli import main; main()"
PATIENCE = 30.0


def writing(session: Session, seconds: float) -> float:
    """Write entries for some seconds; return the milliseconds of one."""
    begun, number = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        journal.record(
            session, "bench.done", f"bench:{number}", actor="system", now=datetime.now(UTC)
        )
        session.commit()
        number += 1
    return 1000 * (time.perf_counter() - begun) / number


def waiting(session: Session) -> int:
    """Count the entries that wait for their seal."""
    number = session.scalar(text("select count(*) from journal_waiting"))
    session.rollback()
    return number


@contextmanager
def sealer(settings: dict[str, str], session: Session):
    """Run `consult worker` during a block, from when it has sealed what was there."""
    process = subprocess.Popen(
        [sys.executable, "-c", SEALER, "worker"], env={**os.environ, **settings}
    )
    try:
        caught_up(session)
        yield
        caught_up(session)
    finally:
        process.terminate()
        process.wait(20)


def caught_up(session: Session) -> None:
    """Wait until nothing waits for its seal."""
    end = time.monotonic() + PATIENCE
    while waiting(session):
        if time.monotonic() > end:
            raise SystemExit("the worker seals nothing")
        time.sleep(0.1)


def measure(kind, table, asked, url, settings) -> None:
    """Measure writes without and with the sealer, then walk the chain they made."""
    options = {"isolation_level": "IMMEDIATE"} if kind == "sqlite" else {}
    engine = create_engine(url, connect_args=options)
    ratios = []
    with Session(engine) as session:
        if kind == "sqlite":
            session.execute(text("pragma synchronous = full"))
        for round_number in range(asked.rounds + 1):
            alone = writing(session, asked.seconds if round_number else 0.2)
            with sealer(settings, session):
                together = writing(session, asked.seconds if round_number else 0.2)
            if round_number:
                ratios.append(together / alone)
        audit.verify(session)  # compiles its statements
        begun = time.perf_counter()
        verdict = audit.verify(session)
        took = time.perf_counter() - begun
    engine.dispose()
    ratio = statistics.median(ratios)
    seen = f"{ratio:.2f} x without (limit {LIMIT}), {together:.2f} ms"
    table.add("G20", f"{kind}: a write while the worker chains the journal", seen, ratio <= LIMIT)
    speed = 1_000_000 * took / verdict.sealed
    seen = f"{speed:.1f} s a million (limit 10), {verdict.sealed} entries"
    table.add("G20", f"{kind}: the chain walked again", seen, speed <= 10 and not verdict.fault)
