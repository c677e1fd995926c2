"""Faulty rows and files of Cap Collectif's table."""

import pytest

from consult.formats.report import FormatError, Limits, Report

from .rows import ARGUMENT, KIND, OPINION, file_of, text_of, vote
from .streams import by_type, drawn


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "poll"}, "unknown-type"),
        ({"contributions_arguments_id": ""}, "missing-field"),
        ({"contributions_arguments_id": "a1"}, "key-twice"),
        ({"contributions_arguments_type": "MAYBE"}, "unknown-value"),
        ({"contributions_arguments_related_id": "o9"}, "parent-missing"),
        ({"contributions_votes_value": "YES"}, "shifted"),
        ({"contributions_arguments_body": "a\x00b"}, "nul"),
    ],
)
def test_a_faulty_row_is_quarantined_with_its_line(tmp_path, changes, code):
    faulty = ARGUMENT | {"contributions_arguments_id": "a2"} | changes
    path = file_of(tmp_path, OPINION, ARGUMENT, faulty, vote("u2"))

    records, report = drawn(KIND, path)

    assert [(q.line, q.code) for q in report.quarantined] == [(4, code)]
    assert len(by_type(records, "stance")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contributions_votes_value": "PERHAPS"}, "unknown-value"),
        ({"contributions_votes_createdAt": "31/31/2019 10:00"}, "not-a-date"),
    ],
)
def test_a_faulty_vote_stays_in_the_counters(tmp_path, changes, code):
    records, report = drawn(KIND, file_of(tmp_path, OPINION, vote("u2", **changes)))

    assert [(q.line, q.code) for q in report.quarantined] == [(3, code)]
    assert by_type(records, "proposal")[0].agree == 6


def test_short_rows_are_padded_and_long_ones_quarantined(tmp_path):
    lines = text_of(OPINION, ARGUMENT, vote("u2")).splitlines()
    lines[2] = lines[2].rstrip(";")
    lines[3] += ";;"

    records, report = drawn(KIND, file_of(tmp_path, raw="\r\n".join([*lines, ""]).encode()))

    assert len(by_type(records, "argument")) == 1
    assert [(q.line, q.code) for q in report.quarantined] == [(4, "columns-over")]


def test_a_wrong_byte_faults_its_row_only(tmp_path):
    raw = text_of(OPINION, ARGUMENT, vote("u2")).encode().replace(b"Trop cher", b"Trop \xff cher")

    records, report = drawn(KIND, file_of(tmp_path, raw=raw))

    assert [q.code for q in report.quarantined] == ["not-text"]
    assert len(by_type(records, "stance")) == 1


@pytest.mark.parametrize("cut", [b'"', b"Trop", b"AGAINST"])
def test_a_cut_file_is_refused(tmp_path, cut):
    whole = text_of(OPINION, ARGUMENT).encode()
    path = file_of(tmp_path, raw=whole[: whole.index(cut, whole.index(b"argument;")) + 4])

    with pytest.raises(FormatError, match="cut"):
        drawn(KIND, path)


def test_a_file_cut_inside_a_letter_is_refused(tmp_path):
    whole = text_of(OPINION).encode()

    with pytest.raises(FormatError, match="cut"):
        drawn(KIND, file_of(tmp_path, raw=whole[: whole.index("é".encode()) + 1]))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "type is missing"),
        (b"a;b;c\r\n1;2;3\r\n", "type is missing"),
        (b"PK\x03\x04" + bytes(500), "not text"),
        (b"type;contributions_id;contributions_id\r\n", "same name"),
        (b"type;" + b"x;" * 1_000_000 + b"\r\n", "more than 500 columns"),
        (b"type;contributions_id\r\n", "nothing"),
        (b'"type" x;contributions_id\r\nopinion;o1\r\n', "type is missing"),
        ("type;contributions_id\r\n".encode("utf-16")[:-1], "cut"),
        ("type;contributions_id\r\n".encode("utf-16") + b"\x00\xdc\x00\x00", "not text"),
        (b'type;contributions_id\r\nopinion;"' + b"a\n" * 600_000, "not closed"),
        (b"type;contributions_id\r\n" + b"x" * 4_100_000, "longer than"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, raw, message):
    with pytest.raises(FormatError, match=message):
        drawn(KIND, file_of(tmp_path, raw=raw))


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(FormatError, match="does not exist"):
        drawn(KIND, tmp_path / "nowhere.csv")


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = file_of(tmp_path, OPINION)
    with path.open("r+b") as file:
        file.truncate(100_000_000)

    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, path)
    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, file_of(tmp_path, OPINION), report=Report(Limits(file=10)))


def test_what_hangs_on_a_faulty_section_stays_out_with_it(tmp_path):
    faulty = {"contributions_id": "o2", "contributions_section_title": "4. Le\x00reste"}

    records, report = drawn(KIND, file_of(tmp_path, OPINION, OPINION | faulty))

    assert [t.number for t in by_type(records, "theme")] == [3]
    assert [p.key for p in by_type(records, "proposal")] == ["opinion:o1"]
    assert [q.code for q in report.quarantined] == ["nul", "nul"]


def test_a_row_with_stray_quotes_is_quarantined(tmp_path):
    raw = text_of(OPINION, ARGUMENT, vote("u2")).replace('"Trop cher; trop"', '"Trop" cher')

    records, report = drawn(KIND, file_of(tmp_path, raw=raw.encode()))

    assert [(q.line, q.code) for q in report.quarantined] == [(3, "bad-quotes")]
    assert len(by_type(records, "stance")) == 1
