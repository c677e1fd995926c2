"""The blueprint that the modules of this package fill."""

from flask import Blueprint, abort

from ...access import viewer
from ...models import Account

bp = Blueprint("projects", __name__)


def account() -> Account:
    """Return the account that acts."""
    if (own := viewer().account) is None:
        abort(403)
    return own
