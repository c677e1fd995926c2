"""The command line: each module here is one command, found by name."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from .. import create_app, startup
from ..domain.errors import RuleBroken
from ..domain.kinds import discover
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


class Commands(click.Group):
    """The group of commands; a broken rule becomes a sentence, never a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except RuleBroken as broken:
            raise Failure(sentence(broken)) from broken


@click.group(cls=Commands)
@click.version_option(package_name="consult-platform")
def main() -> None:
    """Consult: participatory consultation and governance."""


for module in discover(sys.modules[__name__]).values():
    main.add_command(module.command)
