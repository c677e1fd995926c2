"""consult tally: count the ballots of a file."""

import json
import sys
from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import click

from .. import i18n
from ..domain import voting
from ..domain.errors import RuleBroken
from ..formats import ballots
from ..formats.report import FormatError
from . import Failure
from .split import STANDARD_INPUT, output

METHOD = click.Choice(sorted(voting.METHODS))


@click.command("tally")
@click.option("--method", type=METHOD, required=True)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(method: str, file: Path) -> None:
    """Count the ballots of FILE, a JSON file; - is standard input.

    FILE holds {"options": [...], "ballots": [...]} in the shape of the method. Ballots that hold
    what is not on the paper are refused, never left out.
    """
    name = STANDARD_INPUT if str(file) == "-" else file.name
    found = held(file, name)
    try:
        paper = voting.kind(method).paper(found)
        result = count(method, paper, found, name)
    except RuleBroken as broken:
        raise Failure(f"{name}: {i18n.sentence(broken)}") from broken
    whole = {"method": method, "options": paper.options, "result": result}
    with output() as out:
        json.dump(whole, out, ensure_ascii=False, indent=1, default=float)
        out.write("\n")


def held(file: Path, name: str) -> dict[str, Any]:
    """Return what the file holds."""
    try:
        if str(file) == "-":
            return ballots.read(sys.stdin.buffer, name)
        with file.open("rb") as source:
            return ballots.read(source, name)
    except FormatError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(str(FormatError("file-missing", file=name))) from error


def count(method: str, paper: voting.Paper, found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the result of the ballots, or of the counts where the method takes them."""
    counted = voting.counted(method)
    if counted and "tallies" in found:
        if "ballots" in found:
            raise RuleBroken("ballots-and-tallies")
        return counted.tally_counts(found["tallies"], paper)
    entries = found.get("ballots")
    if not isinstance(entries, list):
        raise RuleBroken("paper-wrong", field="ballots")
    kind, choices = voting.kind(method), Counter[Hashable]()
    for number, entry in enumerate(entries, start=1):
        try:
            voters, ballot = kind.filed(entry)
            choices[kind.read(ballot, paper)] += voters
        except RuleBroken as broken:
            raise Failure(f"{name}, ballot {number}: {i18n.sentence(broken)}") from broken
    return kind.tally(choices, paper)
