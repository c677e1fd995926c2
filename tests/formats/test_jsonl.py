import io
import json
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings

from consult import formats
from consult.formats import jsonl
from consult.formats.records import Consultation, Theme
from consult.formats.report import FormatError, Limits, Report

from .streams import by_type, checks, drawn, streams

HEAD = Consultation(key="c", title="Une consultation")
THEME = Theme(key="t", number=1, label="I", title="Diagnostic")


def file_of(tmp_path, records):
    path = tmp_path / "export.jsonl"
    path.write_bytes(b"".join(jsonl.chunks(records)))
    return path


def by_hand(tmp_path, *lines):
    path = tmp_path / "hand.jsonl"
    head = b'{"type":"consultation","key":"c","title":"T"}'
    path.write_bytes(b"\n".join([head, *lines]) + b"\n")
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(records=streams())
def test_everything_comes_back_as_it_was(tmp_path, records):
    again, report = drawn("jsonl", file_of(tmp_path, records))

    assert report.quarantined == []
    assert again == records
    assert all(declared == found for declared, found in checks(report).values())


def test_a_true_value_is_not_taken_for_one(tmp_path):
    path = by_hand(tmp_path, b'{"type":"answer","key":"a","value":true}')

    (_, answer), _ = drawn("jsonl", path)

    assert answer.value is True


def test_each_line_is_an_object_with_its_type(tmp_path):
    lines = file_of(tmp_path, [HEAD, THEME]).read_text().splitlines()

    assert [json.loads(line)["type"] for line in lines] == ["consultation", "theme", "end"]


def test_the_end_holds_the_digest_of_the_lines_before_it(tmp_path):
    lines = file_of(tmp_path, [HEAD, THEME]).read_bytes().splitlines(keepends=True)

    assert json.loads(lines[-1])["sha256"] == sha256(b"".join(lines[:-1])).hexdigest()


def test_the_licence_of_a_file_is_not_a_fact_of_its_consultation(tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_bytes(b"".join(jsonl.chunks([HEAD, THEME], "Licence Ouverte 2.0")))

    assert drawn("jsonl", path)[0] == [HEAD, THEME]


@pytest.mark.parametrize("left", [1, 40, 75, 130, -2, -5])
def test_a_file_cut_anywhere_is_refused(tmp_path, left):
    path = file_of(tmp_path, [HEAD, THEME])
    whole = path.read_bytes()
    path.write_bytes(whole[:left])

    with pytest.raises(FormatError):
        drawn("jsonl", path)


def test_a_file_cut_between_two_lines_is_refused(tmp_path):
    path = file_of(tmp_path, [HEAD, THEME])
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    with pytest.raises(FormatError, match="cut"):
        drawn("jsonl", path)


@pytest.mark.parametrize("start", [b"", b"{}\n", b'{"type":"theme"}\n', b"id;title\n1;a\n"])
def test_a_file_without_its_first_line_is_refused(tmp_path, start):
    path = tmp_path / "x.jsonl"
    path.write_bytes(start)

    with pytest.raises(FormatError, match="consultation is missing"):
        drawn("jsonl", path)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"type":"person","key":' + b"9" * 5_000 + b"}", "not-json"),
        (b'{"type":"person","key":NaN}', "not-json"),
        (b'{"type":"person","key":"p","key":"q"}', "not-json"),
        (b'"person"', "not-json"),
        (b'{"type":"vote","key":"x"}', "unknown-type"),
        (b'{"type":["person"],"key":"x"}', "unknown-type"),
        (b'{"type":"person","key":"x","email":"a@b.fr"}', "unknown-field"),
        (b'{"type":"person"}', "missing-field"),
        (b'{"type":"person","key":""}', "missing-field"),
        (b'{"type":"person","key":7}', "missing-field"),
        (b'{"type":"person","key":"a\\u0000b"}', "nul"),
        (b'{"type":"person","key":"\\ud800"}', "not-text"),
        (b'{"type":"person","key":"\xff\xfe"}', "not-text"),
        (b'{"type":"person","key":"' + b"x" * 201 + b'"}', "too-long"),
        (b'{"type":"proposal","key":"x","theme_key":"nowhere"}', "parent-missing"),
        (b'{"type":"proposal","key":"x","agree":2147483648}', "out-of-range"),
        (b'{"type":"proposal","key":"x","agree":-1}', "out-of-range"),
        (b'{"type":"proposal","key":"x","agree":true}', "missing-field"),
        (b'{"type":"proposal","key":"x","state":"lost"}', "unknown-value"),
        (b'{"type":"proposal","key":"x","created_at":"2015-10-18T10:00:00"}', "not-a-date"),
        (b'{"type":"proposal","key":"x","created_at":1445162400}', "not-a-date"),
        (b'{"type":"proposal","key":"x","signature":{"as":"king"}}', "unknown-value"),
        (b'{"type":"proposal","key":"x","signature":"me"}', "missing-field"),
        (b'{"type":"answer","key":"x","question_keys":"q"}', "missing-field"),
        (b'{"type":"answer","key":"x","value":{"a":["\\u0000"]}}', "nul"),
        (b'{"type":"consultation","key":"d","title":"T"}', "key-twice"),
        (b'{"type":"proposal","key":"x","number":"1"}', "missing-field"),
        (b'{"type":"proposal","key":"x","created_at":"1815-06-18T10:00:00Z"}', "not-a-date"),
        (b'{"type":"proposal","key":"x","signature":{"as":"name","text":1}}', "missing-field"),
        (b'{"type":"answer","key":"x","value":[9007199254740993]}', "out-of-range"),
        (b'{"type":"end","records":["person"]}', "missing-field"),
    ],
)
def test_a_faulty_line_is_quarantined_and_the_rest_goes_in(tmp_path, line, code):
    path = by_hand(tmp_path, "{\"type\":\"person\",\"key\":\"éèà\"}".encode(), line,
                   b'{"type":"person","key":"last"}')  # fmt: skip

    records, report = drawn("jsonl", path)

    assert [(q.line, q.code, q.file) for q in report.quarantined] == [(3, code, "hand.jsonl")]
    assert [person.key for person in by_type(records, "person")] == ["éèà", "last"]
    assert report.quarantined[0].reason.endswith(".")


