"""A hub: it links the places of one large territory."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("Hub")
DESCRIPTION = N_("It links the places of one large territory. Each local room sits in it.")
PURPOSE = N_("We link the places of our territory. We pass on needs and answers.")
COLLEGES = {"place": 3, "local_authority": 2, "state": 1, "resident": 1}
SEATS = (
    StarterSeat(seats.COORDINATION, N_("Coordination of the hub")),
    StarterSeat(seats.SPOKESPERSON, N_("Voice of the hub in the national room")),
)
ORDER = 5
