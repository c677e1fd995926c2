"""A published file is counted again to the same result; whatever was touched in it is seen."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import ballots, recount
from consult.domain.errors import RuleBroken

ABOUT = {"poll": {"id": "p"}, "rule": "most", "quorum": "none", "electors": 9}


def file(kind="single", cast=(["A"], ["B"], ["B"], None)):
    entries = [{"id": f"{n}", "receipt": f"r{n}", "ballot": one} for n, one in enumerate(cast)]
    Random(3).shuffle(entries)
    about = ABOUT | {"kind": kind, "paper": ballots.kind(kind).paper(["A", "B", "C"])}
    return recount.counted(about, entries)


def changed(**changes):
    return recount.written(json.loads(recount.written(file())) | changes)


def test_a_file_is_counted_again_and_each_receipt_is_found_once():
    text = recount.written(file())
    report = recount.again(text)
    assert report["result"] == {"counts": {"A": 1, "B": 2, "C": 0}}
    assert (report["ballots"], report["receipts"]) == (4, 4)
    assert report["outcome"]["adopted"] == ["B"]
    assert report["digest"] == recount.digest(text)
    assert [one["id"] for one in json.loads(text)["ballots"]] == ["0", "1", "2", "3"]


@given(
    st.lists(st.dictionaries(st.sampled_from("ABC"), st.integers(0, 10), min_size=1), max_size=9)
)
def test_means_that_are_fractions_are_counted_again_too(cast):
    assert recount.again(recount.written(file("score", cast)))["ballots"] == len(cast)


def touched(**entry):
    found = json.loads(recount.written(file()))
    found["ballots"][0] |= entry
    return recount.written(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "recount-unreadable"),
        ("[", "recount-unreadable"),
        ("[" * 100_000, "recount-unreadable"),
        ("[]", "recount-unreadable"),
        ("{}", "recount-unreadable"),
        (changed(format="other"), "recount-unreadable"),
        (changed(ballots={}), "recount-unreadable"),
        (changed(ballots=[1]), "recount-unreadable"),
        (json.dumps({"format": recount.FORMAT}), "recount-unreadable"),
        (touched(ballot=["B"]), "recount-differs"),
        (touched(ballot=["D"]), "recount-ballot"),
        (touched(ballot=[]), "recount-ballot"),
        (touched(ballot=7), "recount-ballot"),
        (touched(receipt="r1"), "recount-receipts"),
        (touched(receipt=""), "recount-receipts"),
        (touched(id=5), "recount-receipts"),
        (changed(ballots=[]), "recount-differs"),
        (changed(turnout=3), "recount-differs"),
        (changed(more="words"), "recount-touched"),
        (recount.written(file()) + " ", "recount-touched"),
        (recount.written(file()).replace("\n", "\r\n"), "recount-touched"),
        (changed(electors=2), "recount-ballot"),
        (changed(electors="9"), "recount-ballot"),
        (changed(kind="other"), "recount-ballot"),
        (changed(quorum="all"), "recount-ballot"),
        (changed(paper=[]), "recount-ballot"),
    ],
)
def test_a_file_that_was_touched_is_refused(text, code):
    with pytest.raises(RuleBroken) as refused:
        recount.again(text)
    assert refused.value.code == code


def test_the_program_says_what_it_found(tmp_path, capsys):
    good, bad = tmp_path / "vote.json", tmp_path / "other.json"
    good.write_text(recount.written(file()))
    bad.write_text(touched(ballot=["B"]))
    assert recount.main([str(good)]) == 0
    assert json.loads(capsys.readouterr().out)["ballots"] == 4
    assert recount.main([str(bad)]) == 1
    assert "recount-differs" in capsys.readouterr().err
    assert recount.main([str(tmp_path / "none")]) == 1
    assert recount.main([]) == 2
