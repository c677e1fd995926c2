"""consult import: read files of another tool."""

import json
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from .. import clock
from ..domain.errors import RuleBroken
from ..extensions import db
from ..formats import importers
from ..formats.report import COMMAND, FormatError, Report
from ..services import call_imports, imports
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
        slugs, counts = write(session, kind, paths, report, into=into, title=title)
        session.rollback() if dry_run else session.commit()
    except FormatError as error:
        session.rollback()
        raise Failure(str(error)) from error
    except RuleBroken:
        session.rollback()
        raise
    return {
        "kind": kind,
        "slug": slugs[0],
        "slugs": slugs,
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


def write(
    session: Session,
    kind: str,
    paths: tuple[Path, ...],
    report: Report,
    **asked: str | None,
) -> tuple[list[str], imports.Counts]:
    """Write what the files hold; return the addresses of what they went into, and the counts."""
    importer = importers()[kind]
    stream: Any = importer.read(paths, report)
    if is_of_calls(kind):
        if any(asked.values()):
            raise Failure(
                "--into and --title are for consultations: a file of calls makes its own."
            )
        calls, counts = call_imports.run(session, stream, kind=kind, now=clock.now())
        return [call.slug for call in calls], counts
    into, title = asked["into"], asked["title"]
    found, counts = imports.run(session, stream, kind=kind, into=into, title=title, now=clock.now())
    return [found.slug], counts


def is_of_calls(kind: str) -> bool:
    """Tell whether a format holds calls rather than a consultation."""
    return bool(getattr(importers()[kind], "CALLS", False))


def show(result: dict[str, Any]) -> None:
    """Print the report as lines."""
    place = "open-calls" if is_of_calls(result["kind"]) else "consultations"
    for slug in result["slugs"]:
        click.echo(f"{result['kind']} -> /{place}/{slug}")
    for what in ("read", "created", "updated", "unchanged"):
        counts = ", ".join(f"{count} {kind}" for kind, count in result[what].items())
        click.echo(f"{what}: {counts or 'nothing'}")
    for entry in result["quarantined"]:
        click.echo(f"quarantined: {entry['file']}:{entry['line']}: {entry['reason']}")
    for check in result["checks"]:
        click.echo(f"check {check['what']}: declared {check['declared']}, found {check['found']}")
