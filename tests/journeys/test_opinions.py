"""Opinions on answers, proposals and amendments; arguments, comments and changes to a text."""

import pytest
from sqlalchemy import select

from consult.models import Answer, Consultation, Proposal

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LAW = "reglement-lieux-aide-numerique"
FORUM = "strategie-numerique-grand-est"


def address(site, kind, slug, prefix):
    """The page of a published text that already has opinions."""
    query = (
        select(kind.id)
        .join(Consultation, Consultation.id == kind.consultation_id)
        .where(Consultation.slug == slug, kind.state == "published")
        .order_by(kind.created_at)
    )
    return f"/{prefix}/{site.rows(query)[0].id}"


def people(visitor, value):
    """The figure on a button of opinion."""
    words = visitor.text(f"button[id^='{value}-'] span")
    return int("".join(character for character in words if character.isdigit()) or 0)


def pressed(visitor):
    found = visitor.page.locator(".stances").first.locator("button[aria-pressed=true]")
    return [one.get_attribute("id").split("-")[0] for one in found.all()]


@pytest.mark.parametrize(
    ("kind", "slug", "prefix"), [(Answer, FORUM, "answers"), (Proposal, LAW, "proposals")]
)
def test_give_change_and_take_back_an_opinion(visitor, site, kind, slug, prefix):
    visitor.open(address(site, kind, slug, prefix))
    agree, mixed = people(visitor, "agree"), people(visitor, "mixed")
    visitor.clicks = 0
    visitor.press("button[id^='agree-']")
    assert (visitor.clicks, pressed(visitor)) == (1, ["agree"])
    assert people(visitor, "agree") == agree + 1
    visitor.press("button[id^='mixed-']")
    assert pressed(visitor) == ["mixed"]
    assert (people(visitor, "agree"), people(visitor, "mixed")) == (agree, mixed + 1)
    visitor.press("button[id^='mixed-']")
    assert pressed(visitor) == []
    assert people(visitor, "mixed") == mixed
    visitor.page.reload()
    assert (people(visitor, "agree"), people(visitor, "mixed")) == (agree, mixed)


def test_propose_another_wording_of_an_article(visitor, site):
    article = address(site, Proposal, LAW, "proposals")
    visitor.open(article)
    visitor.press("a[href$='/amendments/new']")
    text = visitor.page.locator("[name=body]").input_value()
    visitor.fill("[name=body]", f"{text} Il reste ouvert deux soirs par semaine.")
    visitor.fill("[name=explanation]", "Beaucoup de personnes travaillent la journée.")
    visitor.press("main form[action$='/amendments/new'] .actions button")
    assert visitor.path.startswith("/amendments/")
    assert "deux soirs par semaine" in visitor.text("main ins")


def test_argue_and_comment(visitor, site):
    article = address(site, Proposal, LAW, "proposals")
    visitor.open(article)
    visitor.press("a[href$='/arguments/new?side=against']")
    assert visitor.page.locator("#side-against").is_checked()
    visitor.fill("[name=body]", "Un petit lieu ne pourra pas tenir ces horaires.")
    visitor.press("main form[action$='/arguments/new'] .actions button")
    assert "ne pourra pas tenir ces horaires" in visitor.open(f"{article}/arguments").text()
    visitor.open(article)
    visitor.press("a[href$='/comments/new']")
    visitor.fill("[name=body]", "Qui paie le chauffage le soir ?")
    visitor.press("main form[action$='/comments/new'] .actions button")
    assert "Qui paie le chauffage" in visitor.open(f"{article}/comments").text()


def test_markup_in_a_comment_stays_words(visitors, site):
    visitor = visitors(scripts=True, width=320)
    article = address(site, Proposal, LAW, "proposals")
    visitor.open(f"{article}/comments/new")
    payload = (
        '<b hx-get="/sentinel" hx-trigger="load" data-hx-get="/sentinel">gras</b>'
        '<img src="/sentinel" onerror="document.title=1"><form id="act" action="/sentinel"></form>'
        '<script>document.title="sentinel"</script><p style="position:fixed">fixe</p>'
    )
    visitor.fill("[name=body]", payload)
    visitor.press("main form[action$='/comments/new'] .actions button")
    visitor.open(f"{article}/comments")
    assert "hx-get" in visitor.text()
    assert not [url for url in visitor.requests if "sentinel" in url]
    assert "sentinel" not in visitor.page.title()
    assert not visitor.has("main [style], main [onerror], main b[hx-get]")
    assert visitor.page.locator("form#act").count() == 1
