"""consult worker: run the background jobs."""

import click

from .. import create_app, tasks
from ..startup import set_clock


@click.command("worker")
def command() -> None:
    """Run background jobs: letters leave within two seconds."""
    app = create_app()
    set_clock(app)
    tasks.work(app, tasks.until_told())
