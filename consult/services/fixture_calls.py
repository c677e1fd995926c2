"""The open calls of the known objects, and who runs them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..models import Account, OpenCall
from . import call_publication, open_calls, outside_calls, pots

DAY = timedelta(days=1)
# The calls: who runs each, and when it opens and closes, in days from now.
CALLS: Mapping[str, tuple[str, int, int]] = {
    "open_call_open": ("local_authority_a", -10, 30),
    "open_call_closed": ("local_authority_a", -30, -5),
    "open_call_draft": ("local_authority_b", 5, 30),
}
WORDS = {
    "about": "Pour vérifier.",
    "may_apply": "Les associations.",
    "principles": ["Le projet est ouvert à tous", "Le projet sert aux gens d’ici"],
}


def furnish(
    session: Session, accounts: Mapping[str, Account], *, now: datetime
) -> Mapping[str, tuple[str, str]]:
    """Open the known calls, publish all but the draft, tell of an outside one."""
    made: dict[str, tuple[str, str]] = {}
    for name, (owner, opens, closes) in CALLS.items():
        values = {
            "title": name.replace("_", " "),
            "opened_by": "La communauté",
            "territory_code": "R-44",
            "time_zone": "Europe/Paris",
            "opens_at": now + opens * DAY,
            "closes_at": now + closes * DAY,
            "amount_cents": 4_000_000,
        }
        by = accounts[owner]
        then = now + (min(opens, 0) - 1) * DAY
        call: OpenCall = open_calls.create(
            session, owner_id=by.id, template="local", values=values, words=WORDS, now=then
        )
        if name != "open_call_draft":
            call_publication.publish(session, call, actor=f"account:{by.id}", now=then)
        made[name] = (call.id, f"/open-calls/{call.slug}")
    told = {
        "funder": "La Fondation",
        "title": "Un appel d’ailleurs",
        "about": "",
        "link": "https://example.org/appel",
        "territory_code": "R-44",
        "closes_on": None,
    }
    by = accounts["local_authority_a"]
    one = outside_calls.add(session, values=told, account_id=by.id, now=now)
    facts = {"title": "La caisse commune", "kept_by": "Le tiers de confiance", "about": ""}
    pot = pots.create(session, values=facts, by=by, now=now)
    return made | {
        "outside_call": (one.id, f"/console/outside-calls/{one.id}"),
        "common_pot": (pot.id, f"/pots/{pot.id}"),
    }
