"""consult campaigns: the texts that many people sent, nearly word for word."""

import json
from pathlib import Path

import click

from ..formats import columns
from ..formats.report import FormatError
from . import Failure
from .split import local, output

ID, TEXT = "id", "text"


@click.command("campaigns")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(file: Path) -> None:
    """Find the texts of FILE that say nearly the same; - is standard input.

    FILE is a CSV table: id, text. Each group stands around one text, its leader. Prints JSON.
    Nothing is decided by it: one text of a campaign is the text of a person, as any other.
    """
    try:
        from ..domain import campaigns
    except ModuleNotFoundError as missing:
        raise Failure(
            "This needs the analysis extra: pip install 'consult-platform[analysis]'."
        ) from missing
    try:
        with local(file) as path:
            rows = [(name, text) for _place, (name, text) in columns.rows(path, (ID, TEXT))]
    except FormatError as error:
        raise Failure(str(error)) from error
    found = campaigns.find(rows)
    alone = len(rows) - sum(len(one.members) for one in found)
    shown = [
        {"leader": one.leader, "deposits": len(one.members), "members": list(one.members)}
        for one in found
    ]
    with output() as out:
        facts = {"deposits": len(rows), "distinct": len(found) + alone, "campaigns": shown}
        json.dump(facts, out, ensure_ascii=False, indent=1)
        out.write("\n")
