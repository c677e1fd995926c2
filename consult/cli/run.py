"""consult run: migrate, print the ways in, serve, and do the background jobs beside."""

import multiprocessing
import os
import socket

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server
from sqlalchemy import select

from .. import clock, create_app, demo, tasks
from ..access import granted
from ..collecting import paused
from ..domain import roles
from ..extensions import db
from ..models import Account, Role
from ..services import accounts
from ..site import settings
from ..startup import prepare
from . import Failure

# In each process: one may send a long file while the other answers.
THREADS = 2


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that serve.")
def command(host: str, port: int, workers: int | None) -> None:
    """Migrate the database, then serve."""
    check_port(host, port)
    os.environ.setdefault("CONSULT_BASE_URL", f"http://{host}:{port}")
    with paused(stays=True):
        app = create_app()
        prepare(app, whole=True)
    with app.app_context():
        announce(app)
        sqlite = db.engine.dialect.name == "sqlite"
        db.engine.dispose()
    serve(app, host, port, workers or (1 if sqlite else (os.cpu_count() or 1) + 1))


def check_port(host: str, port: int) -> None:
    """Stop with a sentence when the address is taken."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise Failure(
                f"The address {host}:{port} is taken ({error.strerror}). Try --port."
            ) from error


def announce(app: Flask) -> None:
    """Print the address, and one sign-in link for each role nobody can enter otherwise."""
    base = app.config["BASE_URL"]
    click.echo(f"consult: {base}")
    session, now = db.session(), clock.now()
    if settings()["demo_data"]:
        emails = [f"{one['key']}@demo.invalid" for one in demo.read("people")["account"]]
        people = session.scalars(select(Account).where(Account.email.in_(emails))).all()
    elif session.scalar(select(Account.id).join(Account.roles).where(Role.name == "organiser")):
        people = []
    else:
        account = accounts.by_email(session, "organiser@localhost", now=now)
        accounts.grant(session, account, "organiser", now=now)
        accounts.grant(session, account, "administrator", now=now)
        people = [account]
    for account in people:
        token, _code = accounts.new_link(session, account.email, now=now)
        held = ", ".join(sorted(granted(account), key=roles.ROLES.index)) or "participant"
        click.echo(f"  {account.name or account.email} ({held}): {base}/sign-in/{token}")
    session.commit()


def serve(app: Flask, host: str, port: int, workers: int) -> None:
    """Serve until stopped; the processes are forks of this one, so that nothing is read twice."""
    fork = multiprocessing.get_context("fork")
    jobs = fork.Process(target=do_jobs, args=(app, os.getpid()), name="consult worker")
    jobs.start()
    try:
        Server(
            "consult.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            websockets=False,
            log_access=False,
        ).serve(target_loader=lambda *_: app)
    finally:
        jobs.terminate()
        jobs.join(10)


def do_jobs(app: Flask, parent: int) -> None:
    """Do the background jobs for as long as the server lives."""
    tasks.work(app, tasks.until_told(), alive=lambda: os.getppid() == parent)
