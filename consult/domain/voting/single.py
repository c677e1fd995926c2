"""One option a ballot; the option that most ballots name comes first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..kinds import N_
from . import _counts, _paper
from ._paper import Paper

LABEL = N_("One option")
filed, read, tally = _paper.one, _paper.named, _counts.tally


def paper(raw: Mapping[str, Any]) -> Paper:
    """Return a paper on which a ballot names one option."""
    return replace(_paper.plain({"options": raw.get("options")}), least=1, most=1)
