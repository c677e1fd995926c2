import pytest

from consult.services import registers

HOSTILE = [
    "'",
    '"',
    '"carte" OR 1=1 --',
    "carte' | 'x",
    "carte & ! ( ) <-> :*",
    "NEAR(carte, 2)",
    "words:carte",
    "carte*",
    "^carte",
    "%",
    "_",
    "\\",
    "pg_sleep(3)",
    "a\x00b",
    "(select password from account)",
    "carte " * 3_000,
    "x" * 10_000,
    "œuvre l’été",
    "<script>alert(1)</script>",
    "😀",
    "-",
    "ß İ ﬁ",
]


def test_it_finds_with_other_accents_plurals_and_elisions(browser, make):
    question = make.question()
    answer = make.answer(question, body="L’œuvre d’été des médiathèques")
    make.answer(question, body="Un hiver sans livres")
    for words in ("oeuvre", "ETE", "mediatheque", "médiathèques d'été"):
        page = browser.get(f"/search?q={words}")
        assert [url for url in page.links() if url.startswith("/answers/")] == [
            f"/answers/{answer.id}"
        ], words


def test_a_short_text_is_shown_once_and_a_long_one_goes_on(browser, make):
    question = make.question()
    make.answer(question, body="Une carte des lieux.")
    page = browser.get("/search?q=carte+lieux").words()
    assert page.count("Une carte des lieux") == 1
    make.proposal(make.theme(), title="Ouvrir le soir", body="Ouvrir le soir.")
    assert browser.get("/search?q=soir").words().count("Ouvrir le soir") == 1
    make.proposal(make.theme(), title="Le dimanche", body="Ouvrir aussi ce jour-là.")
    assert "Ouvrir aussi ce jour-là." in browser.get("/search?q=dimanche").words()
    make.answer(question, body="Des ateliers " + "pour apprendre " * 12 + "enfin.")
    assert "enfin." in browser.get("/search?q=ateliers").words()


def test_every_word_must_be_there(browser, make):
    question = make.question()
    make.answer(question, body="Une carte des lieux")
    assert any(url.startswith("/answers/") for url in browser.get("/search?q=carte").links())
    page = browser.get("/search?q=carte+fusée")
    assert not [url for url in page.links() if url.startswith("/answers/")]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: words[:12].replace("\x00", "NUL"))
def test_hostile_words_are_only_words(browser, make, words):
    answer = make.answer(make.question(), body="Une carte")
    page = browser.get(f"/search?{__import__('urllib.parse').parse.urlencode({'q': words})}")
    assert page.status == 200
    found = f"/answers/{answer.id}" in page.links()
    assert found == (
        words.startswith(("carte*", "^carte", "carte ", "carte &")) and "x" not in words
    )
    assert not [e for e in page.all("script") if not e.get("src")]


@pytest.mark.parametrize("state", ["awaiting", "pending", "to_correct", "hidden", "withdrawn"])
def test_only_published_texts_are_found(browser, make, state):
    make.answer(make.question(), body="Un ornithorynque", state=state)
    page = browser.get("/search?q=ornithorynque")
    assert not [url for url in page.links() if url.startswith("/answers/")]


def test_what_rooms_decided_and_committed_to_is_found_where_one_may_read_it(
    browser, session, make, now
):
    by = {"actor": "system", "now": now}
    private = {"is_private": True, "name": "Cercle"}
    for slug, facts in (("nancy", {"name": "Salle de Nancy"}), ("cercle", private)):
        room = make.room("local", None, None, slug=slug, **facts)
        values = {"kind": "decision", "title": "Ouvrir le fablab", "body": "Le soir."}
        registers.add(session, room.id, values, dated_on=now.date(), **by)
        registers.add(session, room.id, values | {"kind": "resource"}, dated_on=now.date(), **by)
        values = {"what": "Repeindre les fablabs", "who": "Jean"}
        registers.commit_to(session, room.id, values, due_on=None, **by)
    session.commit()
    for path in ("/search?q=fablab", "/search?q=FABLABS&kind=register"):
        page = browser.get(path)
        assert "Ouvrir le fablab" in page.words() and "Repeindre les fablabs" in page.words()
        assert "/rooms/nancy/decisions#commitments" in page.links()
        found = [url for url in page.links() if "/documents/" in url]
        assert len(found) == 1 and "Cercle" not in page.words()
    assert browser.get(found[0]).status == 200
    page = browser.get("/search?q=repeindre&kind=register")
    assert "Repeindre" in page.words() and "Ouvrir le fablab" not in page.words()
    assert "Repeindre" not in browser.get("/search?q=repeindre&kind=answer").words()
    account = make.account()
    make.joins(account, room)
    assert "Cercle" in browser.as_(account).get("/search?q=fablab").words()


def test_a_consultation_with_the_longest_address_is_searched(browser, make):
    slug = "a" * 80
    make.consultation(slug=slug)
    assert browser.get(f"/search?consultation={slug}").status == 200
