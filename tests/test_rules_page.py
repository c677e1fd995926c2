"""docs/rules.md says what the command does: each of its tables is made again."""

import re
import shlex

import pytest
import textstat
from click.testing import CliRunner

from consult.cli import main
from tests.architecture import project

TEXT = (project.ROOT / "docs/rules.md").read_text("utf-8")
EXAMPLE = re.compile(r"`consult (split --rule \w+ --envelope [^`]+)`\n\n((?:\|.*\n)+)")


@pytest.mark.parametrize("found", EXAMPLE.findall(TEXT), ids=lambda found: found[0])
def test_every_example_is_what_the_command_gives(found):
    words, table = found
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    claims = [",".join(row[:2]) for row in rows[2:]]
    given = "\n".join(["project,claim", *claims])
    done = CliRunner().invoke(main, [*shlex.split(words), "-"], input=given)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1:] == [",".join(row) for row in rows[2:]]


def test_the_page_has_its_examples_and_is_plain():
    assert len(EXAMPLE.findall(TEXT)) == TEXT.count("\n`consult split") == 4
    prose = re.sub(r"^\|.*$|`[^`]*`|[*#]|^\d\. ", "", TEXT, flags=re.MULTILINE)
    textstat.set_lang("fr")
    assert textstat.flesch_reading_ease(prose) >= 65
