"""consult synthesis: write a published synthesis to a file."""

from pathlib import Path

import click
from sqlalchemy import select

from .. import clock, i18n, synthesis_files
from ..domain.errors import RuleBroken
from ..extensions import db
from ..models import Synthesis
from ..queries import published_syntheses
from ..services import composing
from ..synthesis_documents import FORMS
from . import Failure, application, written


@click.command("synthesis")
@click.argument("slug")
@click.option("--as", "kind", required=True, type=click.Choice(list(FORMS)))
@click.option("--draft", is_flag=True, help="The one that is being written.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def command(slug: str, kind: str, draft: bool, out: Path) -> None:
    """Write the published synthesis SLUG to a file: the last version of it, or the working one."""
    with application() as app:
        version = _working(slug) if draft else _published(slug)
        try:
            content = synthesis_files.made(
                version,
                kind,
                data_dir=Path(app.config["DATA_DIR"]),
                base_url=app.config["BASE_URL"],
            )
        except RuleBroken as broken:
            raise Failure(i18n.sentence(broken)) from broken
        with written(out) as file:
            file.write(content)


def _published(slug: str) -> synthesis_files.Version:
    found = db.session.scalars(published_syntheses.any_version(slug)).one_or_none()
    if found is None:
        raise Failure(f"There is no published synthesis at {slug}.")
    return synthesis_files.readable(db.session(), found)


def _working(slug: str) -> synthesis_files.Version:
    session = db.session()
    found = session.scalars(select(Synthesis).where(Synthesis.slug == slug)).one_or_none()
    if found is None:
        raise Failure(f"Nobody has begun a synthesis at {slug}.")
    whole = composing.compose(session, found, locale="fr", now=clock.now())
    return synthesis_files.version(0, whole)
