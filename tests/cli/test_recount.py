"""consult recount: the published file of a vote, counted again from the command line."""

import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from consult.domain import ballots, recount


@pytest.fixture
def file(tmp_path):
    about = {
        "poll": {"id": "p"}, "kind": "yes_no", "paper": ballots.kind("yes_no").paper(()),
        "rule": "majority", "quorum": "half", "electors": 3,
    }  # fmt: skip
    cast = [{"id": str(n), "receipt": f"r{n}", "ballot": ["yes"]} for n in range(2)]
    path = tmp_path / "vote.json"
    path.write_text(recount.written(recount.counted(about, cast)))
    return path


def run(*words):
    return CliRunner().invoke(main, ["recount", *map(str, words)])


def test_a_file_is_counted_again(file):
    done = run(file)
    assert done.exit_code == 0
    report = json.loads(done.output)
    assert report["result"] == {"counts": {"yes": 2, "no": 0}}
    assert report["digest"] == recount.digest(file.read_text())


def test_what_cannot_be_counted_is_one_sentence(file, tmp_path):
    other = tmp_path / "other.json"
    for content in (b"{}", b"\xff\xfe", file.read_bytes().replace(b'"yes"\n', b'"no"\n', 1)):
        other.write_bytes(content)
        done = run(other)
        assert (done.exit_code, done.output.count("\n")) == (1, 1), done.output
        assert "other.json" in done.output
    assert run(tmp_path / "none.json").exit_code == 1
    assert run(tmp_path).exit_code == 1
    assert run().exit_code == 2
