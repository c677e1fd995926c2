"""consult audit verify: the four ways of changing the journal behind the application's back."""

import json

import pytest
from sqlalchemy import create_engine

from consult import create_app, tasks
from consult.config import data_dir, database_url
from tests import superuser

CHANGES = {
    "edit": (["update journal_entry set actor = 'account:x' where id = 1"], "Entry 1 "),
    "deletion": (["delete from journal_entry where id = 2"], "Entry 2 (position 2) was deleted"),
    "insertion": (
        [
            "insert into journal_entry (id, at, actor, act, subject, facts) "
            "select 77, at, actor, act, subject, facts from journal_entry where id = 1"
        ],
        "Entry 77 was inserted",
    ),
    "swap": (
        [
            "update journal_entry set id = 99 where id = 1",
            "update journal_entry set id = 1 where id = 2",
            "update journal_entry set id = 2 where id = 99",
        ],
        "Entry 1 (position 1) was changed, or moved",
    ),
}


@pytest.fixture
def journal(consult, monkeypatch):
    """An installation whose journal holds six entries, sealed, its head published."""
    for name in ("ada", "bea", "cleo"):
        consult("organiser", f"{name}@exemple.fr")
    seal()


def seal():
    app = create_app()
    with app.app_context():
        from consult.extensions import db

        tasks.seal_journal(app)
        db.session.remove()
        db.engine.dispose()


def tamper(*statements):
    engine = create_engine(database_url(data_dir()))
    superuser.tamper(engine, *statements)
    engine.dispose()


def test_a_sound_journal(consult, journal, tmp_path):
    said = consult("audit", "verify").stdout
    assert said.startswith("The journal holds: 6 entries sealed, 0 waiting. Head: ")
    verdict = json.loads(consult("audit", "verify", "--json").stdout)
    assert (verdict["sealed"], verdict["fault"]) == (6, "")
    copy = tmp_path / "data" / "journal-heads.txt"
    assert verdict["head"] in copy.read_text()
    consult("audit", "verify", "--heads", copy)


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_named(consult, journal, change):
    statements, sentence = CHANGES[change]
    tamper(*statements)
    seal()  # the worker goes on as if nothing happened
    seen = consult("audit", "verify", status=1)
    assert sentence in seen.stderr
    assert seen.stdout == ""
    assert json.loads(consult("audit", "verify", "--json", status=1).stdout)["fault"]


def test_the_end_cut_off_shows_in_the_copy_of_the_data_folder(consult, journal):
    tamper(
        "delete from journal_seal where position = 6",
        "delete from journal_entry where id = 6",
        "delete from journal_head",
    )
    assert "head published at position 6" in consult("audit", "verify", status=1).stderr


def test_bad_input_gets_a_sentence(consult, monkeypatch, tmp_path):
    assert "Run `consult run`" in consult("audit", "verify", status=1).stderr
    consult("organiser", "ada@exemple.fr")
    for number, words in enumerate(("three words only here", "2026-11-23 one hash", "é")):
        file = tmp_path / f"{number}.txt"
        file.write_text(words)
        assert "not a file of heads" in consult("audit", "verify", "--heads", file, status=1).stderr
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    assert "not a file" in consult("audit", "verify", "--heads", binary, status=1).stderr
    consult("audit", "verify", "--heads", tmp_path / "none", status=2)
    consult("audit", status=2)


def test_with_no_database(monkeypatch, consult, tmp_path):
    monkeypatch.setenv("CONSULT_DATABASE_URL", f"sqlite:///{tmp_path}/no/folder/x.sqlite")
    assert "Check CONSULT_DATABASE_URL" in consult("audit", "verify", status=1).stderr
