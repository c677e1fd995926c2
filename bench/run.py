"""Measure the goals of the project, and print one table of ratios.

`python -m bench.run [--seconds 4] [--rounds 3] [--contributions 2000] [--real FOLDER]`. Each page
is measured in turn with the reference page (reference, ours, reference, ours ...), on two workers;
the unit is CPU milliseconds a request, of the application and of its database together.
"""

import argparse
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import create_engine, text

from bench import generate, machine, opinions, sealing, weight
from consult.services.accounts import digest
from tests import servers

REF_PORT, APP_PORT = 5871, 5872
LISTING = opinions.LISTING


class Table:
    """The rows of the report."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

    def add(self, goal: str, what: str, seen: str, passed: bool) -> None:
        """Add a row and show it at once."""
        self.rows.append((goal, what, seen, "met" if passed else "**missed**"))
        print(f"{goal:5} {what}: {seen} ({self.rows[-1][3]})", file=sys.stderr)

    def text(self) -> str:
        """Return the Markdown table."""
        lines = ["| goal | what | measured | |", "|---|---|---|---|"]
        return "\n".join(lines + [f"| {' | '.join(row)} |" for row in self.rows])


@contextmanager
def database(kind: str, folder: Path):
    """Give an empty database of a kind: its address and the process of its server."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite'}", []
        return
    with servers.postgres() as url:
        socket = re.search(r"host=([^&]+)", url)[1]
        pid = int((Path(socket) / "data" / "postmaster.pid").read_text().split()[0])
        yield url, [pid]


def environment(url: str, folder: Path) -> dict[str, str]:
    """Return the settings of the application under measure."""
    return {
        "CONSULT_DATABASE_URL": url,
        "CONSULT_DATA_DIR": str(folder),
        "CONSULT_BASE_URL": f"http://127.0.0.1:{APP_PORT}",
        "CONSULT_TEST_LIMITS": "off",
    }


def migrate(settings: dict[str, str]) -> None:
    """Bring the database to the last revision."""
    code = (
        "from consult import create_app; from consult.startup import prepare; prepare(create_app())"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **settings}, check=True)


def devices(url: str, count: int = 200) -> list[str]:
    """Give devices to participants of the generated data; return their secret numbers."""
    engine, now = create_engine(url), datetime.now(UTC)
    tokens = [secrets.token_urlsafe(16) for _ in range(count)]
    with engine.begin() as connection:
        people = connection.execute(text(f"select id from participant limit {count}")).scalars()
        connection.execute(
            text("insert into device (token_hash, participant_id, created_at) values (:t, :p, :n)"),
            [
                {
                    "t": digest(token),
                    "p": person,
                    "n": now.replace(tzinfo=None) if "sqlite" in url else now,
                }
                for token, person in zip(tokens, people, strict=True)
            ],
        )
    engine.dispose()
    return tokens


