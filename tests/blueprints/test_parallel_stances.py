"""A hundred people press the same button eight times at once, through a real server."""

import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import func, select

from consult.models import JournalEntry, Participant, Stance
from consult.queries import counters

PEOPLE, TIMES = 100, 8
PATIENCE = 60

pytestmark = pytest.mark.slow


@pytest.fixture
def server(app, folder):
    """The application behind its production server, two workers, on the test's database."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "2", "--no-ws", "consult.wsgi:app",
    ]  # fmt: skip
    settings = {
        "CONSULT_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "CONSULT_DATA_DIR": str(folder),
        "CONSULT_BASE_URL": address,
        "CONSULT_SECRET_KEY": "tests",
        "CONSULT_ENV": "development",
        "CONSULT_TEST_LIMITS": "off",
    }
    log = (folder / "granian.log").open("w+")
    process = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        until_ready(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def until_ready(address, process, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
        if process.poll() is not None:
            break
    log.seek(0)
    pytest.fail(f"the server did not start: {log.read()[-2000:]}")


def press(client, proposal_id):
    """Open the page once, then press the same button several times at once."""
    page = client.get(f"/proposals/{proposal_id}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    data = {"csrf_token": token, "value": "agree"}
    with ThreadPoolExecutor(TIMES) as crowd:
        sent = [
            crowd.submit(client.post, f"/proposals/{proposal_id}/stance", data=data)
            for _ in range(TIMES)
        ]
        return [answer.result().status_code for answer in sent]


def test_a_hundred_people_are_a_hundred_opinions(session, make, server):
    proposal = make.proposal(make.theme(make.consultation()))
    session.commit()

    def person(_number):
        with httpx.Client(base_url=server, timeout=PATIENCE, trust_env=False) as client:
            return press(client, proposal.id)

    with ThreadPoolExecutor(10) as crowd:
        statuses = [status for answers in crowd.map(person, range(PEOPLE)) for status in answers]
    assert len(statuses) == PEOPLE * TIMES
    assert set(statuses) == {303}
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Stance)) == PEOPLE
    assert session.scalar(select(func.count()).select_from(Participant)) == PEOPLE
    session.refresh(proposal)
    assert (proposal.agree, proposal.mixed, proposal.disagree) == (PEOPLE, 0, 0)
    given = select(func.count()).where(JournalEntry.act == "stance.given")
    assert session.scalar(given) == PEOPLE
    for what, recount in counters.RECOUNTS.items():
        assert not session.scalars(recount()).all(), what
