"""consult audit: check that nobody changed the journal."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from .. import heads
from ..extensions import db
from ..services import audit
from ..startup import pending
from . import Failure, application

FAULTS = {
    "changed": "Entry {entry} (position {position}) was changed, or moved, after it was sealed.",
    "deleted": "Entry {entry} (position {position}) was deleted.",
    "missing": "The seal of position {position} is missing.",
    "inserted": "Entry {entry} was inserted, or changed, outside the application.",
    "head": "The head published at position {position} no longer stands in the chain.",
}


@click.group("audit")
def command() -> None:
    """Check the journal."""


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--heads",
    "copies",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of /journal/heads.txt kept elsewhere; may be given several times.",
)
def verify(as_json: bool, copies: tuple[Path, ...]) -> None:
    """Walk the journal's chain; exit 1 and name the first broken entry when it does not hold."""
    with application(prepared=False) as app:
        own = Path(app.config["DATA_DIR"]) / heads.NAME
        published = list(read([*copies, *([own] if own.exists() else [])]))
        verdict = walk(published)
    if as_json:
        click.echo(json.dumps(asdict(verdict), indent=2))
    elif not verdict.fault:
        click.echo(
            f"The journal holds: {verdict.sealed} entries sealed, {verdict.waiting} waiting. "
            f"Head: {verdict.head}"
        )
    if verdict.fault:
        raise Failure(FAULTS[verdict.fault].format(**asdict(verdict)))


def read(files: list[Path]) -> Iterator[audit.Head]:
    """Read files of heads."""
    for file in files:
        try:
            yield from heads.read(file)
        except ValueError as error:
            raise Failure(f"{file} is not a file of heads.") from error


def walk(published: list[audit.Head]) -> audit.Verdict:
    """Check the chain without keeping those who write waiting."""
    try:
        if pending():
            raise Failure("The database is behind this version. Run `consult run`, which migrates.")
        level = "AUTOCOMMIT" if db.engine.dialect.name == "sqlite" else "REPEATABLE READ"
        with Session(db.engine.execution_options(isolation_level=level)) as session:
            return audit.verify(session, published=published)
    except SQLAlchemyError as error:
        seen = str(error).splitlines()[0]
        raise Failure(
            f"The database does not answer ({seen}). Check CONSULT_DATABASE_URL."
        ) from error
