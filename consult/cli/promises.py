"""consult promises: who promised an answer by when, and what came of it."""

import json
from typing import Any

import click

from .. import clock
from ..domain import promises as rules
from ..extensions import db
from ..queries import promises
from . import application

MOST = 1_000


@click.command("promises")
@click.option("--late", is_flag=True, help="Only those that are late today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(late: bool, as_json: bool) -> None:
    """Print the promised answers, the latest date first."""
    with application():
        now = clock.now()
        query = promises.listed(now, rules.LATE if late else None, None, MOST)
        rows = [_shape(row) for row in db.session.execute(query).all()[:MOST]]
    if as_json:
        click.echo(json.dumps({"promises": rows}, ensure_ascii=False, sort_keys=True, indent=1))
        return
    for row in rows:
        click.echo(f"{row['due_at'][:10]} {row['state']:<9} {row['institution']} - {row['title']}")
    click.echo(f"{len(rows)} promises.")


def _shape(row: Any) -> dict[str, Any]:
    return {
        "institution": row.institution,
        "what": row.source,
        "title": row.title,
        "path": row.path,
        "state": row.state,
        "due_at": row.due_at.isoformat(),
        "given_at": row.given_at.isoformat() if row.given_at else None,
    }
