"""Take one's data, erase one's account, then look for the name everywhere."""

import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from consult.domain import searching
from consult.models import Answer, Consultation, Participant, Question
from consult.services import accounts

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FORUM = "strategie-numerique-grand-est"


def arrive(site, email, name):
    """Someone with an account, who wrote and signed an answer; return its number."""
    now = datetime.now(UTC)
    question = site.rows(
        select(Question.id, Question.theme_id, Question.consultation_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(Consultation.slug == FORUM)
        .order_by(Question.id)
    )[0]
    with site.session() as session:
        account = accounts.by_email(session, email, now=now)
        account.name = name
        person = Participant(account_id=account.id, created_at=now)
        session.add(person)
        session.flush()
        body = f"Ouvrir le samedi matin, {name.split()[1].lower()}ment."
        answer = Answer(
            consultation_id=question.consultation_id,
            theme_id=question.theme_id,
            question_id=question.id,
            participant_id=person.id,
            body=body,
            value={"text": body},
            search=searching.normalise(body),
            signed_as="name",
            signature=name,
            created_at=now,
            updated_at=now,
            published_at=now,
        )
        session.add(answer)
        session.commit()
        return answer.id


@pytest.mark.parametrize(("scripts", "width"), [(False, 320), (True, 1280)])
def test_take_everything_then_leave(visitors, site, scripts, width, tmp_path):
    email, name = f"zelie{width}@exemple.fr", f"Zélie Quintard{width}"
    key = arrive(site, email, name)
    visitor = visitors(scripts=scripts, width=width).sign_in(email)
    assert name in visitor.open(f"/answers/{key}").text()
    visitor.open("/account").press("a[href='/account/data']")
    visitor.press("form[action='/account/data'] button")
    assert "Votre fichier est prêt" in visitor.text()
    with visitor.page.expect_download() as file:
        visitor.page.locator("a[href^='/account/data/']").click()
    file.value.save_as(tmp_path / "mes-donnees.zip")
    with zipfile.ZipFile(tmp_path / "mes-donnees.zip") as archive:
        page = archive.read("mes-donnees.html").decode()
    assert name in page and email in page and "samedi matin" in page
    visitor.press("a[href='/account/erase']")
    assert "Ce qui disparaît" in visitor.text() and "Ce qui reste" in visitor.text()
    visitor.page.locator("#texts-kept").check()
    visitor.press("form[action='/account/erase'] button.danger")
    assert "Votre compte est supprimé" in visitor.text("body")
    assert "samedi matin" in visitor.open(f"/answers/{key}").text()
    for path in (f"/answers/{key}", f"/search?q=quintard{width}", f"/consultations/{FORUM}"):
        assert name not in visitor.open(path).page.content()
