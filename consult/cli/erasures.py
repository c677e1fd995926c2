"""consult erasures: erase again what an older copy of the database brought back."""

from pathlib import Path

import click

from .. import clock, erased, mailing
from ..extensions import db
from ..services import erasures
from . import Failure, application


@click.group("erasures")
def command() -> None:
    """Keep erased what was erased."""


@command.command("apply")
@click.option(
    "--list",
    "copies",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of erasures.txt kept elsewhere; may be given several times.",
)
def apply(copies: tuple[Path, ...]) -> None:
    """Erase what the list names again, after an older database was put back."""
    with application() as app:
        folder = Path(app.config["DATA_DIR"])
        try:
            listed = list(erased.read(folder / erased.NAME, *copies))
        except ValueError as error:
            raise Failure(f"A line of the list cannot be read: {error}") from error
        done = erasures.apply(db.session(), listed, now=clock.now())
        db.session.commit()
        erased.keep(db.session(), folder)
        mailing.take_out(app.config["MAIL_URL"], [key for one in done for key in one.letters])
    alone = sum(one.alone for one in done)
    click.echo(
        f"{len(done) - alone} accounts and {alone} addresses erased again, "
        f"of {len({one.mark for one in listed})} listed."
    )
