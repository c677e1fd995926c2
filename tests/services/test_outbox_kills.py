"""A worker killed between the commit of its claim and the sending: nothing lost, nothing twice."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Mail
from consult.services import outbox
from tests.letterbox import letterbox

LETTERS = 5


@contextmanager
def worker(app, folder, box, *, later=timedelta()):
    """Run `consult worker` as a process of its own, now or `later`; kill it at the end."""
    environment = {
        "CONSULT_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "CONSULT_DATA_DIR": str(folder),
        "CONSULT_MAIL_URL": f"smtp://{box.host}",
        "CONSULT_TEST_NOW": (datetime.now(UTC) + later).isoformat() if later else "",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", "from consult.cli import main; main()", "worker"],
        env={**os.environ, **environment},
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def sent(session):
    session.rollback()
    return session.scalar(select(func.count()).where(Mail.sent_at.is_not(None)))


@pytest.mark.parametrize("kept_before", [0, 2])
def test_each_letter_leaves_once(app, session, now, tmp_path, kept_before):
    for number in range(LETTERS):
        session.add(
            Mail(
                dedup_key=f"{number}",
                recipient=f"p{number}@exemple.fr",
                subject="Bonjour",
                body="Bonjour",
                created_at=now,
            )
        )
    session.commit()
    with letterbox(stalls_after=kept_before) as first, worker(app, tmp_path, first):
        assert first.stalled.wait(60)  # claimed, committed, half said; killed here
    assert sent(session) == kept_before
    with (
        letterbox() as second,
        worker(app, tmp_path, second, later=outbox.LEASE + timedelta(minutes=1)),
    ):
        end = time.monotonic() + 60
        while sent(session) < LETTERS and time.monotonic() < end:
            time.sleep(0.2)
    letters = [*first.letters, *second.letters]
    assert len(first.letters) == kept_before
    names = [re.search(r"^To: (\S+)", letter, re.M)[1] for letter in letters]
    assert sorted(names) == [f"p{number}@exemple.fr" for number in range(LETTERS)]
    assert len({re.search(r"^Message-ID: (\S+)", letter, re.M)[1] for letter in letters}) == LETTERS
