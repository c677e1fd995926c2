"""Measure the export of many answers beside COPY of the same rows (P7), on PostgreSQL.

`python -m bench.exports [--answers 1000000] [--rounds 3]`. COPY and our CSV, in turn: each in
seconds, and the CPU of the program and of its database together; then how long the first byte
takes, how much the process grows, and what another page costs meanwhile.
"""

import argparse
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import postgresql

from bench import generate, machine
from bench.run import APP_PORT, database, environment, migrate
from consult.queries import exports

MORE = text("""
insert into statement (id, kind, state, consultation_id, theme_id, question_id, body, value, search,
  created_at, updated_at, published_at, {rest})
select 'z' || lpad(g::text, 17, '0'), kind, state, consultation_id, theme_id, question_id,
  case when g % 50 = 0 then '=' else '' end || body || ' ' || g, value, '',
  created_at + g * interval '1 second', updated_at, published_at, {rest}
from generate_series(1, :more) g
join (select *, row_number() over () as n from statement where kind = 'answer') one
on one.n = 1 + g % 1500
""".replace("{rest}", "position, title, explanation, link, signed_as, signature, function, "
    "speaks_from, channel, place, version, state_reason, decision_reason, declared_agree, "
    "declared_mixed, declared_disagree, agree, mixed, disagree, score, comments, arguments, "
    "sources, amendments, replies, exposures"))  # fmt: skip


def fill(url: str, answers: int) -> str:
    """Fill a database with answers; return the consultation that holds them."""
    generate.fill(url, 2_000, 1, 42)
    engine = create_engine(url)
    with engine.begin() as connection:
        found = connection.execute(text("select id from consultation limit 1")).scalar_one()
        # Without the triggers, which count one by one: what is measured reads rows only.
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(MORE, {"more": max(answers - 2_000, 1)})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze statement"))
    engine.dispose()
    return found


def copy(url: str, consultation: str) -> float:
    """Return the seconds that COPY of the same rows takes."""
    query = exports.statements(consultation, "answer").compile(
        dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}
    )
    said = f"copy ({query}) to stdout with (format csv, header)".replace("\n", " ")
    address = re.sub(r"^postgresql\+psycopg:", "postgresql:", url)
    begun = time.monotonic()
    subprocess.run(["psql", address, "-q", "-c", said], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begun


def ours(base: str, path: str) -> tuple[float, float, int]:
    """Return the seconds of our export, those before its first byte, and its bytes."""
    with httpx.Client(base_url=base, timeout=3_600) as client:  # which takes its time to be made
        return received(client, path)


def received(client: httpx.Client, path: str) -> tuple[float, float, int]:
    """Return the same, of an address asked for by a client that is there."""
    begun, size, first = time.monotonic(), 0, 0.0
    with client.stream("GET", path) as answer:
        answer.raise_for_status()
        for block in answer.iter_raw():
            first = first or time.monotonic() - begun
            size += len(block)
    return time.monotonic() - begun, first, size


def p95(base: str, until: threading.Event, most: int = 400) -> float:
    """Return the 95th percentile of a page, in milliseconds, until told or enough was seen."""
    seen = []
    with httpx.Client(base_url=base, timeout=60) as client:
        while not until.is_set() and len(seen) < most:
            begun = time.monotonic()
            client.get("/help").raise_for_status()
            seen.append((time.monotonic() - begun) * 1000)
            time.sleep(0.02)
    return statistics.quantiles(seen, n=20)[-1] if len(seen) > 20 else max(seen)


def measure(url: str, pids: list[int], settings: dict[str, str], asked: argparse.Namespace) -> None:
    """Measure COPY and ours in turn, then a page meanwhile."""
    consultation = fill(url, asked.answers)
    engine = create_engine(url)
    with engine.connect() as connection:
        slug = connection.execute(text("select slug from consultation limit 1")).scalar_one()
    engine.dispose()
    base, path = f"http://127.0.0.1:{APP_PORT}", f"/consultations/{slug}/export.csv"
    ratios, firsts = [], []
    with machine.serving("consult.wsgi:app", APP_PORT, settings) as app:
        alone = p95(base, threading.Event())
        httpx.get(base + "/data")
        before = max(machine.memory_mb(pid) for pid in machine.family([app.pid]))
        for _ in range(asked.rounds):
            theirs = copy(url, consultation)
            cpu = machine.cpu_seconds([app.pid, *pids])
            took, first, size = ours(base, path)
            cpu = machine.cpu_seconds([app.pid, *pids]) - cpu
            ratios.append(took / theirs)
            firsts.append(first * 1000)
            print(
                f"copy {theirs:.1f} s, ours {took:.1f} s, {cpu:.1f} s of CPU, {size / 1e6:.0f} MB"
            )
        after = max(machine.memory_mb(pid) for pid in machine.family([app.pid]))
        done = threading.Event()
        thread = threading.Thread(target=lambda: (ours(base, path), done.set()))
        thread.start()
        meanwhile = p95(base, done, most=10_000)
        thread.join()
    print(
        f"{asked.answers} answers: {statistics.median(ratios):.2f} x COPY (limit 1.3), first byte "
        f"{statistics.median(firsts):.0f} ms (100), +{after - before:.0f} MB (10), "
        f"p95 of a page {alone:.1f} ms alone, {meanwhile:.1f} ms meanwhile (2 x)"
    )


def main() -> None:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        folder = Path(name)
        with database("postgresql", folder) as (url, pids):
            settings = environment(url, folder)
            migrate(settings)
            measure(url, pids, settings, asked)


if __name__ == "__main__":
    main()
