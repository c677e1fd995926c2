"""The board of the promised answers."""

from datetime import timedelta


def test_an_empty_board_says_why(browser):
    page = browser.get("/promises")
    assert "Aucune réponse n'est promise." in page.words()
    assert "/promises" in browser.get("/").links()


def test_the_board_counts_by_institution_and_costs_the_same(browser, make, now, statements):
    for number in range(25):
        due = now + timedelta(days=number - 12)
        make.consultation(outcome_at=due, asked_by=f"Ville {number % 3}", title=f"Titre {number}")
    page = browser.get("/promises")
    assert {"Ville 0", "Ville 1", "Ville 2"} <= {"".join(one.itertext()) for one in page.all("th")}
    assert any("cursor=" in link for link in page.links())
    late = browser.get("/promises?state=late").words()
    assert "Titre 3" in late and "Titre 20" not in late
    for url in ("/promises?state=%00", "/promises?state=x&state=late"):
        assert browser.get(url).status == 200
    assert browser.get("/promises?cursor=zzz").status == 404
    browser.get("/promises")
    with statements() as seen:
        browser.get("/promises")
    assert len(seen) <= 5, seen
