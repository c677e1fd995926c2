"""consult synthesis: write a published synthesis to a file."""

from pathlib import Path

import click

from .. import synthesis_files
from ..extensions import db
from ..queries import published_syntheses
from ..synthesis_documents import FORMS
from . import Failure, application


@click.command("synthesis")
@click.argument("slug")
@click.option("--as", "kind", required=True, type=click.Choice(list(FORMS)))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def command(slug: str, kind: str, out: Path) -> None:
    """Write the published synthesis SLUG to a file: the last version of it."""
    with application() as app:
        found = db.session.scalars(published_syntheses.any_version(slug)).one_or_none()
        if found is None:
            raise Failure(f"There is no published synthesis at {slug}.")
        content = synthesis_files.made(found, kind, base_url=app.config["BASE_URL"])
        partial = out.with_name(f".{out.name}.partial")
        try:
            partial.write_bytes(content)
            partial.replace(out)
        except OSError as error:
            raise Failure(f"{out} cannot be written: {error.strerror}.") from error
        finally:
            partial.unlink(missing_ok=True)
