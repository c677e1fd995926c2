"""A body that exists already, declared as a room so that it is found and spoken to."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("A body that exists already")
DESCRIPTION = N_("You declare it here. It keeps its own rules.")
PURPOSE = N_("This body existed before its page here. It keeps its own rules.")
COLLEGES: dict[str, int] = {}
SEATS = (StarterSeat(seats.ORDINARY, N_("Person to turn to")),)
ORDER = 7
