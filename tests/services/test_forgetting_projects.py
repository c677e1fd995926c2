"""A person forgotten in the projects: drafts and offers go, what was sent stays without them."""

from sqlalchemy import select

from consult.models import Assessment, HelpOffer, Project, ProjectFile
from consult.services import forgetting_projects
from tests import open_calls, personal_projects
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


def test_someone_of_the_same_name_is_still_reached(session, make):
    awa = Someone(make)
    call = open_calls.call(make)
    reach = {"contact_name": NAME, "contact_email": "autre@exemple.fr", "contact_phone": "01"}
    homonym = open_calls.project(make, call, **reach)
    by_address = open_calls.project(make, call, **reach | {"contact_email": EMAIL.upper()})
    named = open_calls.project(make, call, account=awa.account, **reach)
    colleague = open_calls.project(
        make, call, account=awa.account, **reach | {"contact_name": "Zoé"}
    )
    forgetting_projects.forget(session, awa.account, (EMAIL, NAME))
    session.commit()
    session.expire_all()
    assert [one.contact_phone for one in (homonym, by_address, named, colleague)] == [
        "01",
        "",
        "",
        "01",
    ]
