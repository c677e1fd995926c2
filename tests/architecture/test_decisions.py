"""Decisions are numbered one after the other, and each number names one."""

import re

from tests.architecture import project

FOLDER = project.ROOT / "docs/decisions"


def numbers() -> list[str]:
    return sorted(path.name[:4] for path in FOLDER.iterdir())


def test_numbers_are_unique_and_follow_each_other():
    assert numbers()
    assert numbers() == [f"{place:04}" for place in range(1, len(numbers()) + 1)]


def test_each_title_begins_with_its_number():
    titles = {path.name: path.read_text().splitlines()[0] for path in FOLDER.iterdir()}
    assert not [name for name in titles if not titles[name].startswith(f"# {name[:4]}. ")]


def test_what_the_code_refers_to_exists():
    code = [*project.files("*.py", *project.CODE), *project.files("*.md", "docs")]
    found = {
        reference: project.name(path)
        for path in code
        for reference in re.findall(r"decisions/(\d[\w.-]*\w)", path.read_text())
    }
    assert found
    kept = [path.name for path in FOLDER.iterdir()]
    assert not [one for one in found if not any(name.startswith(one) for name in kept)]
