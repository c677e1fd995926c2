import pytest


def test_the_page_says_who_asks_and_what_is_asked(browser, make):
    consultation = make.consultation(title="La stratégie", will_decide="Le budget")
    theme = make.theme(consultation, number=3, label="III", title="Mutualiser")
    question = make.question(theme, number=2, wording="Que partager ?")
    make.answer(question)
    page = browser.get(f"/consultations/{consultation.slug}")
    words = page.words()
    assert page.status == 200
    for text in ("La stratégie", "Le budget", "La région", "Mutualiser", "Que partager ?", "III"):
        assert text in words
    assert f"/consultations/{consultation.slug}/questions/3-2" in page.links()


def test_the_list_shows_the_open_ones_first(browser, make, now):
    from datetime import timedelta

    make.consultation(title="Fermée", closes_at=now - timedelta(days=1), published_at=now)
    make.consultation(title="Ouverte")
    page = browser.get("/consultations")
    assert page.words().index("Ouverte") < page.words().index("Fermée")


def test_the_answers_to_a_question_are_listed(browser, make):
    consultation = make.consultation()
    theme = make.theme(consultation, number=3, label="III")
    question = make.question(theme, number=2)
    answer = make.answer(question, body="Une carte vivante des compétences")
    make.answer(question, body="Un secret", state="hidden")
    page = browser.get(f"/consultations/{consultation.slug}/questions/3-2/answers")
    assert "Une carte vivante" in page.words()
    assert "Un secret" not in page.words()
    assert f"/answers/{answer.id}" in page.links()


def test_the_proposals_are_listed(browser, make):
    theme = make.theme()
    proposal = make.proposal(theme, title="Ouvrir les données")
    slug = make.session.get_one(type(make.consultation()), theme.consultation_id).slug
    page = browser.get(f"/consultations/{slug}/proposals")
    assert "Ouvrir les données" in page.words()
    assert f"/proposals/{proposal.id}" in page.links()
