"""Where one speaks from: shown when one ticks it, as it was when one signed."""

import pytest
from sqlalchemy import select

from consult.models import Answer

PAGE = "/account/profile"
HERE = "/consultations/c/questions/1-1"
SAID = "Je dirige un lieu aidé par la région."


@pytest.fixture
def question(make):
    return make.question(make.theme(make.consultation(slug="c"), number=1), number=1)


@pytest.fixture
def awa(browser, make, question):
    browser.as_(make.account(name=""))
    page = browser.submit(
        browser.get(PAGE), PAGE, name="Awa Ba", organisation="La Fabrique", speaks_from=SAID
    )
    assert "Votre profil est enregistré" in page.words()
    return browser


def check(browser, text="Mon avis."):
    return browser.submit(browser.get(HERE), f"{HERE}/send", button=f"{HERE}/check", value=text)


def send(browser, **typed):
    page = browser.submit(check(browser), f"{HERE}/send", **typed)
    return browser.get(page.url.replace("/receipt", ""))


def test_it_is_shown_beside_a_signature_only_when_ticked(awa):
    page = check(awa)
    assert 'value="Awa Ba"' in page.text and 'value="La Fabrique"' in page.text
    assert SAID in page.words()
    assert SAID not in send(awa, signed_as="name").text
    assert SAID in send(awa, signed_as="name", signature="Awa Ba", speaks_from="on").text
    assert SAID not in send(awa, signed_as="none", speaks_from="on").text


def test_editing_the_profile_does_not_rewrite_what_was_signed(awa, session):
    shown = send(awa, signed_as="organisation", speaks_from="on")
    assert SAID in shown.text
    awa.submit(awa.get(PAGE), PAGE, speaks_from="Je suis retraitée.", organisation="Autre")
    again = awa.again().get(shown.url)
    assert SAID in again.text and "La Fabrique" in again.text and "retraitée" not in again.text
    session.rollback()
    assert session.scalars(select(Answer.speaks_from)).one() == SAID


def test_it_is_not_ticked_for_the_next_text_nor_for_someone_else(awa, browser, make):
    send(awa, signed_as="name", speaks_from="on")
    box = next(i for i in check(awa, "Autre.").all("input") if i.get("name") == "speaks_from")
    assert box.get("checked") is None
    stranger = browser.again()
    assert SAID not in check(stranger).text
    assert SAID not in send(stranger, signed_as="name", signature="Z", speaks_from="on").text


def test_a_helper_never_lends_their_own_position(browser, make, question):
    browser.as_(make.account("mediator", speaks_from=SAID))
    url = f"/assistance/{question.id}"
    page = browser.get(f"/assistance?question={question.id}")
    assert SAID not in page.text
    page = browser.submit(
        page, url, value="Ses mots.", signed_as="name", signature="Zoé", speaks_from="on",
        consent="oral", channel="desk",
    )  # fmt: skip
    assert SAID not in page.text


def test_a_profile_that_cannot_be_kept_comes_back(awa):
    page = awa.submit(awa.get(PAGE), PAGE, speaks_from="x" * 301)
    assert page.status == 422 and "x" * 301 in page.text
    page = awa.submit(awa.get(PAGE), PAGE, name="a\x00b")
    assert page.status == 422 and "ab" in page.text
