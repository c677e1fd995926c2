"""The words beside a text: who signs it, and with whose help it was written."""

from typing import Any

from ...domain import signatures
from ...i18n import gettext
from ...i18n import gettext as _


def channel(name: str) -> str:
    """Return how an answer came in, "" for the site itself."""
    return {
        "paper": _("on paper"),
        "phone": _("by telephone"),
        "desk": _("at a desk"),
        "workshop": _("in a workshop"),
    }.get(name, "")


def helper(channel_name: str, place: str) -> str:
    """Return the sentence about an answer written with help, "" when there was none."""
    how = channel(channel_name)
    if not how:
        return ""
    if not place:
        return _("Answer written with help: %(how)s", how=how)
    return _("Answer written with help: %(how)s, %(place)s", how=how, place=place)


def signed(row: Any) -> dict[str, Any]:
    """Return what the signature of a statement shows; `row` holds it with its names."""
    one = row.Statement if hasattr(row, "Statement") else row
    signature = signatures.Signature(one.signed_as, one.signature, one.function)
    return {
        "name": signatures.shown(signature),
        "kind": gettext(signatures.ACTOR_LABELS[one.actor_kind]) if one.actor_kind else "",
        "territory": row.territory_name,
        "speaks_from": one.speaks_from,
        "helper": helper(one.channel, one.place),
        "organisation": row.organisation_slug,
    }
