"""The tables that `consult groups` reads: opinions of people, and the group of each."""

from collections.abc import Iterator
from pathlib import Path

from .report import COMMAND, FormatError, Report
from .tables import Table

PARTICIPANT, STATEMENT, VOTE, GROUP = "participant", "statement", "vote", "group"
OPINIONS = {"1": 1, "-1": -1, "0": 0}


def opinions(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (participant, statement, opinion: 1, -1 or 0), or raise FormatError with the line."""
    for place, (person, statement, vote) in _rows(path, (PARTICIPANT, STATEMENT, VOTE)):
        if vote not in OPINIONS:
            shown = vote[:40] if vote.isprintable() else "?"
            raise FormatError("unknown-value", file=place, field=VOTE, value=shown)
        yield person, statement, OPINIONS[vote]


def groups(path: Path) -> dict[str, str]:
    """Return the group of each participant; a participant in two groups is refused."""
    found: dict[str, str] = {}
    for place, (person, group) in _rows(path, (PARTICIPANT, GROUP)):
        if found.setdefault(person, group) != group:
            raise FormatError("key-twice", file=place, key=person[:40])
    return found


def _rows(path: Path, names: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row stands and its cells of these names; other columns are left aside."""
    report = Report(limits=COMMAND)

    def known(name: str) -> str:
        bare = name.strip().lower()
        return bare if bare in names else ""

    table = Table(path, report, known, names[-1])
    for name in names:
        if name not in table.columns:
            raise FormatError("no-header", file=path.name, expected=name)
    found = False
    for row in table:
        report.refuse_faults()
        place, found = f"{path.name}:{row.line}", True
        cells = [row.cells.get(name, "").strip() for name in names]
        for name, cell in zip(names, cells, strict=True):
            if not cell or "\0" in cell:
                code = "nul" if cell else "missing-field"
                raise FormatError(code, file=place, field=name)
        yield place, cells
    report.refuse_faults()
    if not found:
        raise FormatError("nothing-found", file=path.name)