def signed_in(settings: dict[str, str], base: str) -> dict[str, str]:
    """Sign in by a one-time link; return the headers of that browser."""
    out = subprocess.run(
        [sys.executable, "-m", "consult", "organiser", "mesure@demo.invalid"],
        env={**os.environ, **settings}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    path = re.search(r"/sign-in/\S+", out)[0]
    with httpx.Client(base_url=base) as client:
        token = opinions.csrf(client.get(path).text)
        client.post(path, data={"csrf_token": token})
        return {"Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}


def compare(table, goal, what, url, pids, limit, asked, headers=None, script=None):
    """Measure one page against the reference, in turn; add the median ratio."""
    ref_url, ref_pids = asked.reference
    ratios, runs = [], []
    for round_number in range(asked.rounds + 1):
        seconds = 1 if round_number == 0 else asked.seconds
        ref = machine.load(ref_url, ref_pids, headers={}, script=None, seconds=seconds)
        ours = machine.load(url, pids, headers=headers or {}, script=script, seconds=seconds)
        if round_number:
            ratios.append(ours.cpu_ms / ref.cpu_ms)
            runs.append(ours)
    bad = sum(run.bad for run in runs)
    ratio, last = statistics.median(ratios), runs[-1]
    seen = (
        f"{ratio:.2f} x reference (limit {limit}), {last.cpu_ms:.2f} ms, "
        f"{last.rate:.0f}/s, p99 {last.p99:.1f} ms, {bad} refused"
    )
    table.add(goal, what, seen, ratio <= limit and not bad)
    return last


def measure(kind: str, table: Table, asked: argparse.Namespace, folder: Path) -> None:
    """Measure reads and opinions on one database."""
    folder.mkdir()
    with database(kind, folder) as (url, database_pids):
        settings = environment(url, folder)
        migrate(settings)
        made = generate.fill(url, asked.contributions, 5, 42)
        tokens = devices(url)
        base = f"http://127.0.0.1:{APP_PORT}"
        if kind == "postgresql":
            nothing = {"CONSULT_FRAGMENT_CHARACTERS": "0", "CONSULT_PAGES_KEPT_SECONDS": "0"}
            with machine.serving("consult.wsgi:app", APP_PORT, settings | nothing) as app:
                place = (base, [app.pid, *database_pids], made, signed_in(settings, base))
                reads("postgresql, nothing kept", table, asked, place)
        with machine.serving("consult.wsgi:app", APP_PORT, settings) as app:
            pids = [app.pid, *database_pids]
            reads(kind, table, asked, (base, pids, made, signed_in(settings, base)))
            goal = "P5" if kind == "postgresql" else "P12"
            opinions.measure(kind, table, asked, (goal, url, base, pids, tokens, folder))
        sealing.measure(kind, table, asked, url, settings)
        if kind == "postgresql":
            what, seen, passed = weight.measure(settings, APP_PORT, made)
            table.add("P10", what, seen, passed)


def reads(kind, table, asked, place):
    """Measure the list, signed in, not, and unchanged, and a discussed proposal."""
    base, pids, made, reader = place
    first, second = ("P12", "P12") if kind == "sqlite" else ("P1", "P2")
    most = 1.2 if kind == "postgresql" else 3.5
    listing, article = base + LISTING, f"{base}/proposals/{made['proposal']}"
    french = {**reader, "Accept-Language": "fr"}
    name = f"{kind}: list of 20 answers"
    compare(table, first, f"{name}, signed in", listing, pids, most, asked, french)
    compare(table, first, f"{name}, someone who has done nothing yet", listing, pids, most, asked)
    if kind == "postgresql":
        held = unchanged(listing)
        compare(table, first, f"{name}, unchanged (304)", listing, pids, 0.6, asked, held)
    compare(table, second, f"{kind}: proposal with 50 comments", article, pids, 5, asked)


def unchanged(url: str) -> dict[str, str]:
    """Return the headers of a browser that holds this page already."""
    with httpx.Client() as client:
        client.get(url)
        mark = client.get(url).headers["ETag"]  # a first visit is never the same again
        cookies = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    return {"If-None-Match": mark, "Cookie": cookies}


def start_up(table: Table, folder: Path) -> None:
    """Measure how long `consult run` takes to answer, and its memory."""
    folder.mkdir()
    settings = environment("", folder) | {"CONSULT_DATABASE_URL": ""}
    migrate(settings)
    process = subprocess.Popen(
        [sys.executable, "-m", "consult", "run", "--port", str(APP_PORT)],
        env={**os.environ, **settings}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        took = machine.wait(f"http://127.0.0.1:{APP_PORT}/healthz")
        time.sleep(1)
        most = max(machine.memory_mb(pid) for pid in machine.family([process.pid]))
    finally:
        process.terminate()
        process.wait(20)
    table.add("P16", "`consult run` ready", f"{took:.2f} s (limit 1.5)", took <= 1.5)
    table.add("P16", "its largest process", f"{most:.0f} MB (limit 150)", most <= 150)


def real_import(kind: str, table: Table, archive: Path, folder: Path) -> None:
    """Measure the import of République numérique."""
    folder.mkdir()
    with database(kind, folder) as (url, _pids):
        settings = environment(url, folder)
        migrate(settings)
        begun = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "consult", "import", "cap-collectif-json", str(archive), "--json"],
            env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        took = time.monotonic() - begun
    table.add(
        "P18", f"{kind}: République numérique imported", f"{took:.1f} s (limit 20)", took <= 20
    )


def main() -> None:
    """Run every measure and print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as ./start does: compiled once
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contributions", type=int, default=2000)
    parser.add_argument("--real", type=Path, help="the archive of République numérique")
    asked = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        folder = Path(name)
        with machine.serving("bench.ref:app", REF_PORT, {}) as ref:
            asked.reference = (f"http://127.0.0.1:{REF_PORT}/", [ref.pid])
            for kind in ("postgresql", "sqlite"):
                measure(kind, table, asked, folder / kind)
        start_up(table, folder / "start")
        for kind in ("sqlite", "postgresql") if asked.real else ():
            real_import(kind, table, asked.real, folder / f"import-{kind}")
    print(table.text())


if __name__ == "__main__":
    main()
