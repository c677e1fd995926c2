"""The tests mirror the code: a module of rules, reads or writes has its test file."""

import re
from pathlib import Path

import pytest

from tests.architecture import project

LAYERS = ("domain", "queries", "services")


def mirrors(module: Path) -> list[Path]:
    """Return the test files that may stand for a module; a family has one for all its kinds."""
    inside = module.relative_to(project.ROOT / "consult")
    own = project.ROOT / "tests" / inside.with_name(f"test_{inside.stem}.py")
    families = [parent for parent in inside.parents if len(parent.parts) > 1]
    folders = [project.ROOT / "tests" / f.parent / f"test_{f.name}.py" for f in families]
    return [own, *folders]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_has_its_tests(layer):
    modules = [p for p in project.files("*.py", f"consult/{layer}") if p.stem != "__init__"]
    assert modules
    without = [
        project.name(module)
        for module in modules
        if not any(tests.exists() and has_tests(tests) for tests in mirrors(module))
    ]
    assert not without


def has_tests(path: Path) -> bool:
    return bool(re.search(r"^\s*def test_", path.read_text(), re.MULTILINE))
