"""consult split, as an accountant who makes a split again runs it."""

import json
import os
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from consult import i18n
from consult.cli import main
from consult.i18n import gettext

TABLE = "project,claim\nBus,9000\nCafé,2000.5\nAtelier,6000\n"


@pytest.fixture(autouse=True)
def no_language():
    """Speak no language yet, as a command does when it starts; another test may have chosen one."""
    before = i18n._current.set(i18n._untranslated)
    yield
    i18n._current.reset(before)


@pytest.fixture
def run(tmp_path):
    """Run the command on a text; no database is needed."""

    def call(text, *words, status=0, file=None):
        path = tmp_path / "claims.csv"
        path.write_text(text, encoding="utf-8")
        options = ["split", *map(str, words), str(file or path)]
        result = CliRunner().invoke(main, options, input=text)
        assert result.exit_code == status, (result.output, result.exception)
        assert "Traceback" not in result.output
        return result

    return call


def test_the_rows_come_in_the_order_of_the_file(run):
    expected = "project,claim,award\nBus,9000.00,4999.75\nCafé,2000.50,2000.50\n"
    expected += "Atelier,6000.00,4999.75\n"
    for file in (None, "-"):
        assert run(TABLE, "--envelope", "12000", file=file).stdout == expected


def test_json_says_why(run):
    said = run(TABLE, "--envelope", "12000.01", "--rule", "equal_awards", "--json").stdout
    found = json.loads(said)
    awards = found.pop("awards")
    assert found == {
        "rule": "equal_awards",
        "version": "1",
        "envelope": "12000.01",
        "awarded": "12000.01",
        "left": "0.00",
    }
    assert [(a["project"], a["claim"], a["award"]) for a in awards] == [
        ("Bus", "9000.00", "4999.76"),
        ("Café", "2000.50", "2000.50"),
        ("Atelier", "6000.00", "4999.75"),
    ]
    assert awards[0]["why"]["reasons"] == ["equal_share", "rounding_cent"]
    assert awards[1]["why"]["text"].startswith("Votre projet reçoit")
    assert gettext("Write an amount.") == "Write an amount."  # French stays in the command


def test_floor_cap_and_the_columns(run):
    table = "project,claim,minimum,maximum,weight,priority\nA,4000,,1000,2,2\nB,900,500,,,1\n"
    seen = run(table, "--envelope", 1500, "--cap", 800, "--floor", "0", "--rule", "proportional")
    assert seen.stdout.splitlines()[1:] == ["A,4000.00,700.00", "B,900.00,800.00"]
    left = json.loads(run(table, "--envelope", 2000, "--cap", 800, "--json").stdout)
    assert (left["awarded"], left["left"]) == ("1600.00", "400.00")


@pytest.mark.parametrize("rule", sorted({"talmud", "average", "minimal_overlap", "piniles"}))
def test_rules_to_compare(run, rule):
    rows = run(TABLE, "--envelope", 9000, "--rule", rule).stdout.splitlines()[1:]
    assert sum(round(100 * float(row.split(",")[2])) for row in rows) == 900_000


def test_one_clear_sentence_on_a_faulty_file(run, tmp_path):
    for text in ("", "a,b\n1,2\n", TABLE + "Bus,1\n", TABLE + "X,1.234\n", TABLE + "X,-1\n"):
        for file in (None, "-"):
            refused = run(text, "--envelope", 5, status=1, file=file)
            assert refused.stderr.count("\n") == 1 and not refused.stdout
    assert "standard input:5" in run(TABLE + "Bus,1\n", "--envelope", 5, status=1, file="-").stderr
    run(TABLE, "--envelope", 5, status=1, file=tmp_path / "absent.csv")
    run(TABLE, "--envelope", 5, status=1, file=tmp_path)
    weighted = "project,claim,weight\nA,1,2\n"
    refused = run(weighted, "--envelope", 5, "--rule", "talmud", status=1)
    assert refused.stderr == "This sharing rule takes no weights.\n"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--envelope", "-5"],
        ["--envelope", "1e9"],
        ["--envelope", "1 234,56"],
        ["--envelope", "NaN"],
        ["--envelope", "5", "--floor", "-1"],
        ["--envelope", "5", "--cap", "x"],
        ["--envelope", "5", "--rule", "lottery"],
    ],
)
def test_wrong_usage_is_2(run, words):
    run(TABLE, *words, status=2)


def test_a_pipe_is_read_once(run, tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(TABLE,))
    writer.start()
    seen = run(TABLE, "--envelope", 12000, file=pipe)
    writer.join()
    assert seen.stdout.splitlines()[1] == "Bus,9000.00,4999.75"


@pytest.mark.slow
def test_a_million_rows(tmp_path):
    path = tmp_path / "claims.csv"
    with path.open("w") as out:
        out.write("project,claim\n")
        out.writelines(f"P{number},{number % 2000 + 50}.25\n" for number in range(1_000_000))
    command = [sys.executable, "-m", "consult", "split", "--envelope", "500000000.01", path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()
    assert len(rows) == 1_000_001
    cents = sum(int(row.rsplit(",", 1)[1].replace(".", "")) for row in rows[1:])
    assert cents == 50_000_000_001


def test_the_language_of_the_command_is_its_own(run):
    before = i18n._current.get(None)
    run(TABLE, "--envelope", 5, "--json")
    assert i18n._current.get(None) is before


def kept():
    from consult.domain import chain
    from consult.domain.call_splits import Claim, Rules, Source, compute, record

    claims = [Claim("a", 1, 500), Claim("b", 2, 500), Claim("c", 3, 500)]
    return chain.encode(record(compute(Rules("call", "seed"), [Source("La ville", 1_000)], claims)))


def test_a_published_record_is_computed_again(run):
    text = kept()
    assert "to the byte" in run(text, "--check").stdout
    assert "to the byte" in run(text + "\n", "--check", file="-").stdout
    changed = run(text.replace('"award":333', '"award":330', 1), "--check", status=1)
    assert "does not come out the same" in changed.stderr
    for wrong in ("", "{}", "[" * 100_000, TABLE, '{"format":1}'):
        assert run(wrong, "--check", status=1).stderr.count("\n") == 1
    assert run("", "--check", file="/nowhere/at/all", status=1).stderr.count("\n") == 1


def test_the_envelope_is_needed_and_a_told_award_is_passed_over(run):
    assert run(TABLE, status=2)
    told = run("project,claim,award\nBus,9000,1\nCafé,10,1\n", "--envelope", "100").stdout
    assert told == "project,claim,award\nBus,9000.00,90.00\nCafé,10.00,10.00\n"
