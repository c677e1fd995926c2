"""The OpenDocument spreadsheet: what a program that opens it reads."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given, settings

from consult.formats import layout, ods
from consult.formats.records import Argument, Consultation, Proposal, Theme

from .streams import streams
from .test_exports import RISKY

HEAD = [Consultation(key="c", title="T"), Theme(key="t", number=1, label="I", title="Un")]
OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)


def archive(records):
    return zipfile.ZipFile(io.BytesIO(b"".join(ods.chunks(records))))


def written(cell):
    """The text of a cell, its spaces, tabs and lines as a program shows them."""
    return "\n".join(line(paragraph) for paragraph in cell.iter(f"{TEXT}p"))


def line(paragraph):
    parts = [paragraph.text or ""]
    for child in paragraph:
        tab = child.tag == f"{TEXT}tab"
        parts += ["\t" if tab else " " * int(child.get(f"{TEXT}c"))]
        parts.append(child.tail or "")
    return "".join(parts)


def sheets(records):
    root = ET.fromstring(archive(records).read("content.xml"))
    return {
        table.get(f"{TABLE}name"): [
            [written(cell) for cell in row.iter(f"{TABLE}table-cell")]
            for row in table.iter(f"{TABLE}table-row")
        ]
        for table in root.iter(f"{TABLE}table")
    }


def column(kind, name):
    return list(layout.LAYOUTS[kind].columns).index(name)


def test_it_is_what_its_first_bytes_say():
    found = archive(HEAD)
    first = found.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert found.read("mimetype").decode() == ods.MEDIA_TYPE
    assert found.testzip() is None
    named = ET.fromstring(found.read("META-INF/manifest.xml"))
    paths = [value for entry in named for key, value in entry.items() if key.endswith("full-path")]
    assert paths == ["/", "content.xml"]


@pytest.mark.parametrize("text", [*RISKY, "a  b ", " a\n\n b\t", "<b>&amp;\"'", "é\U0001f600"])
def test_a_text_is_no_formula_and_is_read_back_as_it_was(text):
    records = [*HEAD, Proposal(key="o", theme_key="t", title=text)]
    assert b"formula" not in archive(records).read("content.xml")
    row = sheets(records)["proposals"][1]
    assert row[column("proposal", "title")] == text.replace("\r", "\n")


def test_a_character_that_xml_cannot_hold_is_marked():
    records = [*HEAD, Proposal(key="o", theme_key="t", title="a\x07b\ufffe")]
    assert sheets(records)["proposals"][1][column("proposal", "title")] == "a\ufffdb\ufffd"


def test_numbers_are_numbers():
    content = archive([*HEAD, Proposal(key="o", theme_key="t", agree=7)]).read("content.xml")
    cells = ET.fromstring(content).iter(f"{TABLE}table-cell")
    values = [c.get(f"{OFFICE}value") for c in cells if c.get(f"{OFFICE}value-type") == "float"]
    assert "7" in values


@settings(max_examples=25)
@given(records=streams())
def test_every_record_has_its_row_under_its_header(records):
    found = sheets(records)
    assert set(found) == {plan.name for plan in layout.LAYOUTS.values()} | {"dictionary"}
    for record in records:
        if plan := layout.LAYOUTS.get(record.type):
            assert found[plan.name][0] == plan.header
            assert len(found[plan.name]) == 2


def test_a_table_too_long_goes_on_in_another_sheet(monkeypatch):
    monkeypatch.setattr(ods, "ROWS", 3)
    said = [Argument(key=f"g{rank}", parent_key="o", side="for", body="x") for rank in range(5)]
    found = sheets([*HEAD, Proposal(key="o", theme_key="t"), *said])
    assert [len(found[name]) for name in ("arguments", "arguments 2", "arguments 3")] == [3, 3, 2]
    assert [row[0] for row in found["arguments 3"]] == ["key", "g4"]
