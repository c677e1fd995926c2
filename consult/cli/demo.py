"""consult demo: load the demonstration."""

from datetime import UTC, datetime
from functools import partial

import click
from flask import Flask

from .. import clock
from ..extensions import db
from ..services import demo, room_files, territories
from . import Failure, application


@click.command("demo")
@click.option("--size", type=click.Choice(list(demo.SIZES)), default="s", show_default=True)
@click.option("--seed", type=int, default=2017, show_default=True, help="Of what is drawn.")
@click.option("--date", "day", type=click.DateTime(), help="Count its dates from this day (UTC).")
def command(size: str, seed: int, day: datetime | None) -> None:
    """Load invented consultations to look around; a second run changes nothing."""
    with application() as app:
        now = day.replace(tzinfo=UTC) if day else clock.now()
        check(app)
        session = db.session()
        if territories.load(session):
            session.commit()
            click.echo(loaded(territories.official(session)))
        keep = partial(room_files.SHELF.keep, app.config["DATA_DIR"])
        new = demo.load(session, now=now, seed=seed, keep=keep)
        session.commit()
        grown = False
        for answers in demo.grow(session, size=size, now=now, seed=seed):
            session.commit()
            grown = True
            click.echo(f"{answers} answers made")
    done = "is loaded" if new or grown else "was already loaded: nothing changed"
    click.echo(f"The demonstration {done}. `consult run` prints a way in for each account.")


def loaded(numbers: dict[str, int]) -> str:
    """Say what the official tree holds."""
    written = {kind: f"{number:,}" for kind, number in numbers.items()}
    return (
        "{region} regions, {department} départements, {epci} EPCI and {commune} communes loaded"
    ).format(**written)


def check(app: Flask) -> None:
    """Stop before mixing invented texts with those of people who count on the site."""
    session = db.session()
    in_use = demo.is_lived_in(session) and not demo.is_loaded(session)
    if app.config["ENVIRONMENT"] == "production" and in_use:
        raise Failure("This site holds real consultations: the demonstration stays out of it.")
