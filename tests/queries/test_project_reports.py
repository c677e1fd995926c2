"""What a call changed: published reports only, figures by territory, help in kind."""

from datetime import timedelta

from sqlalchemy import select

from consult.models import AwardInKind, CallEnvelope, Payment, ProjectReport
from consult.queries import project_reports as queries
from tests import open_calls
from tests import payments as split


def test_what_is_public_of_a_call(session, make, now):
    one, noise = split.awarded(make, cents=(10, 20, 40)), split.awarded(make)
    first, second, third = one.projects
    first.territory_code = second.territory_code = "D-54"
    third.moderation = "hidden"
    told = {"updated_at": now, "done": "Fait.", "photo": "p", "photo_shows": "x"}
    for number, project in enumerate([first, third, noise.projects[0]]):
        day = now + timedelta(minutes=number)
        make.save(ProjectReport(project_id=project.id, people=7, published_at=day, **told))
    make.save(ProjectReport(project_id=second.id, spent_cents=5, **told))
    nothing = open_calls.project(make, one.call)
    lent = {"kind": "room", "what": "Salle", "created_at": now}
    for project in (nothing, third, noise.projects[0]):
        make.save(AwardInKind(project_id=project.id, **lent))
    rows = session.execute(queries.published(one.call.id)).all()
    assert [row.ProjectReport.project_id for row in rows] == [first.id]
    assert (rows[0].received_cents, rows[0].place) == (10, "Meurthe-et-Moselle")
    (place,) = session.execute(queries.by_territory(one.call.id)).all()
    assert (place.place, place.projects, place.received_cents) == ("Meurthe-et-Moselle", 2, 30)
    assert (place.reports, place.spent_cents, place.people) == (1, 0, 7)
    lent = session.execute(queries.in_kind(one.call.id)).all()
    assert [row.title for row in lent] == [nothing.title]
    takers = session.execute(queries.takers(one.call.id)).all()
    assert [row.id for row in takers] == [first.id, second.id, third.id, nothing.id]
    assert session.scalars(queries.shown(first.id)).one().photo == "p"
    for project in (second, third, nothing):
        assert session.scalars(queries.shown(project.id)).all() == []
    one.call.published_at = None
    session.commit()
    assert session.scalars(queries.shown(first.id)).all() == []


def test_figures_by_theme_and_what_came_since_the_split(session, make, now):
    one = split.awarded(make, cents=(10, 20, 40))
    first, second, third = one.projects
    first.theme, first.territory_code = 2, "D-54"
    third.moderation = "hidden"
    make.save(AwardInKind(project_id=third.id, kind="room", what="Salle", created_at=now))
    paid = {"call_id": one.call.id, "decision_id": one.decision.id, "created_at": now}
    paid |= {"envelope_id": session.scalars(select(CallEnvelope.id)).first(), "state": "paid"}
    for position in (1, 2):
        number = {"position": position, "end_to_end": f"E{position}", "amount_cents": 5}
        make.save(Payment(project_id=second.id, paid_on=now.date(), **number, **paid))
    found = session.execute(queries.since([first.id, second.id, third.id])).all()
    assert sorted((row.project_id, row.cents, row.day, row.what) for row in found) == sorted(
        [(second.id, 10, now.date(), ""), (third.id, 0, None, "Salle")]
    )
    themes = session.execute(queries.by_theme(one.call.id)).all()
    assert [(row.theme, row.projects, row.received_cents) for row in themes] == [
        (2, 1, 10),
        (None, 1, 20),
    ]
    apart = session.execute(queries.by_territory(one.call.id)).all()
    assert [row.place for row in apart] == ["Meurthe-et-Moselle", None]
