"""The file of a whole consultation: asked for, followed, made by the worker, taken away."""

import io
import shutil
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from consult.blueprints.archives import files, jobs
from consult.domain.syntheses.composed import Part, Picture
from consult.formats import open_data
from consult.models import Account, Aid
from consult.services import archives, pictures
from tests.syntheses import publish, usual

PICTURE = b"\xff\xd8 une image"


@pytest.fixture
def held_in(app):
    found = Path(app.config["DATA_DIR"])
    yield found
    for work in list(jobs._under_way):
        jobs._drop(work)
    shutil.rmtree(found / files.FOLDER, ignore_errors=True)


@pytest.fixture
def consultation(app, make):
    owner = make.account("organiser")
    found = make.consultation(slug="grand-est", owner_id=owner.id)
    question = make.question(make.theme(found))
    for number in range(4):
        make.answer(question, body=f"=Réponse {number}")
    make.answer(question, body="caché", state="hidden")
    publish(make, usual(parts=(*usual().parts, illustrated(app))), consultation=found)
    return found


def illustrated(app):
    """A part with a picture, whose file is in the data folder."""
    pictures.SHELF.keep(Path(app.config["DATA_DIR"]), "p", PICTURE)
    kept = Picture("p", "/syntheses/x/pictures/p", sha256(PICTURE).hexdigest(), 4, 4, "Un carré.")
    return Part("p", "illustration", "Illustration", "2", picture=kept)


def work(app):
    turns = 0
    with app.app_context():
        while jobs.go_on(app):
            turns += 1
    return turns


def ask(make, consultation):
    found = archives.ask(make.session, consultation, account_id=None, now=make.now)
    make.session.commit()
    return found


