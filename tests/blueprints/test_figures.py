"""The figures of a consultation: who took part, what they think, the groups they make."""

from consult.services import opinion_maps
from tests.crowds import two_camps


def test_small_numbers_are_added_up(browser, make):
    consultation = make.consultation(slug="chiffres")
    question = make.question(make.theme(consultation))
    for kind, number in (("resident", 7), ("place", 3), ("company", 4), (None, 6)):
        for _ in range(number):
            make.answer(question, actor_kind=kind, territory_code="D-54")
    page = browser.get("/consultations/chiffres/figures")
    words = page.words()
    assert page.status == 200
    assert "7 autres textes, dans 2 petits groupes" in words
    for label in ("Entreprise", "Lieu"):
        assert label not in words
    assert "Meurthe-et-Moselle (54) 20" in words.replace("54 · ", "") or "20" in words


def test_few_texts_give_no_number(browser, make):
    consultation = make.consultation(slug="peu")
    question = make.question(make.theme(consultation))
    make.answer(question, actor_kind="company")
    words = browser.get("/consultations/peu/figures").words()
    assert "Par type d’auteur : moins de 5 textes" in words.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert "Entreprise" not in words


def test_the_groups_are_tables_first_then_a_map(browser, session, make, now):
    _consultation, proposals = two_camps(make, people=40)
    opinion_maps.refresh(session, now=now)
    session.commit()
    page = browser.get("/consultations/camps/figures")
    words = page.words()
    assert words.index("Ce qui met tous les groupes d’accord") < words.index(
        "La carte des opinions"
    )
    assert f"/proposals/{proposals[0].id}" in page.links()
    assert "entre" in words and "Groupe A" in words
    proposals[0].state = "hidden"
    session.merge(proposals[0])
    session.commit()
    again = browser.get("/consultations/camps/figures")
    assert f"/proposals/{proposals[0].id}" not in again.links()


def test_opinions_wait_for_the_close_where_they_must(browser, session, make, now):
    consultation, proposals = two_camps(make, people=30)
    session.merge(consultation).results = "after_close"
    opinion_maps.refresh(session, now=now)
    session.commit()
    page = browser.get("/consultations/camps/figures")
    assert "après la fermeture" in page.words() or "après la clôture" in page.words()
    assert f"/proposals/{proposals[0].id}" not in page.links()
    assert "Groupe A" not in page.words()


def test_it_is_there_for_those_who_may_read_the_consultation(browser, make):
    make.consultation(slug="vide")
    make.consultation(slug="secrete", published_at=None)
    assert "Personne n’a encore écrit" in browser.get("/consultations/vide/figures").words()
    assert browser.get("/consultations/secrete/figures").status == 404
    assert browser.get("/consultations/nulle/figures").status == 404
