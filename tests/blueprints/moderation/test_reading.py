"""Whole texts, the oldest due first, narrowed, flagged, gathered."""

from datetime import timedelta

import pytest

from consult.models import Setting
from tests.blueprints.moderation.pages import form_of, press, shown, states


def test_whole_texts_are_shown_the_oldest_due_first(browser, make, question, now):
    long = "Un très long texte. " * 200
    facts = {"state": "pending", "territory_code": "D-54", "actor_kind": "resident"}
    make.answer(question, **facts, body="Le second", updated_at=now - timedelta(hours=1))
    make.answer(question, **facts, body=long, updated_at=now - timedelta(days=3))
    make.answer(question, state="hidden", body="Une autre")
    make.answer(make.question(), state="pending", body="Ailleurs")
    page = browser.get("/moderation")
    words = page.words()
    assert words.index(long[:50]) < words.index("Le second")
    assert long.strip() in words
    for said in ("Quel bus de nuit ?", "Le bus", "Meurthe-et-Moselle", "Habitant"):
        assert said in words
    assert "En retard de 1 jour" not in words
    assert "En retard de 24 heures" in words or "En retard de 25 heures" in words
    assert "À lire d’ici 47 heures" in words
    assert "Une autre" not in words
    assert "Ailleurs" not in words
    assert "Une autre" in browser.get("/moderation?state=hidden").words()


def test_the_delay_is_the_sites(browser, session, make, waiting, now):
    waiting(1)
    session.add(Setting(key="moderation_hours", value="3"))
    session.commit()
    assert "À lire d’ici 2 heures" in browser.get("/moderation").words()


def test_every_kind_of_text_is_read_in_the_same_queue(browser, make, mine, question):
    proposal = make.proposal(make.theme(mine), title="Le bus de nuit")
    texts = [make.proposal(make.theme(mine), state="pending", title="Une idée")]
    for maker in (make.argument, make.source, make.amendment, make.comment):
        texts.append(maker(proposal, state="pending"))
    page = browser.get("/moderation")
    assert set(shown(page)) == {text.id for text in texts}
    for text in texts:
        assert text.body in page.words()
        assert form_of(page, text) is not None
    assert page.words().count(proposal.body) == 4
    assert shown(browser.get("/moderation?kind=comment")) == [texts[-1].id]


def test_the_list_is_narrowed_by_plain_links(browser, make, owner, waiting):
    here = waiting(2)
    other = make.consultation(owner_id=owner.id, slug="parc", title="Le parc")
    there = make.proposal(make.theme(other), state="pending")
    page = browser.get("/moderation")
    links = [url for url in page.links() if url.startswith("/moderation?")]
    assert "/moderation?consultation=parc" in links
    assert shown(browser.get("/moderation?consultation=parc")) == [there.id]
    both = browser.get("/moderation?consultation=bus&kind=answer")
    assert shown(both) == [text.id for text in here]
    assert "/moderation?consultation=bus&kind=source" in both.links()
    assert shown(browser.get("/moderation?consultation=parc&kind=answer")) == []
    assert shown(browser.get("/moderation?consultation=none")) == []


@pytest.mark.parametrize(
    "query",
    ["state=eat", "kind=eat", "state=published", "consultation=%00", "like=%00", "like=nobody",
     "state=pending&state=hidden", "consultation=" + "x" * 500],
)  # fmt: skip
def test_what_is_no_word_of_the_queue_is_as_good_as_absent(browser, waiting, query):
    waiting(1)
    assert len(shown(browser.get(f"/moderation?{query}"))) == 1


def test_pages_hold_twenty(browser, waiting):
    waiting(21)
    page = browser.get("/moderation")
    assert len(shown(page)) == 20
    following = next(url for url in page.links() if "cursor=" in url)
    assert "Texte 20." in browser.get(following).words()
    for cursor in ("x", "%00", "a" * 3_000):
        assert browser.get(f"/moderation?cursor={cursor}").status == 404


def test_a_text_sent_several_times_is_said_and_nothing_is_decided(
    browser, session, make, question, now
):
    same = "Je demande un bus de nuit entre Nancy et Toul le samedi soir"
    sent = [same, "Un autre texte, sans rapport aucun avec le premier", same + " !", same.upper()]
    texts = [
        make.answer(question, state="pending", body=body, updated_at=now + timedelta(hours=place))
        for place, body in enumerate(sent)
    ]
    page = browser.get("/moderation")
    assert page.words().count("Envoyé 3 fois") == 3
    assert shown(page) == [texts[place].id for place in (0, 2, 3, 1)]
    together = browser.get(f"/moderation?like={texts[0].id}")
    assert len(shown(together)) == 3
    page = press(browser, together, texts[0], "publish")
    assert len(shown(page)) == 3
    assert states(session, texts) == ["published", "pending", "pending", "pending"]


def test_a_sign_flags_a_text_and_decides_nothing(browser, session, waiting):
    texts = waiting(4)
    texts[1].body = "Appelez Jeanne au 06 12 34 56 78"
    texts[2].body = "Quel escroc, ce maire"
    session.add(Setting(key="watched_words", value="escroc"))
    session.commit()
    page = browser.get("/moderation")
    assert "Donne peut-être un numéro de téléphone" in page.words()
    assert "Contient un mot à surveiller" in page.words()
    assert shown(page) == [text.id for text in texts]
    assert "/moderation?signs=1" in page.links()
    assert shown(browser.get("/moderation?signs=1")) == [texts[1].id, texts[2].id]
    assert states(session, texts) == ["pending"] * 4


def test_a_page_takes_few_statements_and_the_same_for_many_rows(browser, make, waiting, statements):
    waiting(1)
    with statements() as few:
        browser.get("/moderation")
    waiting(20)
    make.question()
    with statements() as many:
        browser.get("/moderation")
    own = [one for one in many if "statement" in one]
    assert len(own) <= 5
    assert len(many) == len(few) <= 8
