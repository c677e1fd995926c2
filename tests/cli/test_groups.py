"""consult groups, as someone who reads a map of opinions again runs it."""

import csv
import json
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult.cli import main

HEADER = "participant,statement,vote"


@pytest.fixture
def run(tmp_path):
    def call(rows, *words, status=0, groups=None):
        path = tmp_path / "votes.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        if groups is not None:
            given = tmp_path / "groups.csv"
            given.write_text("\n".join(["participant,group", *groups]) + "\n")
            words = ("--groups", str(given), *words)
        result = CliRunner().invoke(main, ["groups", *words, str(path)])
        assert result.exit_code == status, (result.output, result.exception)
        return json.loads(result.output) if status == 0 else result.stderr

    return call


def test_the_groups_given_are_taken(run):
    rows = ["a,1,1", "b,1,-1", "c,1,0", "d,1,1", "a,1,1"]
    found = run(rows, groups=["a,oui", "b,non", "c,non", "z,oui"])
    assert found["groups"] == {"a": "oui", "b": "non", "c": "non"}
    assert found["fragile"]
    one = found["statements"]["1"]
    assert [one[name] for name in ("seen", "agree", "disagree", "pass")] == [4, 2, 1, 1]
    assert math.isclose(one["consensus"], (2 / 3) * (1 / 4))
    assert one["by_group"]["non"] == {
        "seen": 2,
        "agree": 0,
        "disagree": 1,
        "representativeness": (2 / 4) / (1 / 3),
        "side": "disagree",
    }
    assert set(found["typical"]) == {"oui", "non"}


def test_two_crowds_are_told_apart(run):
    rows = [f"p{p},s{s},{1 if p % 2 else -1}" for p in range(60) for s in range(8)]
    found = run(rows)
    sides = defaultdict(set)
    for person, group in found["groups"].items():
        sides[group].add(int(person[1:]) % 2)
    assert sorted(map(sorted, sides.values())) == [[0], [1]]
    assert not found["fragile"]
    assert sorted(found["typical"]["0"]) == [f"s{s}" for s in range(8)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["a,1,2"], "votes.csv:2: The field vote holds 2, which is not known."),
        ([], "votes.csv: The file holds nothing that this format knows."),
    ],
)
def test_a_faulty_file_is_told_in_one_sentence(run, rows, said):
    assert run(rows, status=1).strip() == said


def test_without_the_extra_the_command_says_what_to_install(tmp_path):
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError('numpy')\n")
    done = subprocess.run(
        [sys.executable, "-m", "consult", "groups", "-"],
        input=HEADER + "\na,1,1\n",
        env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert (
        done.stderr == "This needs the analysis extra: pip install 'consult-platform[analysis]'.\n"
    )


@pytest.mark.realdata
@pytest.mark.parametrize(
    "name",
    ["15-per-hour-seattle", "brexit-consensus", "london.youth.policing", "scoop-hivemind.ubi"],
)
def test_polis_conversations_with_their_published_groups(run, name, shared):
    """Every statement: its counts, and the consensus that follows from the published groups."""
    folder = shared / "data/polis" / name
    with (folder / "votes.csv").open() as source:
        votes = [(r["voter-id"], r["comment-id"], int(r["vote"])) for r in csv.DictReader(source)]
    with (folder / "participants-votes.csv").open() as source:
        group = {r["participant"]: r["group-id"] for r in csv.DictReader(source) if r["group-id"]}
    rows = [f"{person},{statement},{vote}" for person, statement, vote in votes]
    found = run(rows, groups=[f"{person},{side}" for person, side in group.items()])
    last = {(person, statement): vote for person, statement, vote in votes}
    sides = sorted({group[person] for person, _, _ in votes if person in group})
    said = defaultdict(list)
    for (person, statement), vote in last.items():
        said[statement, None].append(vote)
        if person in group:
            said[statement, group[person]].append(vote)
    assert set(found["statements"]) == {statement for _, statement, _ in votes}
    for statement, one in found["statements"].items():
        every = said[statement, None]
        counts = [len(every), every.count(1), every.count(-1), every.count(0)]
        assert [one[key] for key in ("seen", "agree", "disagree", "pass")] == counts
        parts = [said[statement, side] for side in sides]
        shares = [(1 + part.count(1)) / (2 + len(part)) for part in parts]
        assert math.isclose(one["consensus"], math.prod(shares), rel_tol=1e-12)
    again = run(rows)
    assert again == run(rows[::-1] if len(last) == len(votes) else rows)
