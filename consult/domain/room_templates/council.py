"""A mixed council: residents, companies, non-profits, institutions, each with their seats."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("Mixed council")
DESCRIPTION = N_("Each college has its seats: residents, places, companies, institutions.")
PURPOSE = N_("Residents, places, companies and institutions decide together.")
COLLEGES = {"resident": 4, "place": 4, "local_authority": 2, "state": 1, "company": 2}
SEATS = (
    StarterSeat(seats.COORDINATION, N_("Runs the council")),
    StarterSeat(seats.SPOKESPERSON, N_("Voice of the council")),
)
ORDER = 3