def test_an_empty_line_and_an_empty_date_are_nothing(tmp_path):
    line = b'{"type":"person","key":"p"}'
    undated = b'{"type":"answer","key":"a","created_at":null}'

    records, report = drawn("jsonl", by_hand(tmp_path, b"", line, b"  ", undated))

    assert report.quarantined == []
    assert [record.key for record in records] == ["c", "p", "a"]
    assert records[2].created_at is None


def test_nothing_comes_after_the_end(tmp_path):
    path = file_of(tmp_path, [HEAD, THEME])
    path.write_bytes(path.read_bytes() + b'{"type":"person","key":"p"}\n')

    with pytest.raises(FormatError, match=r"export\.jsonl"):
        drawn("jsonl", path)


def test_a_key_given_twice_is_quarantined(tmp_path):
    line = b'{"type":"person","key":"p"}'

    records, report = drawn("jsonl", by_hand(tmp_path, line, line))

    assert report.read["person"] == 1
    assert [q.code for q in report.quarantined] == ["key-twice"]


def test_a_bom_and_cp1252_are_read(tmp_path):
    line = '{"type":"person","key":"p","name":"Élodie"}'
    path = by_hand(tmp_path, line.encode("cp1252"))
    assert by_type(drawn("jsonl", path)[0], "person")[0].name == "Élodie"

    path.write_bytes(b"\xef\xbb\xbf" + by_hand(tmp_path, line.encode()).read_bytes())
    assert by_type(drawn("jsonl", path)[0], "person")[0].name == "Élodie"


def test_too_many_faults_refuse_the_file(tmp_path):
    report = Report(Limits(quarantined=3))

    with pytest.raises(FormatError, match="right format"):
        drawn("jsonl", by_hand(tmp_path, *[b"{"] * 4), report=report)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = by_hand(tmp_path)
    with path.open("r+b") as file:
        file.truncate(100_000_000)

    with pytest.raises(FormatError, match="larger than"):
        drawn("jsonl", path)


def test_a_line_without_end_is_refused(tmp_path):
    with pytest.raises(FormatError, match="Line 2"):
        drawn("jsonl", by_hand(tmp_path, b"x" * 5_000_000))


def test_write_gives_the_same_bytes_as_the_stream():
    out = io.BytesIO()

    formats.write("jsonl", [HEAD, THEME], out)

    assert out.getvalue() == b"".join(jsonl.chunks([HEAD, THEME]))
