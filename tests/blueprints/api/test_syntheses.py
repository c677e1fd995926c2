"""A synthesis by the API: its blocks with their extracts, its counts, its digest."""

from tests import synthesising


def test_a_published_synthesis_is_read_whole(app, session, make, now):
    world = synthesising.closed(make)
    text = make.answer(world.question, body="Le soir.")
    asked = {"choices": ["Matin", "Soir"], "allow_other": False}
    question = make.question(world.theme, kind="choice", options=asked)
    make.answer(question, value="Soir", body="Soir")
    whole = synthesising.begun(session, world)
    client = app.test_client()
    assert client.get(f"/api/v1/syntheses/{whole.slug}").status_code == 404
    version = synthesising.publish(session, whole, world.owner, now)
    found = client.get(f"/api/v1/syntheses/{whole.slug}").get_json()
    assert (found["number"], found["digest"]) == (1, version.digest)
    assert found["consultation"] == world.consultation.slug
    total, *places = [row["number"] for row in found["counts"]]
    assert total == sum(places) == 1
    quoted = [one for block in found["blocks"] for one in block["extracts"]]
    assert [(one["text"], one["by"]) for one in quoted] == [("Le soir.", "")]
    assert quoted[0]["url"].endswith(f"/answers/{text.id}")
    rows = [row for block in found["blocks"] for row in block["figures"]]
    assert rows == [{"label": "Matin", "number": 0}, {"label": "Soir", "number": 1}]
