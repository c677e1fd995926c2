"""consult doctor: what is wrong with this installation, and what to do about it."""

import json
import shutil
import smtplib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from .. import clock, erased, faults, mailing, sso
from ..domain import roles
from ..domain.errors import RuleBroken
from ..extensions import db
from ..models import Account, Mail, Role
from ..queries import counters, follows
from ..services import erasures
from ..startup import pending
from . import Failure, application

LITTLE_SPACE = 500_000_000
LATE = timedelta(minutes=10)
DIGEST_LATE = timedelta(hours=1)
SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is well, what was seen and what to do."""

    what: str
    well: bool
    seen: str
    advice: str = ""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Check configuration, database, counters, mail and disk; exit 1 when something is wrong."""
    with application(prepared=False) as app:
        findings = list(examine(app))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            mark = "ok " if finding.well else "BAD"
            click.echo(f"{mark} {finding.what}: {finding.seen} {finding.advice}".rstrip())
    wrong = [finding.what for finding in findings if not finding.well]
    if wrong:
        raise Failure(f"Something is wrong with: {', '.join(wrong)}.")


def examine(app: Flask) -> Iterator[Finding]:
    """Look at each part in turn; a broken database stops the checks that need it."""
    yield from settings(app)
    yield disk(app)
    yield jobs(app)
    yield mail_way(app)
    yield from identity(app)
    try:
        late = pending()
    except SQLAlchemyError as error:
        yield Finding("database", False, str(error).splitlines()[0], "Check CONSULT_DATABASE_URL.")
        return
    advice = "Run `consult run`, which migrates." if late else ""
    yield Finding("database", not late, db.engine.dialect.name, advice)
    if not late:
        yield administrators()
        yield letters()
        yield digests()
        yield erased_ones(app)
        yield from recounts()


def settings(app: Flask) -> Iterator[Finding]:
    """Show the settings in force; no secret is printed."""
    for name in ("ENVIRONMENT", "BASE_URL", "DATA_DIR"):
        yield Finding(name.lower().replace("_", " "), True, str(app.config[name]))
    yield proxies(app)


def proxies(app: Flask) -> Finding:
    """Count the proxies; without one, every visitor of an HTTPS site would be the same sender."""
    number, encrypted = app.config["PROXIES"], app.config["BASE_URL"].startswith("https://")
    advice = "Behind a proxy? Set CONSULT_PROXIES to 1." if encrypted and not number else ""
    return Finding("proxies", not advice, str(number), advice)


def identity(app: Flask) -> Iterator[Finding]:
    """Show the provider of identity, when there is one, and ask it who it is."""
    if (found := sso.provider(app)) is None:
        return
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_NAME", "OIDC_SCOPES", "OIDC_ACR_VALUES"):
        yield Finding(name.lower().replace("_", " ", 1), True, app.config[name] or "-")
    try:
        sso.begin(found, app.config["BASE_URL"])
    except RuleBroken as broken:
        yield Finding("provider of identity", False, broken.code, "Check CONSULT_OIDC_ISSUER.")
        return
    yield Finding("provider of identity", True, "answers")


def disk(app: Flask) -> Finding:
    """Look at the space left for the data folder."""
    free = shutil.disk_usage(app.config["DATA_DIR"]).free
    return Finding(
        "disk",
        free > LITTLE_SPACE,
        f"{free // 1_000_000} MB free",
        "" if free > LITTLE_SPACE else "Make room: writes will stop.",
    )


def jobs(app: Flask) -> Finding:
    """Name what the worker tries again and again."""
    found = faults.read(Path(app.config["DATA_DIR"]))
    seen = [f"{name} failed {times} times in a row" for name, times in sorted(found.items())]
    more = f" and {len(seen) - SHOWN} more" if len(seen) > SHOWN else ""
    return Finding(
        "jobs",
        not seen,
        f"{', '.join(seen[:SHOWN])}{more}" or "nothing fails",
        "Read the log of the worker: it says why. Each is tried again." if seen else "",
    )


def mail_way(app: Flask) -> Finding:
    """Open the way letters leave by."""
    url = app.config["MAIL_URL"]
    shown = url.split("@")[-1]
    try:
        with mailing.transport(url, app.config["MAIL_CA"]):
            return Finding("mail", True, shown)
    except (OSError, smtplib.SMTPException) as error:
        advice = "Check CONSULT_MAIL_URL and CONSULT_MAIL_CA."
        return Finding("mail", False, f"{shown}: {error}", advice)


def administrators() -> Finding:
    """Count who may say who publishes the site; it works without, so nothing is broken."""
    names = select(func.count()).select_from(Account).join(Account.roles)
    found = db.session.scalar(names.where(Role.name == roles.ADMINISTRATOR)) or 0
    advice = "" if found else "Make one: `consult organiser EMAIL --administrator`."
    return Finding("administrators", True, str(found), advice)


def letters() -> Finding:
    """Count the letters that wait for too long."""
    waiting = db.session.scalar(
        select(func.count())
        .select_from(Mail)
        .where(Mail.sent_at.is_(None), Mail.created_at < clock.now() - LATE)
    )
    return Finding(
        "queue",
        not waiting,
        f"{waiting} letters late",
        "Is `consult worker` up?" if waiting else "",
    )


def digests() -> Finding:
    """Count the weekly letters that should have been written an hour ago."""
    waiting = db.session.scalar(follows.late(clock.now() - DIGEST_LATE)) or 0
    return Finding(
        "weekly letters",
        not waiting,
        f"{waiting} late",
        "Is `consult worker` up? A letter that is a day late joins the next one."
        if waiting
        else "",
    )


def erased_ones(app: Flask) -> Finding:
    """Look for accounts that an older copy of the database may have brought back."""
    file = Path(app.config["DATA_DIR"]) / erased.NAME
    try:
        back = erasures.missing(db.session(), erased.read(file))
    except ValueError as error:
        return Finding("erasures", False, f"a line cannot be read: {error}", f"Repair {file}.")
    advice = "Run `consult erasures apply`: an older database was put back." if back else ""
    return Finding("erasures", not back, f"{back} to apply again", advice)


def recounts() -> Iterator[Finding]:
    """Compare every counter with a recount."""
    for what, query in counters.RECOUNTS.items():
        wrong = db.session.scalars(query().limit(5)).all()
        seen = f"differ on {', '.join(wrong)}" if wrong else "equal to a recount"
        yield Finding(f"counters of {what}", not wrong, seen)
