"""An informal club: the problems, one common objective, missions that each has an owner."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("Informal club")
DESCRIPTION = N_("A few people who know the ground. They share out missions.")
PURPOSE = N_("Our problems: ...\nOur common objective: ...\nOur missions: see the commitments.")
COLLEGES = {"place": 1, "local_authority": 1}
SEATS = (StarterSeat(seats.COORDINATION, N_("Host of the club")),)
ORDER = 1
