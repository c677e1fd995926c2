"""consult tally, as someone who counts a vote again runs it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from consult.cli import main

FILES = {
    "single": {"ballots": [["A"], ["B"], ["A"]]},
    "approval": {"ballots": [["A"], ["B", "A"], []]},
    "score": {"scale": [0, 10], "ballots": [{"A": 7, "B": 2}, {"A": 8}]},
    "judgment": {"grades": ["bad", "good"], "tallies": [[1, 2], [2, 1]]},
    "ranking": {"ballots": [{"count": 5, "order": ["A", ["B", "Café"]]}, {"order": ["B"]}]},
    "opinion": {"tallies": [[600, 0, 400], [2, 0, 0], [0, 0, 0]]},
    "consent": {"ballots": [{"A": "no_objection", "B": {"objection": "Trop cher"}}]},
}
FOUND = {
    "single": {"counts": {"A": 2, "B": 1, "Café": 0}},
    "approval": {"counts": {"A": 2, "B": 1, "Café": 0}},
    "score": {
        "sums": {"A": 15, "B": 2, "Café": 0},
        "means": {"A": 7.5, "B": 2.0, "Café": None},
    },
    "judgment": {
        "ranks": {"A": 1, "B": 2},
        "medians": {"A": "good", "B": "bad"},
        "order": ["A", "B"],
    },
    "ranking": {
        "ranks": {"A": 1, "B": 2, "Café": 3},
        "order": ["A", "B", "Café"],
        "pairwise": {"A>B": 5, "A>Café": 5, "B>A": 1, "B>Café": 1, "Café>A": 0, "Café>B": 0},
    },
    "consent": {
        "no_objection": {"A": 1, "B": 0, "Café": 0},
        "objections": {"A": [], "B": ["Trop cher"], "Café": []},
        "adopted": {"A": True, "B": False, "Café": False},
    },
}


def options(method):
    return ["A", "B"] if method == "judgment" else ["A", "B", "Café"]


@pytest.fixture
def run(tmp_path):
    """Run the command on a text, bytes or an object; no database is needed."""

    def call(method, content, *, status=0, file=None):
        path = tmp_path / "ballots.json"
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        words = ["tally", "--method", method, str(file or path)]
        result = CliRunner().invoke(main, words, input=path.read_bytes())
        assert result.exit_code == status, (result.output, result.exception)
        assert "Traceback" not in result.output
        if status == 1:
            assert result.stderr.count("\n") == 1 and not result.stdout
        return result

    return call


@pytest.mark.parametrize("method", FOUND)
def test_each_method_prints_its_result(run, method):
    content = {"options": options(method)} | FILES[method]
    for file in (None, "-"):
        said = json.loads(run(method, content, file=file).stdout)
        expected = {"method": method, "options": options(method), "result": FOUND[method]}
        assert said == expected


def test_opinions_by_wilson(run):
    content = {"options": options("opinion")} | FILES["opinion"]
    found = json.loads(run("opinion", content).stdout)["result"]
    assert found["order"] == ["A", "B", "Café"]
    assert found["wilson"]["A"] == pytest.approx(0.56930943, abs=1e-8)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not JSON",
        '{"options": ["A"], "ballots": [["A"]',
        '{"options": ["A"], "ballots": ' + "[" * 200_000,
        '{"options": ["A"], "ballots": ' + "[" * 90_000 + "]" * 90_000 + "}",
        '{"options": ["A"], "options": ["B"], "ballots": []}',
        '{"options": ["A"], "ballots": [' + "9" * 5000 + "]}",
        b"\xff\xfe\x00",
        "[]",
        "3",
        "{}",
        {"options": ["A"]},
        {"options": ["A"], "ballots": {}},
        {"options": ["A", "A"], "ballots": []},
        {"options": [], "ballots": []},
        {"options": "AB", "ballots": []},
        {"options": ["A\0"], "ballots": []},
        '{"options": ["\\ud800"], "ballots": []}',
        {"options": ["A"], "tallies": [[1]]},
    ],
)
def test_one_clear_sentence_on_a_faulty_file(run, content):
    refused = run("single", content, status=1)
    assert refused.stderr.startswith("ballots.json")


@pytest.mark.parametrize(
    ("method", "bad"),
    [
        ("single", '["C"]'),
        ("single", '["A", "B"]'),
        ("single", '"A"'),
        ("approval", '["A", "A"]'),
        ("score", '{"A": 11}'),
        ("score", '{"A": "٣"}'),
        ("score", '{"A": NaN}'),
        ("score", '{"A": 1e999}'),
        ("score", '{"A": 1' + "0" * 30 + "}"),
        ("score", '{"A": 1, "A": 2}'),
        ("judgment", '{"A": "best"}'),
        ("ranking", '{"count": 2, "order": ["A", "Z"]}'),
        ("ranking", '{"count": -2, "order": ["A"]}'),
        ("opinion", '{"A": "yes"}'),
        ("consent", '{"A": {"objection": ""}}'),
    ],
)
def test_a_refused_ballot_is_named_by_its_number(run, method, bad):
    good = '{"count": 1, "order": ["A"]}' if method == "ranking" else "{}"
    good = '["A"]' if method in ("single", "approval") else good
    text = '{"options": ["A", "B"], "scale": [0, 10], "grades": ["bad", "good"], "ballots": '
    refused = run(method, f"{text}[{good}, {bad}]}}", status=1)
    assert refused.stderr.startswith("ballots.json, ballot 2: ")
    run(method, f"{text}[{good}, {good}]}}")


def test_files_that_cannot_be_opened_and_both_at_once(run, tmp_path):
    run("single", "{}", status=1, file=tmp_path)
    run("single", "{}", status=1, file=tmp_path / "absent.json")
    both = {"options": ["A"], "ballots": [], "tallies": [[1, 0, 0]]}
    run("opinion", both, status=1)
    assert "standard input" in run("single", "{", status=1, file="-").stderr


def test_wrong_usage_is_2(run):
    run("lottery", "{}", status=2)
    assert CliRunner().invoke(main, ["tally", "x.json"]).exit_code == 2
    assert CliRunner().invoke(main, ["tally", "--method", "single"]).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("method", ["ranking", "judgment", "approval"])
def test_a_million_ballots(tmp_path, method):
    ballot = {
        "ranking": '{"count": 1, "order": ["B", ["A", "C"]]}',
        "judgment": '{"A": "good", "B": "bad"}',
        "approval": '["C", "A"]',
    }[method]
    path = tmp_path / "ballots.json"
    with path.open("w") as out:
        out.write('{"options": ["A", "B", "C"], "grades": ["bad", "good"], "ballots": [')
        out.write(",\n".join([ballot] * 1_000_000) + "]}")
    command = [sys.executable, "-m", "consult", "tally", "--method", method, path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["result"]
    if method == "ranking":
        assert found["pairwise"]["B>A"] == 1_000_000 and found["order"][0] == "B"
    elif method == "judgment":
        assert found["order"] == ["A", "B", "C"]
    else:
        assert found["counts"] == {"A": 1_000_000, "B": 0, "C": 1_000_000}
