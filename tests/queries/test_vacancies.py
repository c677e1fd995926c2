"""How rooms are kept."""

from datetime import timedelta

from consult.models import Decision, Room, TerritoryContact
from consult.queries import rooms, vacancies


def test_a_line_goes_from_a_room_to_the_top(session, make):
    top = make.room("national", "FR")
    hub = make.room("hub", "R-44", top)
    # Two rooms of a level, whose ids say nothing of which is above.
    outer, inner = (make.room("local", None, hub) for _ in range(2))
    for one, above in ((inner, outer), (outer, inner)):
        one.parent_id, above.parent_id = above.id, hub.id
        session.commit()
        rows = session.execute(vacancies.line(one.id)).all()
        assert [row.id for row in rows] == [one.id, above.id, hub.id, top.id]


def test_a_room_tells_who_runs_it_and_what_they_did_last(session, make):
    hub, other = make.room("hub"), make.room("hub")
    hub.active_at = make.now + timedelta(days=1)
    ada, gone = make.account(), make.account(active=False)
    for account in (ada, gone):
        make.joins(account, hub)
    make.joins(make.account(), hub, "member")
    text_ = make.answer(make.question())
    decided = {"version": 1, "from_state": "pending", "to_state": "published", "role": "organiser"}
    facts = {"statement_id": text_.id, "batch_id": "b", "decided_at": make.now}
    make.save(Decision(account_id=ada.id, **decided, **facts))
    found = {row.id: row for row in session.execute(vacancies.kept())}
    assert (found[hub.id].runners, found[hub.id].decided_at) == (1, make.now)
    assert found[hub.id].acted_at == hub.active_at
    assert (found[other.id].runners, found[other.id].decided_at) == (0, None)
    assert found[other.id].acted_at == other.created_at
    told = session.execute(vacancies.told_of([hub.id, other.id])).all()
    assert [(row.room_id, row.email) for row in told] == [(hub.id, ada.email)]


def test_a_page_knows_the_hours_and_whom_to_call(session, make):
    room = make.room("local", "C-988", slug="caillou")
    make.save(TerritoryContact(territory_code="C-988", name="La case", phone="01"))
    row = session.execute(vacancies.described(rooms.by_slug("caillou", rooms.Reader()))).one()
    assert (row.time_zone, row.contact_phone, row.runners) == ("Pacific/Noumea", "01", 0)
    assert row.id == room.id and session.get_one(Room, room.id).purpose == ""
