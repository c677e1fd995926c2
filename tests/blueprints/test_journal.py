from consult.services import journal, sealing


def test_the_page_before_any_entry(browser):
    words = browser.get("/journal").words()
    assert "Aucune entrée n’est encore liée." in words
    assert "Rien n’est encore publié." in words
    assert browser.get("/journal/heads.txt").text == ""


def test_the_end_of_the_chain_and_the_heads_can_be_copied(browser, session, now):
    for subject in ("a", "b"):
        journal.record(session, "x.done", subject, actor="system", now=now)
    session.flush()
    sealing.seal(session, now=now)
    sealing.publish(session, now=now)
    session.commit()
    page = browser.get("/journal")
    copy = browser.get("/journal/heads.txt")
    day, number, digest = copy.text.split()
    assert (day, number) == (now.date().isoformat(), "2")
    assert page.words().count(digest) == 2
    assert "2 entrées sont liées." in page.words()
    assert copy.response.mimetype == "text/plain"
    assert "/journal/heads.txt" in page.links()
    assert "/journal" in browser.get("/site-map").links()
