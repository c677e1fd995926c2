"""A person forgotten in the projects: drafts and offers go, what was sent stays without them."""

from sqlalchemy import select

from consult.models import Assessment, HelpOffer, Project, ProjectFile
from consult.services import forgetting_projects
from tests import personal_projects
from tests.personal import EMAIL, NAME, PHONE, Someone, left


def test_drafts_and_offers_go_and_what_was_sent_stays_without_them(session, make):
    awa = Someone(make)
    personal_projects.carries(awa)
    before = session.query(Assessment).count()
    forgetting_projects.forget(session, awa.account, (EMAIL, NAME))
    session.commit()
    session.expire_all()
    kept = session.scalars(select(Project)).all()
    assert [one.state for one in kept] == ["submitted"]
    assert (kept[0].contact_name, kept[0].contact_email, kept[0].contact_phone) == ("", "", "")
    assert session.query(HelpOffer).count() == session.query(ProjectFile).count() == 0
    assert session.query(Assessment).count() == before
    assert not {place for place in left(session, (PHONE,)) if place.startswith("project")}
