"""Pabulib files: a call each; a faulty row is set aside, a faulty file refused."""

from datetime import datetime

import pytest

from consult.formats import importers, reading
from consult.formats.call_records import Call, Project
from consult.formats.report import COMMAND, FormatError, Report

META = {
    "description": "Municipal PB",
    "unit": "Toulouse",
    "subunit": "1 - Capitole",
    "instance": "2022",
    "num_projects": "2",
    "budget": "400000.0",
    "date_begin": "03.10.2022",
    "date_end": "31.10.2022",
}
ROWS = ["144;50000.0;116;Des arbres;Nature;1 - Capitole", '7;1200.5;3;"Un nom; long";;']


def text(rows=ROWS, header="project_id;cost;votes;name;category;district", votes=True, **meta):
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in (META | meta).items())]
    lines += ["PROJECTS", header, *rows, *(["VOTES", "voter_id;vote", "1;144"] if votes else [])]
    return "\n".join(lines) + "\n"


def take(tmp_path, content):
    path, report = tmp_path / "a.pb", Report()
    path.write_text(content, encoding="utf-8")
    return list(importers()["pabulib"].read([path, path][:1], report)), report


def test_a_file_is_a_call_with_its_projects(tmp_path):
    (call, *projects), report = take(tmp_path, text())
    assert call == Call(
        key="Toulouse · 2022 · 1 - Capitole",
        title="Toulouse · 2022 · 1 - Capitole",
        funder="Toulouse",
        amount_cents=40_000_000,
        about="Municipal PB",
        opens_at=datetime(2022, 10, 3, tzinfo=reading.PARIS),
        closes_at=datetime(2022, 11, 1, tzinfo=reading.PARIS),
    )
    assert projects == [
        Project(key="144", title="Des arbres", asked_cents=5_000_000, theme="Nature",
                place="1 - Capitole"),
        Project(key="7", title="Un nom; long", asked_cents=120_050),
    ]  # fmt: skip
    assert [(one.declared, one.found) for one in report.checks] == [(2, 2)]
    assert report.read["project"] == 2


def test_a_faulty_row_is_set_aside_and_the_rest_goes_in(tmp_path):
    bad = ["144;50000.0;116;Encore;;", "1;2", "2;1e9;3;x;;", "3;-5;3;x;;", ";5;3;x;;"]
    bad += ['4;5;3;"x;;', "5;0.001;3;x;;", "6;5;3;\x01;;", "8;1.000;3;;;"]
    (_call, *projects), report = take(tmp_path, text([*ROWS, *bad, "9;3;3;" + "mot " * 90 + ";;"]))
    assert [one.key for one in projects] == ["144", "7", "8", "9"]
    assert len(projects[-1].title) <= 200 and projects[-1].title.endswith("…")
    assert projects[2].title == "8" and projects[2].asked_cents == 100
    codes = [entry.code for entry in report.quarantined]
    assert codes == [
        "key-twice",
        "columns-over",
        "not-an-amount",
        "below-zero",
        "missing-field",
        "bad-quotes",
        "not-an-amount",
        "unreadable",
    ]
    assert report.quarantined[0].line == 15


def test_without_dates_or_counts_a_file_is_still_read(tmp_path):
    (call, *_rest), report = take(tmp_path, text(date_begin="", date_end="hier", num_projects=""))
    assert call.opens_at is None and call.closes_at is None and not report.checks


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "no-header"),
        ("key;value\n", "no-header"),
        ("META\nkey;value\n", "no-header"),
        (text(header="id;cout"), "no-header"),
        (text(votes=False), "cut"),
        (text(budget=""), "not-an-amount"),
        (text(date_begin="32.13.2022"), "not-a-date"),
        (text(date_end="01.01.2022"), "out-of-range"),
        (text(unit="\x01"), "unreadable"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, content, code):
    with pytest.raises(FormatError) as caught:
        take(tmp_path, content)
    assert caught.value.code == code


@pytest.mark.realdata
def test_every_row_of_the_files_of_toulouse_is_read(shared):
    files, report = sorted((shared / "data/pabulib").glob("*.pb")), Report(limits=COMMAND)
    found = list(importers()["pabulib"].read(files, report))
    assert len(files) == 21 == sum(isinstance(one, Call) for one in found)
    assert not report.quarantined
    assert all(one.declared == one.found for one in report.checks) and len(report.checks) == 21
