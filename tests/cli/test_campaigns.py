"""consult campaigns, as someone who reads many texts runs it."""

import json
import sys

from click.testing import CliRunner

from consult.cli import main
from tests.domain.test_campaigns import COPIES, OTHER


def run(path, status=0, given=None):
    result = CliRunner().invoke(main, ["campaigns", str(path)], input=given)
    assert result.exit_code == status, (result.output, result.exception)
    return json.loads(result.output) if status == 0 else result.stderr


def table(rows):
    cells = "".join(f'{name},"{text}"\n' for name, text in rows)
    return f"id,text\n{cells}"


def test_texts_are_counted_by_deposit_and_by_text(tmp_path):
    rows = [*COPIES.items(), ("x", OTHER), ("y", "Oui"), ("z", "Oui")]
    path = tmp_path / "texts.csv"
    path.write_text(table(rows))
    found = run(path)
    assert (found["deposits"], found["distinct"]) == (len(COPIES) + 3, 4)
    (one,) = found["campaigns"]
    assert one["deposits"] == len(COPIES) and set(one["members"]) == set(COPIES)
    assert run("-", given=table(rows)) == found


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "texts.csv"
    for text in ("id,text\n", "id;autre\n1;a\n", "id,text\n1,\n", ""):
        path.write_text(text)
        said = run(path, status=1)
        assert said.startswith("texts.csv") and "Traceback" not in said
    assert "none.csv" in run(tmp_path / "none.csv", status=1)


def test_without_the_extra_the_answer_is_plain(tmp_path, monkeypatch):
    path = tmp_path / "texts.csv"
    path.write_text("id,text\n1,a\n")
    monkeypatch.delitem(sys.modules, "consult.domain.campaigns", raising=False)
    monkeypatch.delattr("consult.domain.campaigns", raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert "analysis" in run(path, status=1)
