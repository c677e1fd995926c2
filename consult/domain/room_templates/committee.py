"""An independent committee of a territory, beside its public policies."""

from .. import seats
from ..kinds import N_
from . import StarterSeat

LABEL = N_("Independent committee")
DESCRIPTION = N_("It reads, studies and proposes, on its own.")
PURPOSE = N_("We read what is done here. We say what we think, and we propose.")
COLLEGES = {"resident": 3, "place": 3, "company": 1}
SEATS = (
    StarterSeat(seats.COORDINATION, N_("Chair of the committee")),
    StarterSeat(seats.SPOKESPERSON, N_("Voice of the committee")),
)
ORDER = 2
