"""A published synthesis is taken away in six forms; what may not be known of is missing."""

import shutil
from pathlib import Path

import pytest
from markupsafe import Markup

from consult import one_by_one, synthesis_files
from consult.blueprints.synthesis_files import jobs
from consult.synthesis_documents import EXTENSIONS
from tests.syntheses import publish, usual


@pytest.fixture
def client(app):
    one_by_one.forget()
    yield app.test_client()
    shutil.rmtree(Path(app.config["DATA_DIR"]) / synthesis_files.FOLDER, ignore_errors=True)


def test_each_form_is_sent_as_a_file_with_its_mark(client, make):
    version = publish(make)
    for extension, form in EXTENSIONS.items():
        answer = client.get(f"/syntheses/carnet.{extension}")
        assert answer.status_code == 200 and answer.mimetype == form.media_type
        named = answer.headers["Content-Disposition"]
        assert named == f'attachment; filename="carnet-2.{extension}"'
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        mark = answer.headers["ETag"]
        again = client.get(f"/syntheses/carnet.{extension}", headers={"If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b"")
    assert client.get("/syntheses/carnet.json").data.decode() == version.content


def test_what_is_not_there_is_missing(client, make):
    consultation = make.consultation()
    publish(make, usual(number=1, title="Première"), consultation)
    publish(make, usual(number=2), consultation)
    publish(make, usual(slug="prive"), make.consultation(access="listed"))
    publish(make, usual(slug="brouillon"), make.consultation(published_at=None))
    assert "Première" in client.get("/syntheses/carnet.md?version=1").text
    for path in (
        "rien.pdf", "prive.pdf", "brouillon.json", "carnet.exe", "carnet.pdf?version=3",
        "carnet.pdf?version=x", "carnet.pdf?version=", "carnet.pdf?version=99999999999999999999",
        "carnet.pdf?version=0", "%00.pdf", "a.b.pdf", "../carnet.pdf",
    ):  # fmt: skip
        assert client.get(f"/syntheses/{path}").status_code == 404, path


def test_few_statements_whatever_the_versions(client, make, statements):
    consultation = make.consultation()
    for number in range(1, 8):
        publish(make, usual(number=number), consultation)
    client.get("/syntheses/carnet.json")
    with statements() as seen:
        client.get("/syntheses/carnet.json")
    assert len(seen) <= 7


def test_the_worker_makes_the_files_of_every_version_once(client, app, make, monkeypatch):
    consultation = make.consultation()
    publish(make, usual(number=1), consultation)
    version = publish(make, usual(number=2), consultation)
    broken = publish(make, usual(slug="b", title="Autre"))
    broken.content = "{}"
    make.session.commit()
    folder = Path(app.config["DATA_DIR"])
    with app.app_context():
        assert jobs.keep_files(app) == 12
        assert jobs.keep_files(app) == 0
        shown = app.jinja_env.get_template("ui/downloads.html").make_module()
        files = synthesis_files.offered(folder, "carnet", version)
        with app.test_request_context():
            text = Markup(shown.downloads(files))
    assert 'href="/syntheses/carnet.pdf?version=2">' in text and "ko)" in text
    kept = synthesis_files.path(folder, version.digest, EXTENSIONS["pdf"])
    assert client.get("/syntheses/carnet.pdf").data == kept.read_bytes()
