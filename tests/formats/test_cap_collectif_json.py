import gzip

import pytest

from consult.formats.report import FormatError, Limits, Report

from .opinions import archive, argument, bytes_of
from .streams import by_type, checks, drawn

KIND = "cap-collectif-json"


def test_a_proposal_keeps_its_text_author_counters_and_explanation(tmp_path):
    records, report = drawn(KIND, archive(tmp_path, {"1.json": bytes_of()}))

    (proposal,) = by_type(records, "proposal")
    assert proposal.body == "Un.\n\nDeux !"
    assert proposal.explanation == "Pourquoi"
    assert proposal.signature.text == "contributeur-1"
    assert (proposal.agree, proposal.mixed, proposal.disagree) == (5, 2, 1)
    assert proposal.created_at.isoformat() == "2015-10-18T22:15:08+02:00"
    (theme,) = by_type(records, "theme")
    assert (theme.key, theme.label, theme.title) == ("section:86", "Section 1", "Données")
    assert records[0].slug_hint == "projet-de-loi"
    assert checks(report)["opinions-one-by-one"] == (8, 1)
    assert checks(report)["amendments"] == (3, 0)


def test_what_was_typed_in_a_plain_field_is_not_markup(tmp_path):
    records, _ = drawn(KIND, archive(tmp_path, {"1.json": bytes_of()}))

    assert by_type(records, "argument")[0].body == "Oui\ncar <nom de famille>."


def test_a_broken_file_is_quarantined_with_its_name_and_line(tmp_path):
    files = {
        "1.json": bytes_of(),
        "2.json": b'{\n"opinion":\n',
        "3.json": b"",
        "4.json": b"\xff",
        "5.json": b"[]",
        "6.json": bytes_of(6, votes_ok="many"),
        "7.json": bytes_of(7, title="a\x00b"),
        "8.json": bytes_of(1),
        "readme.txt": b"Bonjour",
        "9.json": b"[" * 200_000,
    }

    records, report = drawn(KIND, archive(tmp_path, files))

    assert [(q.file, q.line, q.code) for q in report.quarantined] == [
        ("opinions/2.json", 3, "not-json"),
        ("opinions/3.json", 1, "empty"),
        ("opinions/4.json", 1, "not-text"),
        ("opinions/5.json", 1, "missing-field"),
        ("opinions/6.json", 1, "not-a-number"),
        ("opinions/7.json", 1, "nul"),
        ("opinions/8.json", 1, "key-twice"),
        ("opinions/readme.txt", 1, "not-a-json-file"),
        ("opinions/9.json", 1, "not-json"),
    ]
    assert len(by_type(records, "proposal")) == 1


def test_a_faulty_argument_does_not_keep_its_proposal_out(tmp_path):
    things = [argument(1, type=7), argument(2), "no", argument(2)]
    path = archive(tmp_path, {"1.json": bytes_of(arguments=things)})

    records, report = drawn(KIND, path)

    assert [a.key for a in by_type(records, "argument")] == ["argument:2"]
    assert [q.code for q in report.quarantined] == ["unknown-value", "missing-field", "key-twice"]
    assert checks(report)["proposals-agreeing"] == (1, 1)


def test_counters_that_lie_are_said(tmp_path):
    path = archive(tmp_path, {"1.json": bytes_of(arguments_count=9, votes_total=80)})

    _, report = drawn(KIND, path)

    assert checks(report)["arguments"] == (9, 1)
    assert checks(report)["opinions"] == (80, 8)
    assert checks(report)["proposals-agreeing"] == (1, 0)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_cut_archive_is_refused_before_anything_is_given(tmp_path, share):
    path = archive(tmp_path, {f"{n}.json": bytes_of(n) for n in range(1, 200)})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    given = []

    with pytest.raises(FormatError):
        given.extend(drawn(KIND, path)[0])

    assert given == []


@pytest.mark.parametrize("left", [3_000, "2.json", "2.json header"])
def test_a_cut_plain_tar_is_refused(tmp_path, left):
    path = archive(tmp_path, {"1.json": bytes_of(), "2.json": bytes_of(2)})
    whole = gzip.decompress(path.read_bytes())
    second = whole.index(b"opinions/2.json")
    tar = tmp_path / "opinions.tar"
    tar.write_bytes(whole[: {"2.json": second, "2.json header": second + 99}.get(left, left)])

    with pytest.raises(FormatError, match="cut"):
        drawn(KIND, tar)


def test_a_damaged_archive_is_refused(tmp_path):
    path = archive(tmp_path, {f"{n}.json": bytes_of(n) for n in range(1, 50)})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)

    with pytest.raises(FormatError):
        drawn(KIND, path)


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path):
    path = archive(tmp_path, {"1.json": bytes_of(), "2.json": b" " * 3_000_000})

    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, path, report=Report(Limits(unpacked=1_000_000)))


def test_a_file_of_the_archive_that_is_too_large_is_quarantined(tmp_path):
    path = archive(tmp_path, {"1.json": bytes_of(), "2.json": b" " * 30_000})

    records, report = drawn(KIND, path, report=Report(Limits(member=20_000)))

    assert [q.code for q in report.quarantined] == ["member-too-large"]
    assert len(by_type(records, "proposal")) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"Bonjour", b"\x1f\x8b"])
