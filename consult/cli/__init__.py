"""The command line: each module here is one command, found by name."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import click
from flask import Flask

from .. import create_app, startup
from ..config import ConfigError
from ..domain.errors import RuleBroken
from ..domain.kinds import discover, names
from ..extensions import db
from ..i18n import sentence


class Failure(click.ClickException):
    """The work could not be done: one clear sentence on standard error, exit status 1."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, err=True)


@contextmanager
def application(*, prepared: bool = True) -> Iterator[Flask]:
    """Give the application in its context, migrated unless told otherwise; close what it opened."""
    app = create_app()
    if prepared:
        startup.prepare(app)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def written(out: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which takes its name once it is whole; what fails leaves nothing."""
    partial = out.with_name(f".{out.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(out)
    except OSError as error:
        raise Failure(f"{out} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


class Commands(click.Group):
    """The group of commands, each read when it is called; a broken rule becomes a sentence.

    A module bears the name of its command, with a word more where Python keeps the name.
    """

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the name of every command."""
        found = discover(sys.modules[__name__]).values()
        return sorted(module.command.name for module in found)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by its name, reading nothing of the others."""
        wanted = name.replace("-", "_")
        for module in names(sys.modules[__name__]):
            if module == wanted or module.startswith(f"{wanted}_"):
                command: click.Command = import_module(f"{__name__}.{module}").command
                return command if command.name == name else None
        return None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except RuleBroken as broken:
            raise Failure(sentence(broken)) from broken
        except ConfigError as error:
            raise Failure(f"{error}.") from error


@click.group(cls=Commands)
@click.version_option(package_name="consult-platform")
def main() -> None:
    """Consult: participatory consultation and governance."""
