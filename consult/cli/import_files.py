"""consult import: read files of another tool."""

import json
from pathlib import Path
from typing import Any

import click

from .. import clock
from ..domain.errors import RuleBroken
from ..extensions import db
from ..formats import importers
from ..formats.report import COMMAND, FormatError, Report
from ..services import imports
from . import Failure, application


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(importers())))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", metavar="SLUG", help="Write into this consultation.")
@click.option("--title", help="Title of the consultation made.")
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    kind: str, paths: tuple[Path, ...], into: str | None, title: str | None, **asked: bool
) -> None:
    """Read the files PATHS of another tool, whose format is KIND."""
    with application():
        result = read(kind, paths, into=into, title=title, dry_run=asked["dry_run"])
    if asked["as_json"]:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(result)


def read(
    kind: str,
    paths: tuple[Path, ...],
    *,
    into: str | None,
    title: str | None,
    dry_run: bool,
) -> dict[str, Any]:
    """Import in one transaction and return the report; a faulty file changes nothing."""
    session, report = db.session(), Report(limits=COMMAND)
    try:
        stream = importers()[kind].read(paths, report)
        consultation, counts = imports.run(
            session, stream, kind=kind, into=into, title=title, now=clock.now()
        )
        slug = consultation.slug
        session.rollback() if dry_run else session.commit()
    except FormatError as error:
        session.rollback()
        raise Failure(str(error)) from error
    except RuleBroken:
        session.rollback()
        raise
    return {
        "kind": kind,
        "slug": slug,
        "read": dict(report.read),
        "created": dict(+counts.created),
        "updated": dict(+counts.updated),
        "unchanged": dict(+counts.unchanged),
        "quarantined": [
            {"file": entry.file, "line": entry.line, "reason": entry.reason}
            for entry in report.quarantined
        ],
        "checks": [
            {"what": check.what, "declared": check.declared, "found": check.found}
            for check in report.checks
        ],
    }


def show(result: dict[str, Any]) -> None:
    """Print the report as lines."""
    click.echo(f"{result['kind']} -> /consultations/{result['slug']}")
    for what in ("read", "created", "updated", "unchanged"):
        counts = ", ".join(f"{count} {kind}" for kind, count in result[what].items())
        click.echo(f"{what}: {counts or 'nothing'}")
    for entry in result["quarantined"]:
        click.echo(f"quarantined: {entry['file']}:{entry['line']}: {entry['reason']}")
    for check in result["checks"]:
        click.echo(f"check {check['what']}: declared {check['declared']}, found {check['found']}")
