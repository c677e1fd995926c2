import pytest

from consult.models import AwardInKind
from consult.services import awards_in_kind
from consult.services.awards_in_kind import Lent
from tests import open_calls
from tests import payments as split
from tests.services.test_payments import acts, refused


@pytest.fixture
def one(make):
    found = split.awarded(make)
    found.officer = make.account("administrator")
    return found


def test_equipment_is_lent_then_given_back(session, make, now, one):
    project, told = one.projects[0], {"by": one.officer, "now": now}
    lent = Lent("equipment", " Malle  de tablettes ", "12", "2026-12-01", "2027-06-30")
    made = awards_in_kind.add(session, one.call, project.id, lent, **told)
    session.commit()
    assert (made.what, made.quantity, made.ends_on.year) == ("Malle de tablettes", 12, 2027)
    with refused("payment-day-future"):
        awards_in_kind.give_back(session, one.call, made.id, "2027-07-01", **told)
    with refused("in-kind-gone"):
        other = open_calls.call(make)
        awards_in_kind.give_back(session, other, made.id, "", **told)
    with refused("in-kind-gone"):
        awards_in_kind.give_back(session, one.call, "x" * 18, "", **told)
    with refused("pays-own-project"):
        own = {"by": one.people[0], "now": now}
        awards_in_kind.give_back(session, one.call, made.id, "", **own)
    awards_in_kind.give_back(session, one.call, made.id, "", **told)
    session.commit()
    assert made.given_back_on == now.date()
    with refused("in-kind-back"):
        awards_in_kind.give_back(session, one.call, made.id, "", **told)
    room = awards_in_kind.add(session, one.call, project.id, Lent("room", "Salle"), **told)
    with refused("in-kind-back"):
        awards_in_kind.give_back(session, one.call, room.id, "", **told)
    assert acts(session)[-3:] == ["in_kind.given", "in_kind.given_back", "in_kind.given"]


@pytest.mark.parametrize(
    ("lent", "code"),
    [
        (Lent("car", "x"), "in-kind-unknown"),
        (Lent("room", ""), "in-kind-missing"),
        (Lent("room", "x", "0"), "quantity-number"),
        (Lent("room", "x", "1", "soon"), "day-unreadable"),
        (Lent("room", "x", "1", "2027-02-01", "2027-01-01"), "lent-ends-first"),
    ],
)
def test_what_makes_no_sense_is_refused(session, now, one, lent, code):
    told = {"by": one.officer, "now": now}
    with refused(code):
        awards_in_kind.add(session, one.call, one.projects[0].id, lent, **told)


def test_only_for_projects_of_the_call_and_never_ones_own(session, make, now, one, monkeypatch):
    lent, told = Lent("training", "Une journée"), {"by": one.officer, "now": now}
    draft = open_calls.project(make, one.call, state="draft", number=None)
    stranger = split.awarded(make).projects[0]
    for project_id in (draft.id, stranger.id, "x" * 18):
        with refused("in-kind-project"):
            awards_in_kind.add(session, one.call, project_id, lent, **told)
    with refused("pays-own-project"):
        own = {"by": one.people[0], "now": now}
        awards_in_kind.add(session, one.call, one.projects[0].id, lent, **own)
    monkeypatch.setattr(awards_in_kind, "MOST", 1)
    awards_in_kind.add(session, one.call, one.projects[0].id, lent, **told)
    with refused("in-kind-too-many"):
        awards_in_kind.add(session, one.call, one.projects[0].id, lent, **told)
    assert session.query(AwardInKind).count() == 1
