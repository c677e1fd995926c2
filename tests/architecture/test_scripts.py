"""The two commands and what the continuous integration runs."""

import os
import subprocess

import pytest

from tests.architecture import project

SCRIPTS = ("start", "test", ".ci/run")


def run(*command, **options):
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, **options
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("script", [*SCRIPTS, ".ci/machine.sh"])
def test_a_script_is_correct_bash(script):
    assert run("bash", "-n", project.ROOT / script) == (0, "", "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_says_how_it_is_used_from_anywhere(script, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(project.ROOT / script)
    status, out, err = run(link, "--help", cwd=tmp_path)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: ./")


@pytest.mark.parametrize(
    "wrong", [["--port"], ["--port", "abc"], ["--port", "70000"], ["--prot", "5000"]]
)
def test_start_refuses_a_wrong_use(wrong, tmp_path):
    status, out, err = run(project.ROOT / "start", *wrong, cwd=tmp_path)
    assert (status, out) == (2, "")
    assert err.strip()
    assert os.listdir(tmp_path) == []


def test_the_integration_runs_the_same_checks():
    assert "/../test" in (project.ROOT / ".ci/run").read_text()
