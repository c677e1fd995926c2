"""Twenty texts read and ten passages taken with the keyboard alone; what it looks like."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Consultation, Extract, StatementReading
from tests import reading_rooms
from tests.factories import Maker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ORGANISER = "organisatrice@demo.invalid"
FORUM = "strategie-numerique-grand-est"
BODY = "Le texte numéro {} demande un banc. Il demande aussi une lampe. Le reste peut attendre."


@pytest.fixture
def twenty(site):
    """Twenty texts to read, in a consultation of the organiser's own with two blocks."""
    now = datetime.now(UTC)
    with site.session() as session:
        owner = session.scalar(select(Consultation.owner_id).where(Consultation.slug == FORUM))
        make = Maker(session, now)
        slug = f"lecture-{now.timestamp():.0f}-{now.microsecond}"
        consultation = make.consultation(owner_id=owner, slug=slug, title="Vingt réponses")
        make.numbers = iter(range(now.microsecond, 10**9))
        question = make.question(make.theme(consultation))
        for number in range(20):
            at = now - timedelta(hours=20 - number)
            facts = {"signed_as": "name", "signature": "Ada L."} if number == 0 else {}
            make.answer(question, body=BODY.format(number), created_at=at, **facts)
        whole = reading_rooms.synthesis(make, consultation, slug=slug)
        for title in ("Des bancs", "Des lampes"):
            reading_rooms.block(make, whole, title=title)
        key = consultation.id

    def held():
        query = select(StatementReading.state).where(StatementReading.consultation_id == key)
        return [row[0] for row in site.rows(query)]

    return slug, held


def strike(visitor, *keys):
    for key in keys:
        visitor.page.keyboard.press(key)


def leave(visitor, key):
    """Strike a key and wait for the page that follows."""
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.page.keyboard.press(key)
    visitor.settle()


def test_twenty_texts_and_ten_passages_by_the_keyboard(visitors, site, twenty):
    slug, held = twenty
    visitor = visitors(width=1280)
    visitor.sign_in(ORGANISER)
    visitor.open(f"/console/consultations/{slug}/reading")
    leave(visitor, "l")
    for number in range(20):
        assert f"numéro {number} " in visitor.text("#text")
        if number == 0:
            strike(visitor, "b", "Home", "ArrowDown", "Tab", "1", "2", "n")
            leave(visitor, "e")
            assert "Des lampes" in visitor.text("#write .list")
            assert "Avec le nom" in visitor.text("#write .list")
        elif number % 2 == 0:
            strike(visitor, "1", "2")
            leave(visitor, "e")
            assert "Des lampes" in visitor.text("#write .list"), "the block stays chosen"
        if number == 7:
            strike(visitor, "m")
            leave(visitor, "2")
        else:
            leave(visitor, "l")
        visitor.look()
    assert "20 sur 20 lues" in visitor.text()
    assert (held().count("read"), held().count("set_aside")) == (19, 1)
    rows = site.rows(select(Extract.quote).where(Extract.quote.contains("demande un banc. Il")))
    assert len({row[0] for row in rows}) == 10
    assert site.rows(select(func.count()).where(Extract.named))[0][0] >= 1
    visitor.open(f"/console/consultations/{slug}/synthesis")
    key = visitor.page.locator("button[id^=down-]").first.get_attribute("id")
    visitor.page.focus(f"#{key}")
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/move")):
        strike(visitor, "Enter")
    visitor.settle()
    assert visitor.page.locator("button[id^=down-]").nth(1).get_attribute("id") == key
    assert visitor.page.evaluate("document.activeElement.id") == key, "the place is kept"


def test_on_a_telephone_one_column_under_the_other_without_scripts(visitors, twenty):
    slug, held = twenty
    visitor = visitors(scripts=False, width=320)
    visitor.sign_in(ORGANISER)
    visitor.open(f"/console/consultations/{slug}/reading")
    visitor.press(f"form[action$='{slug}/reading/next'] button")
    read, write = (visitor.page.locator(one).bounding_box() for one in ("#text", "#write"))
    assert read["y"] + read["height"] <= write["y"]
    visitor.page.locator("#sentence-1").check()
    visitor.press("form[action$='/extracts'] button")
    assert "Il demande aussi une lampe." in visitor.text("#write .list")
    visitor.press("form.deciding button[value=read]")
    assert "numéro 1 " in visitor.text("#text")
    assert held() == ["read"]


def make_tags(visitor, slug, *names):
    visitor.open(f"/console/consultations/{slug}/reading/tags")
    for name in names:
        visitor.fill("#name", name)
        visitor.press("form:has(#name) button")
        assert name in visitor.text("table")


def test_texts_are_tagged_by_the_keyboard(visitors, site, twenty):
    slug, _held = twenty
    visitor = visitors(width=1280)
    visitor.sign_in(ORGANISER)
    make_tags(visitor, slug, "Bancs", "Lampes")
    visitor.open(f"/console/consultations/{slug}/reading")
    leave(visitor, "l")
    for _number in range(3):
        strike(visitor, "q", "ArrowDown", "Tab")
        leave(visitor, "p")
        assert visitor.page.locator("#tag option:checked").inner_text() == "Bancs"
        leave(visitor, "l")
    visitor.open(f"/console/consultations/{slug}/reading/tags")
    assert visitor.page.locator("tr:has-text('Bancs') td").inner_text() == "3"
    assert visitor.page.locator("tfoot td").inner_text() == "20"


def test_texts_are_tagged_on_a_telephone_without_scripts(visitors, twenty):
    slug, _held = twenty
    visitor = visitors(scripts=False, width=320)
    visitor.sign_in(ORGANISER)
    make_tags(visitor, slug, "Bancs")
    visitor.open(f"/console/consultations/{slug}/reading")
    visitor.press(f"form[action$='{slug}/reading/next'] button")
    visitor.page.locator("#tag").select_option(label="Bancs")
    visitor.press("form[action$='/tag'] button")
    assert "L’étiquette est posée." in visitor.text("body")
    visitor.open(f"/console/consultations/{slug}/reading/tags")
    assert visitor.page.locator("tr:has-text('Bancs') td").inner_text() == "1"
