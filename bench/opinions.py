"""Opinions: how many a second, what share of the bare statement, and whether a count is lost."""

import json
import os
import re
import statistics
import subprocess
from pathlib import Path

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import postgresql

from bench import machine
from consult.services import stances
from tests.servers import postgres_bin

LISTING = "/consultations/bench/questions/1-1/answers"
VALUES = {
    "statement": "(select id from bench_statement where n = :s)",
    "participant": "(select id from bench_participant where n = :p)",
    "given": ":v",
    "now": "now()",
}


def csrf(html: str) -> str:
    """Find the form's token in a page."""
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)[1]


def vote_script(folder: Path, base: str, ids: list[str], tokens: list[str]) -> Path:
    """Write the wrk script that gives opinions: many devices, many texts, one form token."""
    with httpx.Client(base_url=base) as client:
        token = csrf(client.get(LISTING).text)
        session = client.cookies["session"]
    lua = folder / "vote.lua"
    lua.write_text(
        f"local ids = {{{', '.join(json.dumps(i) for i in ids)}}}\n"
        f"local devices = {{{', '.join(json.dumps(t) for t in tokens)}}}\n"
        "local values = {'agree', 'mixed', 'disagree'}\n"
        "function request()\n"
        "  local headers = {['Content-Type'] = 'application/x-www-form-urlencoded',\n"
        "    ['HX-Request'] = 'true',\n"
        f"    ['Cookie'] = 'session={session}; device=' .. devices[math.random(#devices)]}}\n"
        f"  local body = 'csrf_token={token}&value=' .. values[math.random(3)]\n"
        "  return wrk.format('POST', '/answers/' .. ids[math.random(#ids)] .. '/stance', "
        "headers, body)\nend\n"
    )
    return lua


def measure(kind, table, asked, place):
    """Measure opinions given by 200 devices, then recount them."""
    goal, url, base, pids, tokens, folder = place
    engine = create_engine(url)
    with engine.connect() as connection:
        ids = (
            connection.execute(text("select id from statement where kind = 'answer' limit 500"))
            .scalars()
            .all()
        )
    script = vote_script(folder, base, ids, tokens)
    runs = [
        machine.load(base + "/", pids, headers={}, script=script, seconds=asked.seconds)
        for _ in range(asked.rounds)
    ]
    rate = statistics.median(run.rate for run in runs)
    spent = statistics.median(run.cpu_ms for run in runs)
    bad, p99 = sum(run.bad for run in runs), max(run.p99 for run in runs)
    what = f"{kind}: opinions by 200 devices, 8 at once"
    seen = f"{rate:.0f}/s, {spent:.2f} ms, p99 {p99:.1f} ms, {bad} refused"
    if kind == "postgresql":
        asked.spent = spent
        share = 100 * rate / bare(url, asked.seconds)
        seen += f", {share:.1f} % of pgbench (limits 1000/s and 3 %)"
        table.add(goal, what, seen, rate >= 1000 and share >= 3 and not bad)
    else:
        seen += f", {spent / asked.spent:.2f} x PostgreSQL (limit 1.3)"
        table.add(goal, what, seen, spent <= 1.3 * asked.spent and not bad)
    with engine.connect() as connection:
        drift = connection.execute(
            text(
                "select count(*) from statement s where s.agree + s.mixed + s.disagree <> "
                "(select count(*) from stance v where v.statement_id = s.id)"
            )
        ).scalar()
    table.add(
        "P6", f"{kind}: counters after the load", f"{drift} differ from a recount", drift == 0
    )
    engine.dispose()


def bare(url: str, seconds: int) -> float:
    """Return how many of the same statement a second pgbench writes, with 8 clients."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for name, where in (("statement", "where kind = 'answer'"), ("participant", "")):
            connection.execute(
                text(
                    f"create table bench_{name} as select row_number() over () as n, id "
                    f"from (select id from {name} {where} limit {500 if where else 200}) as chosen"
                )
            )
            connection.execute(text(f"create unique index on bench_{name} (n)"))
    host = engine.url.query["host"]
    database = engine.url.database
    engine.dispose()
    return pgbench(statement(), str(host), str(database), seconds)


def statement() -> str:
    """Return the very statement that the application executes, with pgbench's variables."""
    sql = str(stances._giving("postgresql").compile(dialect=postgresql.dialect()))
    for name, value in VALUES.items():
        sql = re.sub(rf"%\({name}\)s(::\w+( WITH TIME ZONE)?)?", value, sql)
    return " ".join(sql.split())


def pgbench(sql: str, host: str, database: str, seconds: int) -> float:
    """Run pgbench on one statement; return its transactions a second."""
    script = Path(host) / "opinion.sql"
    script.write_text(
        f"\\set s random(1, 500)\n\\set p random(1, 200)\n\\set v random(0, 2) - 1\n{sql};\n"
    )
    command = [
        str(postgres_bin() / "pgbench"), "-n", "-M", "prepared", "-c8", "-j2",
        f"-T{seconds}", "-h", host, "-U", "consult", "-f", str(script), database,
    ]  # fmt: skip
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout
    return float(re.search(r"tps = ([\d.]+)", out)[1])
