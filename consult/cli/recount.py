"""consult recount: count the published file of a vote again, with the standard library alone."""

import json
from pathlib import Path

import click

from .. import i18n
from ..domain import recount
from ..domain.errors import RuleBroken
from ..formats.report import COMMAND
from . import Failure


@click.command("recount")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Count the ballots of FILE again, and check its result and its receipts.

    The same as `python recount.pyz FILE`, the program that the page of a result offers.
    """
    try:
        if file.stat().st_size > COMMAND.file:
            raise RuleBroken("recount-unreadable")
        report = recount.again(file.read_bytes().decode())
    except OSError as error:
        raise Failure(f"{file.name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Failure(
            f"{file.name}: {i18n.gettext('This file is not a published vote.')}"
        ) from error
    except RuleBroken as broken:
        raise Failure(f"{file.name}: {i18n.sentence(broken)}") from broken
    click.echo(json.dumps(report, ensure_ascii=False, sort_keys=True, indent=1))
