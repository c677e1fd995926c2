"""The promised answers, as a program reads them."""

from datetime import timedelta

DAY = timedelta(days=1)


def test_the_late_promises_are_listed_with_their_dates(program, make, now, conforms):
    for number in range(3):
        due = now + (number - 1) * 3 * DAY
        make.consultation(synthesis_at=due, title=f"Titre {number}", asked_by="La ville")
    found = conforms(program.get("/promises?limit=2"), "Promises")
    assert [(one["title"], one["state"]) for one in found["items"]] == [
        ("Titre 2", "waiting"), ("Titre 1", "waiting"),
    ]  # fmt: skip
    assert found["next"]
    (late,) = conforms(program.get("/promises?state=late"), "Promises")["items"]
    assert (late["title"], late["what"], late["given_at"]) == ("Titre 0", "syntheses", None)
    assert program.get("/promises?state=x").status_code == 422