def test_what_is_not_an_archive_of_opinions_is_refused(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_bytes(content)

    with pytest.raises(FormatError):
        drawn(KIND, path)


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(FormatError, match="does not exist"):
        drawn(KIND, tmp_path / "nowhere.tar.gz")


def test_a_folder_and_a_file_are_read_like_the_archive(tmp_path):
    folder = tmp_path / "opinions"
    folder.mkdir()
    (folder / "1.json").write_bytes(bytes_of())

    expected, _ = drawn(KIND, archive(tmp_path, {"1.json": bytes_of()}))

    assert drawn(KIND, folder)[0] == expected
    assert drawn(KIND, folder / "1.json")[0] == expected


def test_of_a_folder_only_its_own_files_are_read(tmp_path):
    folder = tmp_path / "opinions"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "1.json").write_bytes(bytes_of())
    (folder / "2.json").write_bytes(bytes_of(2) + b" " * 30_000)
    elsewhere = tmp_path / "3.json"
    elsewhere.write_bytes(bytes_of(3))
    (folder / "3.json").symlink_to(elsewhere)

    records, report = drawn(KIND, folder, report=Report(Limits(member=20_000)))

    assert [p.key for p in by_type(records, "proposal")] == ["opinion:1"]
    assert [(q.file, q.code) for q in report.quarantined] == [("2.json", "member-too-large")]


def test_a_file_over_the_limit_is_refused(tmp_path):
    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, archive(tmp_path, {"1.json": bytes_of()}), report=Report(Limits(file=10)))


def test_a_damaged_plain_tar_is_refused(tmp_path):
    path = archive(tmp_path, {"1.json": bytes_of(), "2.json": bytes_of(2)})
    data = bytearray(gzip.decompress(path.read_bytes()))
    second = data.index(b"opinions/2.json")
    data[second : second + 4] = b"xxxx"
    tar = tmp_path / "opinions.tar"
    tar.write_bytes(data)

    with pytest.raises(FormatError, match=r"opinions\.tar"):
        drawn(KIND, tar)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"created_at": 1_445_162_400}, "not-a-date"),
        ({"created_at": "le 18 octobre"}, "not-a-date"),
        ({"votes_ok": True}, "not-a-number"),
        ({"votes_nok": 1.5}, "not-a-number"),
        ({"votes_ok": float("nan")}, "not-json"),
    ],
)
def test_a_value_that_is_none_is_quarantined(tmp_path, changes, code):
    path = archive(tmp_path, {"1.json": bytes_of(), "2.json": bytes_of(2, **changes)})

    records, report = drawn(KIND, path)

    assert [(q.file, q.code) for q in report.quarantined] == [("opinions/2.json", code)]
    assert len(by_type(records, "proposal")) == 1


def test_what_hangs_on_a_faulty_section_or_author_stays_out_with_it(tmp_path):
    section = {"id": 87, "title": "Section\x00", "subtitle": ""}
    author = {"uniqueId": "c\x00", "displayName": "c"}
    files = {
        "1.json": bytes_of(),
        "2.json": bytes_of(2, type=section),
        "3.json": bytes_of(3, author=author),
    }

    records, report = drawn(KIND, archive(tmp_path, files))

    assert [p.key for p in by_type(records, "proposal")] == ["opinion:1"]
    assert len(by_type(records, "theme")) == 1
    assert [(q.file, q.code) for q in report.quarantined] == [
        ("", "nul"),
        ("opinions/2.json", "parent-missing"),
        ("opinions/3.json", "nul"),
        ("opinions/3.json", "nul"),
    ]


@pytest.mark.realdata
def test_the_consultation_of_2015_is_read_whole(shared):
    path = shared / "data" / "republique-numerique" / "opinions.tar.gz"

    records, report = drawn(KIND, path)

    proposals, arguments = by_type(records, "proposal"), by_type(records, "argument")
    assert len(proposals) == 696
    assert len(by_type(records, "theme")) == 18
    assert len(arguments) == 3_994
    assert sum(a.side == "for" for a in arguments) == 1_960
    assert len(by_type(records, "source")) == 326
    assert sum(p.agree for p in proposals) == 71_940
    assert sum(p.mixed for p in proposals) == 5_947
    assert sum(p.disagree for p in proposals) == 10_735
    assert sum(p.state == "withdrawn" for p in proposals) == 4
    assert by_type(records, "stance") == []
    assert len(report.quarantined) == 26
    assert {q.code for q in report.quarantined} == {"empty"}
    assert "opinions/117.json" in {q.file for q in report.quarantined}
    assert not any("</" in p.body or "<p" in p.body for p in proposals)
    assert checks(report) == {
        "arguments": (3_994, 3_994),
        "arguments-for": (1_960, 1_960),
        "arguments-against": (2_034, 2_034),
        "sources": (326, 326),
        "amendments": (1_389, 0),
        "opinions": (88_622, 88_622),
        "opinions-agree": (71_940, 71_940),
        "opinions-mixed": (5_947, 5_947),
        "opinions-disagree": (10_735, 10_735),
        "opinions-one-by-one": (88_622, 3_171),
        "proposals-agreeing": (696, 696),
        "definitions": (52, 0),
    }
