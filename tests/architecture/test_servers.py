"""The private servers of the tests do not outlive them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import servers
from tests.architecture import project

OWNER = """
import signal, time
from tests import servers
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what runs behind a shell
with servers.redis() as url:
    print(url, flush=True)
    time.sleep(60)
"""


def answers(url: str) -> bool:
    password, rest = url.removeprefix("redis://:").split("@")
    return servers.answers(int(rest.split(":")[1].split("/")[0]), password)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_stops_when_its_owner_ends_in_any_way(end, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=project.ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as owner:
        url = owner.stdout.readline().strip()
        assert answers(url)
        owner.send_signal(end)
    deadline = time.monotonic() + 20
    while answers(url) or list(Path(tmp_path).iterdir()):
        assert time.monotonic() < deadline, "the server or its folder is still there"
        time.sleep(0.05)


def test_a_database_is_made_and_removed():
    if "CONSULT_TEST_PG_URL" not in os.environ:
        pytest.skip("the servers were not asked for (--no-servers)")
    url = servers.create_database("servers_test")
    assert "/servers_test?" in url
    servers.create_database("servers_test_copy", "servers_test")
    servers.drop_database("servers_test_copy")
    servers.drop_database("servers_test")
