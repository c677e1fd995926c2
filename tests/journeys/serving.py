"""A real server for the journeys: its own folder, the demonstration, no limits of rate."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parents[2]
RUN = "from consult.cli import main; main()"
LEFT_OUT = ("CONSULT_DATABASE_URL", "CONSULT_REDIS_URL", "CONSULT_SECRET_KEY", "CONSULT_BASE_URL")


class Site:
    """The served site: its address, what was said when it was filled, a way in for each account."""

    def __init__(self, base, folder, filled=b""):
        self.base = base
        self.folder = folder
        self.filled = filled
        self.looked = set()
        self._app = None

    @contextmanager
    def session(self):
        """Give a session of this process on the same database."""
        from consult.extensions import db

        if self._app is None:
            self._app = self._make()
        with self._app.app_context():
            yield db.session()
            db.session.remove()
            db.engine.dispose()

    def _make(self):
        from consult import create_app

        return create_app(
            {
                "TESTING": True,
                "SECRET_KEY": "unused",
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{self.folder / 'consult.sqlite'}",
                "DATA_DIR": self.folder,
                "BASE_URL": self.base,
            }
        )

    def way_in(self, email):
        """Make a one-time link for an account; return its path."""
        from consult.services import accounts

        with self.session() as session:
            token, _code = accounts.new_link(session, email, now=datetime.now(UTC))
            session.commit()
        return f"/sign-in/{token}"

    def rows(self, query):
        """Run a query; return its rows."""
        with self.session() as session:
            return session.execute(query).all()


def environment(folder, port):
    return {
        "PYTHONPATH": str(ROOT),
        "CONSULT_ENV": "development",
        "CONSULT_DATA_DIR": str(folder),
        "CONSULT_BASE_URL": f"http://127.0.0.1:{port}",
        "CONSULT_TEST_LIMITS": "off",
    }


def command(folder, port, *words):
    """Return the command line of `consult`, with its environment written in it."""
    pairs = [f"{name}={value}" for name, value in environment(folder, port).items()]
    without = [option for name in LEFT_OUT[:3] for option in ("-u", name)]
    return ["env", *without, *pairs, sys.executable, "-c", RUN, *words]


@contextmanager
def served(*filling):
    """Fill a new folder, by the words of a command, and serve it on a free port."""
    folder = servers.private_folder("site", os.geteuid(), os.getegid())
    port = servers.free_port()
    fill = command(folder, port, *filling)
    filled = subprocess.run(fill, cwd=ROOT, check=True, capture_output=True).stdout
    run = command(folder, port, "run", "--port", str(port))
    site = Site(f"http://127.0.0.1:{port}", folder, filled)
    with servers.kept(folder, signal.SIGTERM, run) as keeper:
        servers.until_ready(keeper, folder, lambda: answers(site.base))
        yield site


def answers(base):
    try:
        with urllib.request.urlopen(f"{base}/healthz", timeout=2) as response:
            return response.status == 200
    except OSError:
        time.sleep(0.1)
        return False
