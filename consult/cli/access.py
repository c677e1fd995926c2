"""consult access: close the access of an account, or give it back, as an administrator does."""

import click

from .. import clock, i18n
from ..blueprints.accounts import access_letters
from ..domain import clean, roles
from ..domain import closings as rules
from ..extensions import db
from ..models import Account
from ..services import closings
from . import Failure, application

BY = click.option(
    "--by", "administrator", required=True, help="The address of the administrator who does it."
)


@click.group("access")
def command() -> None:
    """Close the access of an account, or give it back; the page "Closed accesses" does the same."""


@command.command("close")
@click.argument("email")
@click.option("--reason", required=True, type=click.Choice(list(rules.REASONS)))
@click.option("--words", required=True, help="What happened, as its owner will read it.")
@BY
def close(email: str, reason: str, words: str, administrator: str) -> None:
    """Close the access of EMAIL at once, and write them why."""
    with application():
        one, by = _found(email), _administrator(administrator)
        closing = closings.close(
            db.session(), one.id, reason=reason, words=words, by=by, now=clock.now()
        )
        i18n.use("fr")
        access_letters.closed(one, closing)
        db.session.commit()
    click.echo("This access is closed. A letter says why.")


@command.command("reopen")
@click.argument("email")
@BY
def reopen(email: str, administrator: str) -> None:
    """Give its access back to EMAIL, and write it to them."""
    with application():
        one, by = _found(email), _administrator(administrator)
        closings.reopen(db.session(), one.id, by=by, now=clock.now())
        i18n.use("fr")
        access_letters.reopened(one)
        db.session.commit()
    click.echo("This access is open again. A letter says so.")


def _found(email: str) -> Account:
    address = clean.email(email, required="email-unreadable")
    return db.session.get_one(Account, closings.find(db.session(), address))


def _administrator(email: str) -> Account:
    found = _found(email)
    if roles.ADMINISTRATOR not in {role.name for role in found.roles}:
        raise Failure(f"{found.email} is no administrator of this site.")
    return found
