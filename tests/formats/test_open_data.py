"""One file for a whole consultation: everything in it, its sums right, in constant memory."""

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile

from hypothesis import given, settings

from consult.domain.cells import recovered
from consult.formats import layout, open_data
from consult.formats.records import Consultation, Proposal, Theme

from .streams import streams

HEAD = [Consultation(key="c", title="T"), Theme(key="t", number=1, label="I", title="Un")]
MORE = {"LICENCE.txt": b"Licence\n", "synthesis.json": b"{}"}


def made(records, more=MORE, expected=3):
    out = io.BytesIO()
    shares = list(open_data.write(iter(records), "une-consultation", more, out, expected=expected))
    assert shares == sorted(shares) and all(0 <= share <= 1 for share in shares)
    archive = zipfile.ZipFile(out)
    assert archive.testzip() is None
    return out.getvalue(), archive, shares


@settings(max_examples=15)
@given(records=streams())
def test_it_holds_the_tables_the_lines_and_what_goes_with_them(records):
    _content, archive, _shares = made(records)
    tables = [f"{plan.name}.csv" for plan in layout.LAYOUTS.values()]
    assert archive.namelist() == [
        "dictionary.csv", *tables, "une-consultation.jsonl", "LICENCE.txt", "synthesis.json",
        "SHA256SUMS",
    ]  # fmt: skip
    for line in archive.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    lines = archive.read("une-consultation.jsonl").decode().strip("\n").split("\n")
    assert json.loads(lines[-1])["type"] == "end" and len(lines) == len(records) + 1
    for record in records:
        if plan := layout.LAYOUTS.get(record.type):
            text = archive.read(f"{plan.name}.csv").decode("utf-8-sig")
            rows = csv.DictReader(io.StringIO(text, newline=""))
            assert record.key in {recovered(row["key"]) for row in rows}


def test_the_same_records_give_the_same_bytes_and_end_at_the_whole():
    first, _archive, shares = made(HEAD)
    assert first == made(HEAD)[0] and shares[-1] == 1.0
    assert made([], more={}, expected=0)[1].namelist()[-1] == "SHA256SUMS"


def test_memory_does_not_grow_with_the_rows():
    class Nowhere(io.RawIOBase):
        def write(self, data):
            return len(data)

    def peak(number):
        def many():
            yield from HEAD
            for rank in range(number):
                yield Proposal(key=f"p{rank}", theme_key="t", body="Parce que. " * 30)

        tracemalloc.start()
        for _ in open_data.write(many(), "x", {}, Nowhere(), expected=number):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(6_000) < peak(3_500) + 1_000_000
