"""What holds for every format that writes, and for the tables they share."""

import csv
import io
import json
import tracemalloc
import zipfile
from hashlib import sha256

import openpyxl
import pytest
from hypothesis import given, settings

from consult import formats
from consult.domain.cells import recovered
from consult.formats import csv_zip, jsonl, layout, ods, xlsx
from consult.formats.records import Argument, Consultation, Person, Proposal, Stance, Theme

from .streams import streams

RISKY = ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "\uff1d1", "'=1", "\n-"]
HEAD = [Consultation(key="c", title="T"), Theme(key="t", number=1, label="I", title="Un")]


def tables(records):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(csv_zip.chunks(records))))
    assert archive.testzip() is None
    return {
        name.removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
        )
        for name in archive.namelist()
        if name.endswith(".csv")
    }


def book(records):
    return openpyxl.load_workbook(io.BytesIO(b"".join(xlsx.chunks(records))))


def test_the_formats_are_found_by_name():
    assert set(formats.importers()) == {
        "cap-collectif-json", "cap-collectif-csv", "spip-forum-text", "jsonl", "pabulib",
    }  # fmt: skip
    assert set(formats.exporters()) == {"csv", "jsonl", "ods", "xlsx"}


@pytest.mark.parametrize("name", formats.exporters())
def test_a_format_streams_the_same_bytes_each_time_it_is_read_back(name):
    exporter = formats.exporters()[name]
    assert exporter.MEDIA_TYPE.startswith("application/")
    first = list(exporter.chunks(iter(HEAD)))
    assert all(isinstance(chunk, bytes) for chunk in first)
    if name != "xlsx":
        assert b"".join(first) == b"".join(exporter.chunks(iter(HEAD)))


@settings(max_examples=30)
@given(records=streams())
def test_the_csv_holds_every_text_and_no_person(records):
    found = tables(records)

    assert set(found) == {plan.name for plan in layout.LAYOUTS.values()} | {"dictionary"}
    for record in records:
        plan = layout.LAYOUTS.get(record.type)
        if plan:
            (row,) = found[plan.name]
            assert recovered(row["key"]) == record.key
            body = getattr(record, "body", None)
            assert body is None or recovered(row["body"]) == body
    assert not any("person" in column for rows in found.values() for r in rows for column in r)


def test_the_dictionary_describes_every_column():
    found = tables([])
    described = {(row["table"], row["column"]) for row in found["dictionary"]}

    assert all(row["meaning"] and row["signification"] for row in found["dictionary"])
    for plan in layout.LAYOUTS.values():
        assert {(plan.name, column) for column in plan.columns} <= described


def test_every_file_says_how_it_may_be_used():
    licence = "Licence Ouverte 2.0"
    packed = b"".join(csv_zip.chunks(HEAD, licence))
    rows = zipfile.ZipFile(io.BytesIO(packed)).read("dictionary.csv").decode("utf-8-sig")
    assert f"(all),(licence),{licence},{licence}" in rows
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx.chunks(HEAD, licence))))["dictionary"]
    assert [cell.value for cell in sheet[2]] == ["(all)", "(licence)", licence, licence]
    spread = zipfile.ZipFile(io.BytesIO(b"".join(ods.chunks(HEAD, licence))))
    assert licence in spread.read("content.xml").decode()
    assert json.loads(next(iter(jsonl.chunks(HEAD, licence))).split(b"\n")[0])["licence"] == licence


def test_the_tables_come_with_their_sums():
    for packed in (csv_zip.chunks(HEAD), csv_zip.joined([("theme", [b"t\r\n"])])):
        archive = zipfile.ZipFile(io.BytesIO(b"".join(packed)))
        *names, last = archive.namelist()
        sums = "".join(f"{sha256(archive.read(name)).hexdigest()}  {name}\n" for name in names)
        assert (last, archive.read(last).decode()) == ("SHA256SUMS", sums)


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_of_the_workbook_is_a_formula(text):
    sheet = book([*HEAD, Proposal(key="o", theme_key="t", title=text)])["proposals"]

    cell = sheet.cell(2, list(layout.LAYOUTS["proposal"].columns).index("title") + 1)
    assert cell.data_type == "s"
    assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")


def test_the_workbook_takes_what_its_format_cannot_hold():
    long = Proposal(key="o", theme_key="t", title="\x07 _x0041_", body="a" * 40_000)

    sheet = book([*HEAD, long])["proposals"]

    columns = list(layout.LAYOUTS["proposal"].columns)
    assert sheet.cell(2, columns.index("body") + 1).value.endswith("a [...]")


def test_a_table_goes_on_in_another_sheet(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 3)
    people = [Proposal(key=f"o{n}", theme_key="t", title=f"Titre {n}") for n in range(5)]

    found = book([*HEAD, *people])

    column = list(layout.LAYOUTS["proposal"].columns).index("title")
    rows = {
        name: [row[column] for row in found[name].iter_rows(values_only=True)]
        for name in found.sheetnames
        if name.startswith("proposals")
    }
    header = layout.LAYOUTS["proposal"].header[column]
    assert rows == {
        "proposals": [header, "Titre 0", "Titre 1"],
        "proposals 2": [header, "Titre 2", "Titre 3"],
        "proposals 3": [header, "Titre 4"],
    }


def test_numbers_stay_numbers_in_the_workbook():
    sheet = book([*HEAD, Proposal(key="o", theme_key="t", agree=7)])["proposals"]

    assert sheet.cell(2, list(layout.LAYOUTS["proposal"].columns).index("agree") + 1).value == 7


@pytest.mark.parametrize("name", ["csv", "jsonl", "ods"])
def test_memory_does_not_grow_with_the_rows(name):
    def many(number):
        yield from HEAD
        yield Person(key="p")
        yield Proposal(key="o", theme_key="t")
        yield Stance(target_key="o", person_key="p", value="agree")
        for rank in range(number):
            yield Argument(key=f"g{rank}", parent_key="o", side="for", body="Parce que. " * 30)

    def peak(number):
        tracemalloc.start()
        for _ in formats.exporters()[name].chunks(many(number)):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(24_000) < peak(6_000) + 1_500_000


def test_the_first_bytes_of_the_csv_do_not_wait_for_the_records():
    def never():
        raise AssertionError("a record was drawn")
        yield HEAD[0]

    assert next(iter(csv_zip.chunks(never()))).startswith(b"PK")
