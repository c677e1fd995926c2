"""The room of the project's territory has published a dated road map."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from ...domain.kinds import N_
from ...queries import call_facts
from . import Found, Missing

LABEL = N_("The room of the territory has a road map")
HINT = N_("A dated road map stands among the documents of the room.")


def missing(session: Session, codes: Collection[str], today: date) -> Found:
    """Return the territories whose room has no road map dated today or before."""
    held = set(session.scalars(call_facts.with_road_map(codes, today)))
    lacks = Missing(N_("The room of this territory must publish a dated road map."))
    return {code: [lacks] for code in codes if code not in held}
