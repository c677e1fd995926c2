"""consult split: share an envelope between the rows of a table."""

import csv
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import click

from .. import award_reasons, i18n
from ..domain import call_splits, chain, money
from ..domain.errors import RuleBroken
from ..domain.sharing import RULES
from ..domain.splits import Split, Terms, split
from ..formats import claims_table
from ..formats.report import FormatError
from . import Failure

STANDARD_INPUT = "standard input"


class Euros(click.ParamType[int]):
    """An amount in euros with a decimal point, in cents once read."""

    name = "euros"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the cents of what was typed."""
        try:
            return value if isinstance(value, int) else money.plain(str(value))
        except RuleBroken as broken:
            self.fail(i18n.sentence(broken), param, ctx)


@click.command("split")
@click.option("--rule", type=click.Choice(sorted(RULES)), default="equal_awards", show_default=True)
@click.option("--envelope", type=Euros(), help="The sum to share; needed but with --check.")
@click.option("--floor", type=Euros(), default=0, help="The least for each, within its claim.")
@click.option("--cap", type=Euros(), help="The most for each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the reasons.")
@click.option("--check", is_flag=True, help="FILE is a published record: compute it again.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def command(envelope: int | None, check: bool, file: Path, **asked: Any) -> None:
    """Share an envelope between the rows of FILE, a CSV table; - is standard input.

    Columns: project, claim and, if wanted, minimum, maximum, weight, priority. Amounts are in
    euros with a decimal point. Rules other than equal_awards and proportional only compare.
    With --check, FILE is the record (JSON) of a published split.
    """
    if check:
        click.echo(checked(file))
    elif envelope is None:
        raise click.UsageError("Missing option '--envelope'.")
    else:
        share(envelope, file, **asked)


def checked(file: Path) -> str:
    """Compute a record again; say its digest, or raise Failure when it does not come out."""
    try:
        with local(file) as path:
            text = path.read_bytes().strip()
        found = chain.encode(call_splits.again(json.loads(text)))
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}.") from error
    except (RecursionError, ValueError) as error:
        raise Failure("This file is not the record of a split.") from error
    if found.encode() != text:
        raise Failure("The split does not come out the same: something was changed.")
    return f"The split comes out the same to the byte. Digest: {sha256(text).hexdigest()}"


def share(
    envelope: int, file: Path, *, rule: str, floor: int, cap: int | None, as_json: bool
) -> None:
    """Share an envelope between the rows of a table and print what each receives."""
    try:
        with local(file) as path:
            claims = claims_table.read(path)
    except FormatError as error:
        raise Failure(str(error)) from error
    found = split(envelope, claims.demand(), Terms(rule, floor, cap))
    with output() as out:
        if as_json:
            copy_context().run(write_json, out, claims.projects, found)
        else:
            write_table(out, claims.projects, found)


@contextmanager
def local(file: Path) -> Iterator[Path]:
    """Give a file that can be read twice: what comes through a pipe is copied first."""
    piped = str(file) == "-"
    if not piped and not file.is_fifo():
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="consult-split-") as folder:
        copy = Path(folder) / (STANDARD_INPUT if piped else file.name)
        with copy.open("wb") as out:
            if piped:
                shutil.copyfileobj(sys.stdin.buffer, out)
            else:
                with file.open("rb") as source:
                    shutil.copyfileobj(source, out)
        yield copy


@contextmanager
def output() -> Iterator[TextIO]:
    """Give standard output in UTF-8, whatever the locale of the machine."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        yield out
        out.flush()
        out.detach()
    except BrokenPipeError:
        raise  # whoever read has had enough
    except OSError as error:
        raise Failure(f"The result cannot be written: {error.strerror}.") from error


def write_table(out: TextIO, projects: list[str], found: Split) -> None:
    """Write the rows in the order of the file."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("project", "claim", "award"))
    for project, asked, award in zip(projects, found.demand.asked, found.awards, strict=True):
        writer.writerow((project, money.as_plain(asked), money.as_plain(award)))


def write_json(out: TextIO, projects: list[str], found: Split) -> None:
    """Write the split, one award a line; the sentences are in French."""
    i18n.use("fr")
    head = {
        "rule": found.terms.rule,
        "version": found.version,
        "envelope": money.as_plain(found.envelope),
        "awarded": money.as_plain(found.awarded),
        "left": money.as_plain(found.left),
    }
    out.write(json.dumps(head)[:-1] + ', "awards": [')
    for place, project in enumerate(projects):
        why = {
            "reasons": found.why(place).reasons,
            "text": " ".join(award_reasons.sentences(found, place)),
        }
        award = {
            "project": project,
            "claim": money.as_plain(found.demand.asked[place]),
            "award": money.as_plain(found.awards[place]),
            "why": why,
        }
        out.write(("," if place else "") + "\n" + json.dumps(award, ensure_ascii=False))
    out.write("\n]}\n")
