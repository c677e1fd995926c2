"""import and export, as a technical administrator runs them."""

import json

import pytest

LINES = [
    {"type": "consultation", "key": "c", "title": "Un forum"},
    {"type": "theme", "key": "t", "number": 1, "label": "I", "title": "Diagnostic"},
    {"type": "question", "key": "q", "theme_key": "t", "number": 1, "wording": "Que faire ?"},
    {"type": "answer", "key": "a", "question_keys": ["q"], "body": "Une carte vivante."},
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "forum.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


def test_the_report_says_what_was_done(report, file):
    first = report("jsonl", file)
    assert first["slug"] == "un-forum"
    assert first["created"] == {"theme": 1, "question": 1, "answer": 1}
    second = report("jsonl", file)
    assert second["created"] == second["updated"] == {}
    assert second["unchanged"] == {"theme": 1, "question": 1, "answer": 1}


def test_a_dry_run_writes_nothing(report, file):
    assert report("jsonl", file, "--dry-run")["created"]["answer"] == 1
    assert report("jsonl", file)["created"]["answer"] == 1


def test_a_title_of_ones_own(report, file):
    assert report("jsonl", file, "--title", "Autre titre")["slug"] == "autre-titre"


def test_a_faulty_record_is_set_aside_and_the_rest_goes_in(report, file):
    with file.open("a") as out:
        out.write('{"type": "answer", "key": "b", "question_keys": ["nowhere"], "body": "x"}\n')
        out.write("this is not json\n")
    seen = report("jsonl", file)
    assert [entry["line"] for entry in seen["quarantined"]] == [5, 6]
    assert seen["created"]["answer"] == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a;b;c\n1;2;3\n"])
def test_a_faulty_file_changes_nothing(consult, tmp_path, content):
    path = tmp_path / "bad"
    path.write_bytes(content)
    refused = consult("import", "jsonl", path, status=1)
    assert refused.stderr.count("\n") == 1
    consult("export", "un-forum", "--as", "csv", "--out", tmp_path / "o", status=1)


@pytest.mark.realdata
def test_a_file_cut_in_the_middle_changes_nothing(consult, tmp_path, shared):
    whole = shared / "data/republique-numerique/opinions.tar.gz"
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(whole.read_bytes()[:400_000])
    assert "cut" in consult("import", "cap-collectif-json", path, status=1).stderr
    assert (
        "is no consultation"
        in consult(
            "export", "projet-de-loi-numerique", "--as", "csv", "--out", tmp_path / "o", status=1
        ).stderr
    )


def test_the_report_is_printed_in_lines(consult, file):
    with file.open("a") as out:
        out.write("this is not json\n")
    seen = consult("import", "jsonl", file).stdout.splitlines()
    assert seen == [
        "jsonl -> /consultations/un-forum",
        "read: 1 theme, 1 question, 1 answer",
        "created: 1 theme, 1 question, 1 answer",
        "updated: nothing",
        "unchanged: nothing",
        "quarantined: forum.jsonl:5: This is not JSON: Expecting value.",
    ]


def test_what_the_file_declares_is_printed_beside_what_was_found(consult, file, tmp_path):
    consult("import", "jsonl", file)
    out = tmp_path / "out.jsonl"
    consult("export", "un-forum", "--as", "jsonl", "--out", out)
    assert "declared 1, found 1" in consult("import", "jsonl", out).stdout


def test_wrong_usage_is_2(consult, file):
    consult("import", "nothing", file, status=2)
    consult("import", "jsonl", status=2)
    consult("export", "x", "--as", "nothing", "--out", "y", status=2)


def test_into_a_consultation_that_is_not_there(consult, file):
    assert "ailleurs" in consult("import", "jsonl", file, "--into", "ailleurs", status=1).stderr


def test_an_export_is_read_back(consult, report, file, tmp_path):
    report("jsonl", file)
    out = tmp_path / "out.jsonl"
    consult("export", "un-forum", "--as", "jsonl", "--out", out)
    assert report("jsonl", out)["created"] == {"theme": 1, "question": 1, "answer": 1}
    consult("export", "un-forum", "--as", "csv", "--out", tmp_path / "no" / "folder", status=1)
