"""The projects of a call, as a program reads them: where each stands, and nothing private."""

from consult.models import Principle
from tests import open_calls


def test_public_projects_page_by_page_without_anything_private(program, make, conforms):
    call = open_calls.call(make, slug="appel", principles=1)
    sent = [open_calls.project(make, call, contact_phone="06 12 34 56 78") for _ in range(3)]
    open_calls.project(make, call, title="Masqué", moderation="hidden")
    open_calls.project(make, call, title="Brouillon", state="draft", number=None)
    principle = make.session.query(Principle).filter_by(call_id=call.id).one()
    open_calls.assess(make, sent[0], principle)
    first = conforms(program.get("/open-calls/appel/projects?limit=2"), "Projects")
    assert [one["id"] for one in first["items"]] == [sent[0].id, sent[1].id]
    assert [one["standing"] for one in first["items"]] == ["respects", "unread"]
    again = program.get(f"/open-calls/appel/projects?limit=2&cursor={first['next']}")
    assert [one["id"] for one in again.json["items"]] == [sent[2].id]
    whole = program.get("/open-calls/appel/projects")
    for private in ("06 12 34", "projet@exemple.fr", "Masqué", "Brouillon"):
        assert private not in whole.get_data(as_text=True)
    call.conditions = ["road_map"]
    make.session.commit()
    told = program.get("/open-calls/appel/projects").json["items"]
    assert {one["standing"] for one in told} == {"to_complete"}
    draft = open_calls.call(make, slug="en-preparation", published_at=None)
    assert draft and program.get("/open-calls/en-preparation/projects").status_code == 404
