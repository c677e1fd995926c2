"""Files and functions stay small."""

import ast

from tests.architecture import project

FILE_LINES = 300
FUNCTION_LINES = 40


def test_files_have_at_most_300_lines():
    kept = [
        *project.files("*.py", *project.CODE),
        *project.files("*.html", "consult"),
        *project.files("*.js", "consult"),
    ]
    assert kept
    long = {
        project.name(path): lines
        for path in kept
        if (lines := len(path.read_text().splitlines())) > FILE_LINES
    }
    assert not long


def test_functions_have_at_most_40_lines():
    long = {}
    for path in project.files("*.py", *project.CODE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{project.name(path)}:{node.name}"] = lines
    assert not long


def test_no_module_is_a_drawer():
    drawers = {"utils", "helpers", "common", "manager", "misc"}
    assert not [p for p in project.files("*.py", *project.CODE) if p.stem in drawers]
