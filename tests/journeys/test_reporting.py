"""Reporting a text in two presses, with scripts and without; the log anyone may read."""

import pytest
from sqlalchemy import select

from consult.models import Answer, Consultation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FORUM = "strategie-numerique-grand-est"


def an_answer(site):
    query = (
        select(Answer.id)
        .join(Consultation, Consultation.id == Answer.consultation_id)
        .where(Consultation.slug == FORUM, Answer.state == "published")
        .order_by(Answer.created_at)
    )
    return site.rows(query)[0].id


def test_report_a_text_in_two_presses_then_find_it_again(visitor, site):
    key = an_answer(site)
    visitor.open(f"/answers/{key}")
    visitor.clicks = 0
    visitor.press(f"a[href='/statements/{key}/report']")
    visitor.press("button[value=advertising]")
    assert visitor.clicks == 2
    assert "Votre signalement est envoyé" in visitor.text()
    number = visitor.text(".ticket .number").strip()
    assert visitor.path.startswith("/reports/")
    visitor.open("/follow-up")
    visitor.fill("[name=number]", number.lower())
    visitor.press("#number button")
    assert number in visitor.text()
    assert "pas encore de réponse" in visitor.text()
    visitor.open(f"/answers/{key}")


def test_report_illegal_content(visitor, site):
    key = an_answer(site)
    visitor.open(f"/statements/{key}/report")
    visitor.page.locator("#legal summary").click()
    visitor.fill("#legal-explanation", "Une injure.")
    visitor.press("#legal-form button")
    assert "Il y a un problème" in visitor.text() or "nom" in visitor.text("[role=alert]")
    assert visitor.page.locator("#legal-explanation").input_value() == "Une injure."
    visitor.fill("#legal-name", "Ada")
    visitor.fill("#legal-email", "ada@exemple.fr")
    visitor.page.locator("#legal-good_faith").check()
    visitor.press("#legal-form button")
    assert "Contenu illégal" in visitor.text()


def test_anyone_reads_the_log(visitor):
    visitor.open("/moderation/log")
    visitor.open(f"/consultations/{FORUM}/moderation")
