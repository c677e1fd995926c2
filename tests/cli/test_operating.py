"""doctor, organiser, run: what an operator sees."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from sqlalchemy import create_engine, select, text

from consult import clock, faults, sso
from consult.cli import Failure, run
from consult.config import data_dir, database_url
from consult.models import Account, Setting
from consult.services import accounts
from tests import providers, servers


def test_doctor_before_the_first_start(consult):
    assert "Run `consult run`" in consult("doctor", status=1).output


def test_doctor_on_a_sound_installation(consult):
    consult("organiser", "ada@exemple.fr")
    findings = json.loads(consult("doctor", "--json").stdout)
    assert all(finding["well"] for finding in findings)
    assert {"database", "mail", "disk", "counters of opinions"} <= {f["what"] for f in findings}


def test_doctor_finds_a_falsified_counter_and_a_late_letter(consult):
    consult("organiser", "ada@exemple.fr")
    engine = create_engine(database_url(data_dir()))
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into consultation (id, slug, template, title, asked_by, purpose, "
                "will_decide, will_not_decide, time_zone, closed_early_reason, complete, access, "
                "moderation, results, allows_ideas, allows_arguments, allows_sources, "
                "allows_amendments, allows_comments, contact_name, contact_phone, search, version, "
                "created_at, answers, proposals) values ('c', 'c', 'forum', 't', '', '', '', '', "
                "'Europe/Paris', '', true, 'open', 'after', 'live', false, false, false, false, "
                "true, '', '', '', 1, '2026-01-01', 7, 0)"
            )
        )
        connection.execute(
            text(
                "insert into mail (id, dedup_key, recipient, subject, body, created_at, attempts) "
                "values ('m', 'k', 'a@b.fr', 's', 'b', '2026-01-01', 0)"
            )
        )
        connection.execute(
            text(
                "insert into subscriber (id, email, time_zone, created_at, confirmed_at, "
                "told_until, next_digest_at) values ('s', 'a@b.fr', 'Europe/Paris', "
                "'2026-01-01', '2026-01-01', '2026-01-01', '2026-01-06')"
            )
        )
    engine.dispose()
    faults.keep(data_dir(), {f"reply {number}": 3 for number in range(7)})
    seen = consult("doctor", status=1).output
    assert "1 letters late" in seen
    assert "BAD jobs: reply 0 failed 3 times in a row" in seen and "and 2 more" in seen
    assert "weekly letters: 1 late" in seen
    assert "counters of answers and proposals of consultations: differ on c" in seen


def test_doctor_with_no_database(monkeypatch, consult, tmp_path):
    monkeypatch.setenv("CONSULT_DATABASE_URL", f"sqlite:///{tmp_path}/no/folder/x.sqlite")
    assert "Check CONSULT_DATABASE_URL" in consult("doctor", status=1).output


def test_doctor_with_no_way_for_the_mail(monkeypatch, consult):
    consult("organiser", "ada@exemple.fr")
    monkeypatch.setenv("CONSULT_MAIL_URL", f"smtp://ada:secret@127.0.0.1:{servers.free_port()}")
    seen = consult("doctor", status=1)
    assert "Check CONSULT_MAIL_URL and CONSULT_MAIL_CA" in seen.output
    assert "secret" not in seen.output
    assert "wrong with: mail" in seen.stderr


def test_doctor_asks_for_the_number_of_proxies_of_an_encrypted_site(monkeypatch, consult):
    consult("organiser", "ada@exemple.fr")
    monkeypatch.setenv("CONSULT_BASE_URL", "https://consult.example")
    assert "Set CONSULT_PROXIES to 1" in consult("doctor", status=1).output
    monkeypatch.setenv("CONSULT_PROXIES", "1")
    assert "proxies: 1" in consult("doctor").output
    monkeypatch.setenv("CONSULT_PROXIES", "one")
    assert "CONSULT_PROXIES is how many" in consult("doctor", status=1).stderr


def test_doctor_asks_the_provider_of_identity_who_it_is(monkeypatch, consult):
    consult("organiser", "ada@exemple.fr")
    monkeypatch.setenv("CONSULT_OIDC_CLIENT_SECRET", "un secret")
    monkeypatch.setenv("CONSULT_OIDC_ISSUER", f"http://127.0.0.1:{servers.free_port()}")
    assert "needs CONSULT_OIDC_CLIENT_ID" in consult("doctor", status=1).stderr
    monkeypatch.setenv("CONSULT_OIDC_CLIENT_ID", "consult")
    seen = consult("doctor", status=1)
    assert "Check CONSULT_OIDC_ISSUER" in seen.output and "127.0.0.1" in seen.output
    assert "un secret" not in seen.output
    sso._known.clear()
    with providers.serving() as provider:
        monkeypatch.setenv("CONSULT_OIDC_ISSUER", provider.issuer)
        assert "provider of identity: answers" in consult("doctor").output


def printed(app, capsys):
    with app.app_context():
        run.announce(app)
    return capsys.readouterr().out.splitlines()


def test_a_fresh_site_prints_one_way_in_until_someone_organises_it(app, session, make, capsys):
    address, way = printed(app, capsys)
    assert address == "consult: http://localhost"
    assert "organiser@localhost (organiser, administrator): http://localhost/sign-in/" in way
    assert printed(app, capsys) == [address]
    person = session.scalars(select(Account)).one()
    token = way.rpartition("/")[2]
    now = clock.now()
    assert accounts.follow_link(session, token, now=now)[0].id == person.id


def test_the_demonstration_prints_a_way_in_for_each_of_its_accounts(app, session, make, capsys):
    session.add(Setting(key="demo_data", value="yes"))
    session.commit()
    make.account("organiser", email="technique@demo.invalid", name="Ada")
    make.account(email="habitante@demo.invalid", name="")
    make.account("organiser", email="quelqu-un@exemple.fr")
    make.joins(make.account(email="hub@demo.invalid", name="Karim"), make.room("hub"))
    make.account(email="marius@demo.invalid", name="Marius")
    lines = printed(app, capsys)[1:]
    assert sorted(line.split(": http")[0].strip() for line in lines) == [
        "Ada (organiser)",
        "Karim (hub_facilitator)",
        "habitante@demo.invalid (participant)",
    ]


def test_a_taken_address_is_said(capsys):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        with pytest.raises(Failure, match=f"127.0.0.1:{port} is taken"):
            run.check_port("127.0.0.1", port)
    run.check_port("127.0.0.1", port)


@pytest.mark.slow
def test_the_worker_sends_letters_until_told(consult, tmp_path):
    consult("organiser", "ada@exemple.fr")
    engine = create_engine(database_url(data_dir()))
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into mail (id, dedup_key, recipient, subject, body, created_at, attempts) "
                "values ('m', 'k', 'a@b.fr', 's', 'b', '2026-01-01', 0)"
            )
        )
    engine.dispose()
    letter = tmp_path / "data" / "mail" / "m.eml"
    with subprocess.Popen([sys.executable, "-m", "consult", "worker"]) as worker:
        deadline = time.monotonic() + 30
        while not letter.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert "a@b.fr" in letter.read_text()


def test_an_organiser_gets_a_way_in_each_time(consult):
    first = consult("organiser", "ada@exemple.fr").stdout
    second = consult("organiser", "ada@exemple.fr").stdout
    assert re.search(r"/sign-in/\S{40,}", first)
    assert first != second
    assert consult("organiser", "not an address", status=1).stderr


def test_an_administrator_is_made_when_asked(consult):
    consult("organiser", "ada@exemple.fr")
    assert "--administrator" in consult("doctor").output
    consult("organiser", "ada@exemple.fr", "--administrator")
    engine = create_engine(database_url(data_dir()))
    with engine.connect() as connection:
        held = connection.execute(text("select name from role join account_role on role_id = id"))
        assert sorted(held.scalars()) == ["administrator", "organiser"]
    engine.dispose()
    assert "--administrator" not in consult("doctor").output


@pytest.mark.slow
def test_run_serves_and_stops(tmp_path):
    """A fresh folder, one command: it answers, says its way in, and stops cleanly when told."""
    port = servers.free_port()
    environment = os.environ | {"CONSULT_DATA_DIR": str(tmp_path), "CONSULT_DATABASE_URL": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "consult", "run", "--port", str(port)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        lines = [process.stdout.readline() for _ in range(2)]
        base = f"http://127.0.0.1:{port}"
        assert base in lines[0]
        assert re.search(rf"{base}/sign-in/\S{{40,}}", lines[1])
        assert answer(f"{base}/healthz") == b'{"status":"ok"}\n'
        assert b"<h1" in answer(f"{base}/")
        again = subprocess.run(
            [sys.executable, "-m", "consult", "run", "--port", str(port)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert again.returncode == 1
        assert "taken" in again.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
        process.stdout.close()


def answer(url):
    for _try in range(200):
        try:
            return urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")
