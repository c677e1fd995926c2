"""consult organiser: give someone the organiser's role, or the whole site, and a way in."""

import click

from .. import clock
from ..domain import clean, roles
from ..extensions import db
from ..services import accounts
from . import application


@click.command("organiser")
@click.argument("email")
@click.option("--administrator", is_flag=True, help="Give them the settings of the site too.")
def command(email: str, administrator: bool) -> None:
    """Find or create the account of EMAIL, give it the organiser role, print a one-time link."""
    with application() as app:
        session, now = db.session(), clock.now()
        account = accounts.by_email(session, clean.email(email), now=now)
        accounts.grant(session, account, roles.ORGANISER, now=now)
        if administrator:
            accounts.grant(session, account, roles.ADMINISTRATOR, now=now)
        token, _code = accounts.new_link(session, account.email, now=now)
        session.commit()
        click.echo(f"{app.config['BASE_URL']}/sign-in/{token}")
