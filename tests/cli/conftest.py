import json

import pytest
from click.testing import CliRunner

from consult.cli import main
from tests import servers


@pytest.fixture(params=["sqlite", "postgresql"])
def consult(request, tmp_path, monkeypatch, worker):
    """Run the command line on a fresh database, as a person would: `consult("doctor")`."""
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path / "data"))
    name = f"cli_{worker}"
    if request.param == "postgresql":
        monkeypatch.setenv("CONSULT_DATABASE_URL", servers.create_database(name))

    def run(*words, status=0):
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert not isinstance(result.exception, Exception) or result.exit_code, result.output
        assert result.exit_code == status, (result.output, result.exception)
        assert "Traceback" not in result.output
        return result

    yield run
    if request.param == "postgresql":
        servers.drop_database(name)


@pytest.fixture
def report(consult):
    """Import a file and read the report."""

    def read(*words):
        return json.loads(consult("import", *words, "--json").stdout)

    return read
