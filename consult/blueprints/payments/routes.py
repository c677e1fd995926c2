"""The blueprint that the modules of this package fill, and what its pages act on."""

from flask import Blueprint, abort, request

from ... import access
from ...domain import bank_accounts
from ...extensions import db
from ...models import OpenCall, Project
from ...queries import payments as queries
from ...services import drafts
from ..open_calls import load

bp = Blueprint("payments", __name__)
ACCOUNT = ("holder", "iban", "bic")


def managed(slug: str) -> OpenCall:
    """Return a call for those who pay for it: 404 when it is not visible, else 403."""
    call = load.visible_or_404(slug)
    access.check("payment.manage", call=call)
    return call


def carried(project_id: str) -> Project:
    """Return a project for someone who answers for it, or 404 as if it had never been."""
    found = None
    if load.KEY.fullmatch(project_id):
        query = queries.carried(project_id, access.account().id)
        found = db.session.scalars(query).one_or_none()
    if found is None:
        abort(404)
    return found


def typed_account() -> bank_accounts.Account:
    """Return the bank account that a form gives."""
    given = request.form.get
    return bank_accounts.read(given("holder"), given("iban"), given("bic"))


def typed(*names: str) -> dict[str, str]:
    """Return what a form says, without what no page can hold."""
    return {name: drafts.plain(request.form.get(name, "")) for name in names}


def sent_file(name: str, most: int) -> bytes:
    """Return the bytes of a file that a form sends, one more than allowed at most."""
    sent = request.files.get(name)
    if sent is None:
        return b""
    content = sent.stream.read(most + 1)
    sent.close()
    return content
