"""A table of a few named columns, read from a file; other columns are left aside."""

from collections.abc import Iterator
from pathlib import Path

from .report import COMMAND, FormatError, Report
from .tables import Table


def rows(path: Path, names: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row stands and its cells of these names, or raise FormatError with the line.

    An empty cell, a table without rows or without one of the columns is refused.
    """
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
