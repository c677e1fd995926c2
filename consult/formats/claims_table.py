"""The table of claims that `consult split` reads: a project, what it asks, and its own limits."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from consult.domain import money
from consult.domain.errors import RuleBroken
from consult.domain.splits import Demand

from .report import COMMAND, Fault, FormatError, Report
from .tables import Table

PROJECT, CLAIM = "project", "claim"
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_RANK = re.compile(r"[0-9]{1,9}")
_REFUSED = {"amount-negative": "below-zero", "amount-missing": "missing-field"}


def _amount(cell: str, name: str) -> int:
    try:
        return money.plain(cell)
    except RuleBroken as broken:
        code = _REFUSED.get(broken.code, "not-an-amount")
        raise Fault(code, field=name, value=_shown(cell)) from broken


def _minimum(cell: str, name: str) -> int:
    return _amount(cell, name) if cell.strip() else 0


def _maximum(cell: str, name: str) -> int | None:
    return _amount(cell, name) if cell.strip() else None


def _weight(cell: str, name: str) -> Fraction:
    bare = cell.strip() or "1"
    if not _NUMBER.fullmatch(bare):
        raise Fault("not-a-number", field=name, value=_shown(cell))
    if not Fraction(bare):
        raise Fault("out-of-range", field=name)
    return Fraction(bare)


def _priority(cell: str, name: str) -> int:
    bare = cell.strip() or "1"
    if not _RANK.fullmatch(bare):
        raise Fault("not-a-number", field=name, value=_shown(cell))
    return int(bare)


_READERS: dict[str, Callable[[str, str], object]] = {
    CLAIM: _amount,
    "minimum": _minimum,
    "maximum": _maximum,
    "weight": _weight,
    "priority": _priority,
}
KNOWN = (PROJECT, *_READERS)
PASSED_OVER = ("award",)  # a published table tells it too; it is computed again


@dataclass
class Claims:
    """The projects in the order of the file, and the columns it has beside them."""

    projects: list[str] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)

    def demand(self) -> Demand:
        """Return what is asked, as the rules take it."""
        columns = dict(self.columns)
        return Demand(columns.pop(CLAIM), **columns)


def read(path: Path) -> Claims:
    """Read a whole file, or raise FormatError, which names the first line that cannot be read."""
    report = Report(limits=COMMAND)
    table = Table(path, report, _known, CLAIM)
    if PROJECT not in table.columns:
        raise FormatError("no-header", file=path.name, expected=PROJECT)
    for name in filter(None, table.columns):
        if name not in KNOWN + PASSED_OVER:
            known = ", ".join(KNOWN)
            raise FormatError("column-unknown", file=path.name, name=_shown(name), known=known)
    claims, seen = Claims(), set[str]()
    readers = {name: reader for name, reader in _READERS.items() if name in table.columns}
    claims.columns = {name: [] for name in readers}
    for row in table:
        report.refuse_faults()
        try:
            claims.projects.append(_project(row.cells, seen))
            for name, reader in readers.items():
                claims.columns[name].append(reader(row.cells.get(name, ""), name))
        except Fault as fault:
            raise FormatError(fault.code, file=f"{path.name}:{row.line}", **fault.facts) from fault
    report.refuse_faults()
    if not claims.projects:
        raise FormatError("nothing-found", file=path.name)
    return claims


def _known(name: str) -> str:
    return name.strip().lower()


def _project(cells: Mapping[str, str], seen: set[str]) -> str:
    name = cells.get(PROJECT, "").strip()
    if not name:
        raise Fault("missing-field", field=PROJECT)
    if _UNREADABLE.search(name):
        raise Fault("unreadable", field=PROJECT)
    key = name if name.isascii() else unicodedata.normalize("NFC", name)
    if key in seen:
        raise Fault("key-twice", key=_shown(name))
    seen.add(key)
    return name


def _shown(cell: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in cell[:40]) or "?"
