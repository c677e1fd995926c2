"""consult export: write a consultation to a file."""

from pathlib import Path

import click
from sqlalchemy import select

from .. import clock
from ..extensions import db
from ..formats import exporters
from ..models import Consultation
from ..services import exports
from ..site import data_licence
from . import Failure, application, written


@click.command("export")
@click.argument("slug")
@click.option("--as", "kind", required=True, type=click.Choice(sorted(exporters())))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def command(slug: str, kind: str, out: Path) -> None:
    """Write the consultation SLUG to a file: its public texts or, as jsonl, all of them."""
    with application():
        session = db.session()
        consultation = session.scalar(select(Consultation).where(Consultation.slug == slug))
        if consultation is None:
            raise Failure(f"There is no consultation at {slug}.")
        with written(out) as file:
            now, whole = clock.now(), kind == "jsonl"
            for chunk in exports.chunks(
                session, consultation, kind, now=now, whole=whole, licence=data_licence()
            ):
                file.write(chunk)
