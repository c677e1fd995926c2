import pytest

from consult.models import ProjectReport
from consult.services import documents, project_reports
from consult.services.project_reports import Told
from tests import open_calls
from tests import payments as split
from tests.domain.test_photos import picture
from tests.services.test_payments import acts, refused


@pytest.fixture
def one(make):
    return split.awarded(make)


@pytest.fixture
def write(session, now, one, tmp_path):
    def send(project=None, **told):
        given = Told(**{"done": "Dix ateliers.", "version": "0"} | told)
        kept = {"data_dir": tmp_path, "by": one.people[0], "now": now}
        gone = project_reports.write(session, project or one.projects[0], given, **kept)
        session.commit()
        return gone

    return send


def test_a_report_is_kept_then_published_then_corrected(session, now, one, write):
    write(spent="1 234,5", people="40")
    kept = session.query(ProjectReport).one()
    assert (kept.spent_cents, kept.people, kept.published_at) == (123_450, 40, None)
    write(version="1", publish=True)
    assert kept.published_at == now and kept.spent_cents is None and kept.people is None
    write(version="2", done="Douze ateliers.", spent="1,234.50", locale="en")
    assert (kept.done, kept.spent_cents, kept.version) == ("Douze ateliers.", 123_450, 3)
    with refused("stale"):
        write(version="2")
    assert "project_report.published" in acts(session)


def test_a_photo_is_made_again_and_replaces_the_one_before(session, one, write, tmp_path):
    with refused("photo-shows-missing"):
        write(photo=picture())
    session.rollback()
    assert write(photo=picture(), photo_shows="Un atelier") is None
    kept = session.query(ProjectReport).one()
    first = kept.photo
    assert documents.SHELF.path(tmp_path, first).read_bytes().startswith(b"\xff\xd8")
    assert write(version="1", photo_shows="Un atelier, le soir") is None
    assert kept.photo == first and kept.photo_shows == "Un atelier, le soir"
    assert write(version="2", photo=picture("PNG"), photo_shows="La salle") == first
    assert kept.photo != first


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"done": " "}, "report-missing"),
        ({"people": "beaucoup"}, "people-number"),
        ({"people": "9999999999"}, "people-number"),
        ({"spent": "1.2.3"}, "amount-unreadable"),
        ({"photo": b"GIF", "photo_shows": "x"}, "photo-kind"),
    ],
)
def test_what_cannot_be_read_is_refused(session, write, told, code):
    with refused(code):
        write(**told)
    session.rollback()
    assert session.query(ProjectReport).count() == 0


def test_a_project_that_receives_nothing_reports_nothing(session, make, one, write):
    with refused("award-missing"):
        write(project=open_calls.project(make, one.call))