def take(app, slug="grand-est", **headers):
    """Take the file away as anyone would: the status, the bytes, the headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with app.test_client().get(f"/consultations/{slug}/archive.zip", headers=named) as answer:
        return answer.status_code, answer.data, answer.headers


def state(make, aid):
    make.session.expire_all()
    return make.session.get(Aid, aid.id).state


def test_an_organiser_asks_for_the_file_and_everyone_takes_it(
    app, browser, make, session, consultation, held_in
):
    from consult.models import Account

    owner = session.get(Account, consultation.owner_id)
    address = "/console/consultations/grand-est/archive"
    browser.as_(owner)
    page = browser.get(address)
    assert "Il n'y a pas encore de fichier." in page.words()
    page = browser.submit(page, address)
    page = browser.get(address)
    assert "Le fichier attend son tour." in page.words() and "Abandonner" in page.words()
    assert browser.get(address, HX_Request="true").is_fragment
    assert take(app)[0] == 404
    assert work(app) == 1
    page = browser.get(address)
    assert "/consultations/grand-est/archive.zip" in page.links() and page.forms(address)
    status, content, headers = take(app)
    assert status == 200 and headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Carnet de l'été" in archive.read("synthesis.json").decode()
        assert archive.read("pictures/p.jpg") == PICTURE
        licence = archive.read("LICENCE.txt").decode()
        assert "Licence" in licence and "http://localhost/consultations/grand-est" in licence
        lines = archive.read("grand-est.jsonl").decode()
        assert lines.count('"type":"answer"') == 4 and "caché" not in lines
        assert "'=Réponse 3" in archive.read("answers.csv").decode()
        held = b"".join(archive.read(name) for name in archive.namelist())
        assert owner.email.encode() not in held
    assert "/consultations/grand-est/archive.zip" in browser.again().get("/data").links()
    assert take(app, If_None_Match=headers["ETag"])[0] == 304


def test_who_may(plain, make, consultation, held_in, app):
    ask(make, consultation)
    work(app)
    stranger = plain.again().as_(make.account("organiser"))
    assert stranger.get("/console/consultations/grand-est/archive").status == 403
    assert take(app, "rien")[0] == 404
    secret = make.consultation(slug="sur-liste", access="listed")
    ask(make, secret)
    work(app)
    assert take(app, "sur-liste")[0] == 404


def test_a_hidden_text_takes_the_file_away_until_it_is_made_again(
    app, make, session, consultation, held_in, clock
):
    ask(make, consultation)
    work(app)
    assert take(app)[0] == 200
    from consult.models import Statement

    text = session.query(Statement).filter_by(body="=Réponse 1").one()
    text.state, text.updated_at = "withdrawn", make.now + timedelta(minutes=1)
    session.commit()
    assert take(app)[0] == 404
    clock.shift(clock._offset[0] + timedelta(minutes=2))
    with app.app_context():
        assert jobs.renew(app) == 1
    work(app)
    with zipfile.ZipFile(io.BytesIO(take(app)[1])) as archive:
        assert "Réponse 1" not in archive.read("answers.csv").decode()
    with app.app_context():
        jobs.renew(app)
    assert len(list((held_in / files.FOLDER).iterdir())) == 1


def test_it_goes_on_a_little_at_a_time_and_tells_how_far(
    app, make, session, consultation, held_in, monkeypatch
):
    monkeypatch.setattr(jobs, "SLICE", 0.0)
    aid = ask(make, consultation)
    with app.app_context():
        assert jobs.go_on(app)
    session.expire_all()
    found = session.get(Aid, aid.id)
    assert found.state == "running" and 0 < found.done < 1000
    assert not files.path(held_in, aid.id).exists()
    monkeypatch.setattr(jobs, "SLICE", 1.0)
    assert work(app) == 1
    assert state(make, aid) == "done" and files.path(held_in, aid.id).is_file()


def test_one_taken_over_by_another_worker_is_left_to_it(
    app, make, session, consultation, held_in, monkeypatch
):
    monkeypatch.setattr(jobs, "SLICE", 0.0)
    aid = ask(make, consultation)
    with app.app_context():
        jobs.go_on(app)
    session.query(Aid).update({"beat_at": make.now + timedelta(minutes=9)})
    session.commit()
    with app.app_context():
        assert jobs.go_on(app) and not jobs._under_way
    assert state(make, aid) == "running" and not list((held_in / files.FOLDER).iterdir())


@pytest.mark.parametrize("fault", [ValueError("no"), OSError(28, "No space left on device")])
def test_a_fault_says_that_it_failed_and_leaves_no_file(
    app, make, consultation, held_in, monkeypatch, fault
):
    def broken(*_asked, **_facts):
        yield 0.1
        raise fault

    aid = ask(make, consultation)
    monkeypatch.setattr(open_data, "write", broken)
    assert work(app) == 1
    assert state(make, aid) == "failed" and not list((held_in / files.FOLDER).iterdir())


def test_a_database_that_is_away_leaves_it_to_be_begun_again(
    app, make, consultation, held_in, monkeypatch, clock
):
    def away(*_asked, **_facts):
        yield 0.1
        raise OperationalError("select", {}, Exception("away"))

    aid = ask(make, consultation)
    with monkeypatch.context() as patch:
        patch.setattr(open_data, "write", away)
        with app.app_context(), pytest.raises(OperationalError):
            jobs.go_on(app)
    assert state(make, aid) == "running" and not jobs._under_way
    assert work(app) == 0
    clock.shift(clock._offset[0] + timedelta(minutes=3))
    assert work(app) == 1 and state(make, aid) == "done"


def test_an_archive_under_way_is_given_up_and_leaves_nothing(
    app, browser, session, make, held_in, consultation, monkeypatch
):
    owner = browser.as_(session.get_one(Account, consultation.owner_id))
    here = "/console/consultations/grand-est/archive"
    first = ask(make, consultation)
    assert work(app) and take(app)[0] == 200
    page = owner.submit(owner.get(here), here)
    monkeypatch.setattr(jobs, "SLICE", 0.0)
    with app.app_context():
        assert jobs.go_on(app)  # begun, and not ended
    page = owner.submit(owner.get(here), here, button=("cancel", "yes"))
    assert "abandonné" in page.words()
    assert work(app) <= 2
    session.expire_all()
    states = session.scalars(select(Aid.state).order_by(Aid.created_at, Aid.id)).all()
    assert sorted(states) == ["cancelled", "done"]
    kept = sorted(one.name for one in (held_in / files.FOLDER).iterdir())
    assert kept == [files.path(held_in, first.id).name] and take(app)[0] == 200
    assert owner.post(here, {"cancel": "yes", "csrf_token": token(page)}).status == 409


def token(page):
    return next(
        one.get("value") for one in page.html.iter("input") if one.get("name") == "csrf_token"
    )
