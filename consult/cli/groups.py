"""consult groups: the groups that opinions make, and what each says."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import i18n
from ..domain.errors import RuleBroken
from ..formats import opinions_table
from ..formats.report import FormatError
from . import Failure
from .split import local, output

if TYPE_CHECKING:
    from ..domain.opinion_groups import Opinions


@click.command("groups")
@click.option(
    "--groups",
    "given",
    type=click.Path(path_type=Path),
    help="A CSV table with the group of each participant: participant,group.",
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(given: Path | None, file: Path) -> None:
    """Group the people of FILE by their opinions; - is standard input.

    FILE is a CSV table: participant, statement, vote, where a vote is 1 (agrees), -1 (disagrees)
    or 0 (passes); the last row of a pair counts. Prints JSON.
    """
    try:
        from ..domain import opinion_groups
    except ModuleNotFoundError as missing:
        raise Failure(
            "This needs the analysis extra: pip install 'consult-platform[analysis]'."
        ) from missing
    try:
        with local(file) as path:
            opinions = opinion_groups.read(opinions_table.opinions(path))
        named = None if given is None else opinions_table.groups(given)
    except FormatError as error:
        raise Failure(str(error)) from error
    except RuleBroken as broken:
        raise Failure(i18n.sentence(broken)) from broken
    with output() as out:
        json.dump(result(opinions, named), out, ensure_ascii=False, indent=1)
        out.write("\n")


def result(opinions: "Opinions", named: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what is printed: groups, what they are known by, every statement, fragile or not."""
    from ..domain import opinion_groups

    if named is None:
        found = opinion_groups.find(opinions)
        places, names = found.groups.tolist(), [str(place) for place in range(found.number)]
        fragile = found.is_fragile
    else:
        names = sorted({named[one] for one in opinions.people if one in named})
        places = [names.index(named[one]) if one in named else -1 for one in opinions.people]
        fragile = opinion_groups.are_few(places)
    rows = opinion_groups.statements(opinions, places, len(names))
    pairs = zip(opinions.people, places, strict=True)
    return {
        "groups": {one: names[place] for one, place in pairs if place >= 0},
        "typical": {
            name: [opinions.statements[one] for one in opinion_groups.typical(rows, place)]
            for place, name in enumerate(names)
        },
        "statements": {
            statement: shown(row, names)
            for statement, row in zip(opinions.statements, rows, strict=True)
        },
        "fragile": fragile,
    }


def shown(row: Any, names: list[str]) -> dict[str, Any]:
    """Return one statement as it is printed."""
    return {
        "seen": row.seen,
        "agree": row.agree,
        "disagree": row.disagree,
        "pass": row.passed,
        "consensus": row.consensus,
        "by_group": {
            name: {
                "seen": one.seen,
                "agree": one.agree,
                "disagree": one.disagree,
                "representativeness": one.representativeness,
                "side": one.side,
            }
            for name, one in zip(names, row.by_group, strict=True)
        },
    }
