"""The national room: the common frame, and what the others could not settle."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("National room")
DESCRIPTION = N_("It sets the common frame. It settles what the others could not.")
PURPOSE = N_("We write the common rules with the hubs. We settle, and we say why.")
COLLEGES = {"resident": 2, "place": 3, "local_authority": 3, "state": 2, "company": 1}
SEATS = (StarterSeat(seats.COORDINATION, N_("National coordination")),)
ORDER = 6
