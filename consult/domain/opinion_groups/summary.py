"""What a page says of opinion groups: few words, and nothing that could tell who somebody is."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..group_summaries import Shares, Summary
from ..masking import FEWEST
from .clusters import Found, find
from .matrix import Opinions
from .statistics import Statement, statements, typical

MOST = 5  # statements said of each
AGREED = 0.6  # smoothed share of every group, for what they all hold
APART = 0.3  # between the groups that agree most and least
COLUMNS, ROWS = 12, 8  # of the map


def summarise(opinions: Opinions) -> Summary:
    """Return what may be published of the groups of a matrix of opinions."""
    found = find(opinions)
    grouped = int((found.groups >= 0).sum())
    if found.is_fragile:
        return Summary(grouped, [], [], [], [], [])
    rows = statements(opinions, found.groups.tolist(), found.number)
    told = {
        place: _shares(opinions.statements[place], row)
        for place, row in enumerate(rows)
        if min(one.seen for one in row.by_group) >= FEWEST
    }
    return Summary(
        people=grouped,
        sizes=[int((found.groups == group).sum()) for group in range(found.number)],
        typical=[
            [told[place] for place in typical(rows, group) if place in told][:MOST]
            for group in range(found.number)
        ],
        shared=[told[place] for place in _shared(rows) if place in told][:MOST],
        divides=[told[place] for place in _dividing(rows) if place in told][:MOST],
        points=_points(found),
    )


def _shares(name: str, row: Statement) -> Shares:
    return Shares(
        name,
        [one.seen for one in row.by_group],
        [one.agree for one in row.by_group],
        [one.disagree for one in row.by_group],
    )


def _smoothed(row: Statement) -> list[float]:
    return [(1 + one.agree) / (2 + one.seen) for one in row.by_group]


def _shared(rows: Sequence[Statement]) -> list[int]:
    """Return the statements that every group agrees with, by their consensus across groups."""
    held = [place for place, row in enumerate(rows) if min(_smoothed(row)) >= AGREED]
    return sorted(held, key=lambda place: (-rows[place].consensus, place))


def _dividing(rows: Sequence[Statement]) -> list[int]:
    """Return the statements that groups see most differently."""
    apart = [max(shares) - min(shares) for shares in map(_smoothed, rows)]
    held = [place for place, gap in enumerate(apart) if gap >= APART]
    return sorted(held, key=lambda place: (-apart[place], place))


def _points(found: Found) -> list[tuple[int, int, int, int]]:
    inside = found.groups >= 0
    points, groups = found.points[inside], found.groups[inside]
    low, high = np.percentile(points, [2, 98], axis=0)
    width = np.where(high > low, high - low, 1.0)
    cells = ((points - low) / width * (COLUMNS, ROWS)).astype(np.int64)
    cells = np.clip(cells, 0, (COLUMNS - 1, ROWS - 1))
    held = Counter((int(x), int(y), int(g)) for (x, y), g in zip(cells, groups, strict=True))
    return sorted((*place, people) for place, people in held.items() if people >= FEWEST)
