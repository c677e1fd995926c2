"""Every option that one can accept; the option that most ballots name comes first."""

from ..kinds import N_
from . import _counts, _paper

LABEL = N_("Every option that suits me")
paper, filed, read, tally = _paper.plain, _paper.one, _paper.named, _counts.tally
