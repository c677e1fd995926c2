"""The room of the project's territory is complete: its colleges, and the holders of its seats."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from ...domain import colleges
from ...domain.kinds import N_
from ...queries import call_facts
from . import Found, Missing

LABEL = N_("The room of the territory is complete")
HINT = N_("Each college has the people it wants, and each seat is held.")


def missing(session: Session, codes: Collection[str], today: date) -> Found:
    """Return what the rooms of these territories lack: themselves, people, holders of seats."""
    held = {row.code for row in session.execute(call_facts.rooms_of(codes))}
    found: Found = {
        code: [Missing(N_("No room looks after this territory yet."))]
        for code in codes
        if code not in held
    }
    for row in session.execute(call_facts.thin_colleges(codes)):
        facts = {"college": colleges.LABELS.get(row.college, row.college)}
        facts |= {"held": row.held, "wanted": row.wanted}
        lacks = Missing(N_("%(college)s: %(held)s of %(wanted)s are in the room."), facts)
        found.setdefault(row.code, []).append(lacks)
    for row in session.execute(call_facts.empty_seats(codes, today)):
        lacks = Missing(N_("Nobody holds this seat: %(seat)s."), {"seat": row.title})
        found.setdefault(row.code, []).append(lacks)
    return found
