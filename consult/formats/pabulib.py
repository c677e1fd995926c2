"""Participatory budgets as Pabulib publishes them: the costs as claims, the budget as envelope.

https://pabulib.org/format. The votes stay out: in an open call nobody ranks projects. So does the
name of whoever proposed.
"""

import csv
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from consult.domain import clean, money
from consult.domain.errors import RuleBroken

from . import reading, text_lines
from .call_records import Call, CallRecord, Project
from .report import Fault, FormatError, Report

NAME = "pabulib"
CALLS = True
META, PROJECTS, VOTES = "META", "PROJECTS", "VOTES"
TITLE_LIMIT = 200
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.([0-9]{1,2})0*)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_PLACES = ("district", "subunit", "neighborhood")
Line = tuple[int, list[str]]


def read(paths: Sequence[Path], report: Report) -> Iterator[CallRecord]:
    """Yield the call of each file and its projects; raise FormatError for a faulty file."""
    for path in paths:
        yield from _file(path, report)


def _file(path: Path, report: Report) -> Iterator[CallRecord]:
    lines = _lines(path, report)
    if next(lines, (0, [""]))[1] != [META]:
        raise FormatError("no-header", file=path.name, expected=META)
    meta = _meta(path, lines)
    yield _call(path, meta)
    found = yield from _projects(path, lines, report)
    if meta.get("num_projects", "").isdecimal():
        report.check("project", int(meta["num_projects"]), found)


def _lines(path: Path, report: Report) -> Iterator[Line]:
    """Yield the cells of each line that says something; a cell never spans two lines."""
    for number, text in text_lines.lines(path, report.limits):
        if text.strip():
            try:
                yield number, next(csv.reader([text.strip()], delimiter=";", strict=True))
            except csv.Error:
                yield number, []


def _meta(path: Path, lines: Iterator[Line]) -> Mapping[str, str]:
    meta: dict[str, str] = {}
    for _number, cells in lines:
        if cells == [PROJECTS]:
            return meta
        if len(cells) >= 2:
            meta[cells[0].strip().lower()] = cells[1].strip()
    raise FormatError("no-header", file=path.name, expected=PROJECTS)


def _call(path: Path, meta: Mapping[str, str]) -> Call:
    try:
        budget = _cents(meta.get("budget", ""), "budget")
        begins, ends = _day(meta, "date_begin"), _day(meta, "date_end")
        unit = _line(meta.get("unit") or path.stem, "unit")
        parts = [unit, meta.get("instance", ""), meta.get("subunit", "")]
        title = _line(" · ".join(part for part in parts if part), "unit")
        about = _line(meta.get("description", ""), "description")
    except Fault as fault:
        raise FormatError(fault.code, file=path.name, **fault.facts) from fault
    closes = ends + timedelta(days=1) if ends else None
    if begins and closes and closes <= begins:
        raise FormatError("out-of-range", file=path.name, field="date_end")
    dates = {"opens_at": begins, "closes_at": closes}
    return Call(key=title, title=title, funder=unit, amount_cents=budget, about=about, **dates)


def _projects(
    path: Path, lines: Iterator[Line], report: Report
) -> Generator[CallRecord, None, int]:
    _number, header = next(lines, (0, []))
    names = [reading.bare(cell) for cell in header]
    if "projectid" not in names or "cost" not in names:
        raise FormatError("no-header", file=path.name, expected="project_id;cost")
    seen: set[str] = set()
    for number, cells in lines:
        if cells == [VOTES]:
            return len(seen)
        try:
            if len(cells) != len(names):
                facts = {"found": len(cells), "expected": len(names)}
                raise Fault("columns-over" if cells else "bad-quotes", **facts)
            project = _project(dict(zip(names, cells, strict=True)))
            if project.key in seen:
                raise Fault("key-twice", key=project.key)
        except Fault as fault:
            report.quarantine(path.name, number, fault)
            continue
        seen.add(project.key)
        report.read[project.type] += 1
        yield project
    raise FormatError("cut", file=path.name)


def _project(row: Mapping[str, str]) -> Project:
    key = _line(row["projectid"], "project_id")
    if not key:
        raise Fault("missing-field", field="project_id")
    place = next((row[name] for name in _PLACES if row.get(name)), "")
    return Project(
        key=key,
        title=_line(row.get("name", ""), "name") or key,
        asked_cents=_cents(row["cost"], "cost"),
        theme=_line(row.get("category", ""), "category"),
        place=_line(place, "district"),
    )


def _line(raw: str, name: str) -> str:
    """Return a text on one line, cut at a word where it is too long."""
    try:
        text = clean.line(raw, 10_000)
    except RuleBroken as broken:
        raise Fault("unreadable", field=name) from broken
    return text if len(text) <= TITLE_LIMIT else text[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _cents(raw: str, name: str) -> int:
    """Return the cents of a whole or decimal number of the currency."""
    found = _AMOUNT.fullmatch(raw.strip())
    if raw.strip().startswith("-"):
        raise Fault("below-zero", field=name)
    if found is None:
        raise Fault("not-an-amount", field=name, value=raw[:40])
    return money.plain(".".join(part for part in found.groups() if part))


def _day(meta: Mapping[str, str], name: str) -> datetime | None:
    raw = meta.get(name, "")
    found = _DAY.fullmatch(raw)
    if found is None:
        return None
    try:
        year, month, day = (int(part) for part in reversed(found.groups()))
        return datetime(year, month, day, tzinfo=reading.PARIS)
    except ValueError as error:
        raise Fault("not-a-date", field=name, value=raw[:40]) from error
