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
