"""Twenty texts moderated with the keyboard; the same by hand, without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Consultation, Statement, Theme
from tests.factories import Maker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ORGANISER = "organisatrice@demo.invalid"
FORUM = "strategie-numerique-grand-est"
FEWEST_KEYS = 22


@pytest.fixture
def twenty(site):
    """Twenty texts that wait, in a consultation of the organiser's own, and their states."""
    now = datetime.now(UTC)
    with site.session() as session:
        owner = session.scalar(select(Consultation.owner_id).where(Consultation.slug == FORUM))
        make = Maker(session, now)
        slug = f"vingt-{now.timestamp():.0f}-{now.microsecond}"
        consultation = make.consultation(owner_id=owner, slug=slug, title="Vingt textes")
        make.numbers = iter(range(now.microsecond, 10**9))
        question = make.question(make.theme(consultation))
        texts = [
            make.answer(
                question,
                state="pending",
                published_at=None,
                body=f"Le texte numéro {n} demande un banc.",
                updated_at=now - timedelta(hours=20 - n),
            ).id
            for n in range(20)
        ]
        assert session.scalar(select(Theme.id).limit(1))

    def states():
        rows = dict(site.rows(select(Statement.id, Statement.state).where(Statement.id.in_(texts))))
        return [rows[text] for text in texts]

    return slug, states


def first(visitor):
    return visitor.text("main article .prose")


def strike(visitor, key, *, leaves):
    """Strike a key; wait for the page that follows when it leaves this one."""
    if not leaves:
        visitor.page.keyboard.press(key)
        return
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.page.keyboard.press(key)
    visitor.settle()


def test_twenty_texts_take_twenty_two_keys(visitors, twenty):
    slug, states = twenty
    visitor = visitors(width=1280)
    visitor.sign_in(ORGANISER)
    visitor.open(f"/moderation?consultation={slug}")
    keys = 0
    for number in range(20):
        assert f"numéro {number} " in first(visitor)
        if number in (4, 11):
            strike(visitor, "m", leaves=False)
            strike(visitor, "2", leaves=True)
            keys += 2
        else:
            strike(visitor, "p", leaves=True)
            keys += 1
        visitor.look()
    assert keys <= FEWEST_KEYS
    assert states().count("published") == 18
    assert states().count("hidden") == 2
    strike(visitor, "u", leaves=True)
    assert states()[-1] == "pending"
    assert "numéro 19 " in first(visitor)


def test_keys_write_while_one_types_act_where_one_is_and_can_be_off(visitors, twenty):
    slug, states = twenty
    visitor = visitors(width=1280)
    visitor.sign_in(ORGANISER)
    visitor.open(f"/moderation?consultation={slug}")
    page = visitor.page
    strike(visitor, "m", leaves=False)
    note = page.locator("main article [name=hide-note]:visible").first
    note.focus()
    page.keyboard.type("pmcs12u?")
    assert note.input_value() == "pmcs12u?"
    assert states() == ["pending"] * 20
    note.press("Tab")
    page.locator("h1").click()
    strike(visitor, "s", leaves=False)
    page.wait_for_function("document.activeElement.id.startsWith('text-')")
    strike(visitor, "p", leaves=True)
    assert states()[:3] == ["pending", "published", "pending"]
    strike(visitor, "?", leaves=False)
    visitor.press("form[action='/moderation/keys'] button")
    for key in "pmcts12u?":
        page.keyboard.press(key)
    visitor.settle()
    assert states()[:3] == ["pending", "published", "pending"]
    visitor.look()


def test_without_scripts_the_same_by_hand(visitors, twenty):
    slug, states = twenty
    visitor = visitors(scripts=False, width=320)
    visitor.sign_in(ORGANISER)
    visitor.open(f"/moderation?consultation={slug}")
    for number in range(20):
        assert f"numéro {number} " in first(visitor)
        if number in (4, 11):
            visitor.page.locator("main article summary.danger").first.click()
            visitor.press("main article button[value='hide.attack']")
        else:
            visitor.press("main article button[value=publish]")
    assert states().count("published") == 18
    visitor.press("form[action='/moderation/undo'] button")
    assert states()[-1] == "pending"


def test_reading_is_told_to_a_colleague(visitors, site, twenty):
    slug, _states = twenty
    here = f"/moderation?consultation={slug}"
    visitor = visitors(width=1280)
    visitor.sign_in(ORGANISER)
    visitor.open(here)
    visitor.page.wait_for_load_state("networkidle")
    visitor.open(here)
    assert "Vous lisez celui-ci" in visitor.text()
    colleague = visitors(width=1280)
    colleague.sign_in("technique@demo.invalid")
    assert "lit celui-ci" in colleague.open(here).text()
