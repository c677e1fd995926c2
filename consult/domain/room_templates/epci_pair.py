"""The pair of an intermunicipal body: a technician, and an elected person to turn to."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("Pair of an intermunicipal body")
DESCRIPTION = N_("An elected person and a technician work as a pair.")
PURPOSE = N_("A pair answers you: an elected person and a technician.")
COLLEGES = {"local_authority": 2, "resident": 1, "place": 1}
SEATS = (
    StarterSeat(seats.ELECTED, N_("Elected person in charge of digital matters")),
    StarterSeat(seats.TECHNICIAN, N_("Technician in charge of digital matters")),
)
ORDER = 4
