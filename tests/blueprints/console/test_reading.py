"""Reading what people wrote: the places, the outcomes, who took part."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Outcome, Statement

HERE = "/console/consultations/bus"


@pytest.fixture
def mine(browser, make):
    owner = make.account("organiser")
    browser.as_(owner)
    return make.consultation(owner_id=owner.id, slug="bus", moderation="before")


@pytest.fixture
def question(make, mine):
    return make.question(make.theme(mine))


def test_an_answer_is_moved_and_cut_from_its_page(browser, session, make, mine, question):
    other = make.question(make.theme(mine))
    text = make.answer(question, body="Le premier.\n\nLe second.")
    here = f"/console/answers/{text.id}"
    stale = browser.get(f"{here}/place")
    page = browser.submit(stale, f"{here}/place", question=[other.id, question.id])
    assert page.status == 200
    session.refresh(text)
    assert text.question_id in (other.id, question.id)
    assert browser.submit(stale, f"{here}/place", question=[question.id]).status == 409
    assert browser.submit(page, f"{here}/split").status == 422
    assert browser.submit(page, f"{here}/split", after="²").status == 422
    page = browser.submit(page, f"{here}/split", after="1")
    second = session.scalars(select(Statement).where(Statement.carried_from_id == text.id)).one()
    assert page.url == f"/console/answers/{second.id}/place"
    session.refresh(text)
    assert (text.body, second.body) == ("Le premier.", "Le second.")
    elsewhere = make.question()
    assert browser.submit(page, page.url, question=[elsewhere.id]).status == 422


def test_a_question_and_a_text_get_an_outcome(browser, session, make, mine, question):
    account = make.account(email="autrice@exemple.fr")
    participant = make.participant(account_id=account.id)
    text = make.proposal(make.theme(mine), title="Le bus", participant_id=participant.id)
    addresses = {
        "questions": f"{HERE}/outcomes/{question.id}",
        "proposals": f"/console/statements/{text.id}/outcome",
    }
    for shown, url in addresses.items():
        assert url in browser.get(f"{HERE}/outcomes?show={shown}").links()
        form = browser.get(url)
        assert browser.submit(form, url, body="Oui").status == 422
        done = browser.submit(form, url, verdict="kept", body="Nous le ferons.")
        assert done.url == f"{HERE}/outcomes?show={shown}"
        assert browser.submit(form, url, verdict="partly", body="Encore").status == 409
    assert {row.verdict for row in session.scalars(select(Outcome))} == {"kept"}
    for wrong in ("show=rien", "show=questions&cursor=x"):
        assert browser.get(f"{HERE}/outcomes?{wrong}").status == 404


def test_who_takes_part_is_counted_by_question_day_territory_and_channel(
    browser, session, make, mine, question, now
):
    make.answer(question, territory_code="D-54", channel="paper", created_at=now)
    make.answer(question, territory_code="D-54", created_at=now - timedelta(days=1))
    make.answer(question, state="pending", territory_code="D-51")
    make.answer(make.question(), territory_code="D-51")
    page = browser.get(f"{HERE}/participation")
    tables = {
        "".join(table.find("caption").itertext()): [
            "".join(cell.itertext()) for cell in table.iter() if cell.tag in ("td", "th")
        ]
        for table in page.all("table")
    }
    assert len(tables) == 4
    shown = [" ".join(cells) for cells in tables.values()]
    assert any("Meurthe-et-Moselle 2" in text for text in shown)
    assert "Marne" in page.words()
    assert page.text.count('role="img"') == 4
    assert f"/consultations/{mine.slug}/export.csv" in page.links()


SVG = "{http://www.w3.org/2000/svg}"


def squares(page):
    """The squares of the map that lead somewhere, and what each says."""
    [drawing] = [one for one in page.all(f"{SVG}svg") if one.get("role") == "group"]
    return {one.get("href"): "".join(one.itertext()) for one in drawing.iter(f"{SVG}a")}


def test_territories_are_read_at_three_levels_and_on_a_map(browser, make, mine, question):
    for code in ("D-54", "M-54395", "M-54395", "C-988", "R-44", None):
        make.answer(question, territory_code=code)
    here = f"{HERE}/participation"
    shown = {}
    for level in ("", "region", "department", "given", "x", "%00"):
        page = browser.get(f"{here}?level={level}")
        [table] = [
            one
            for one in page.all("table")
            if "Par territoire" in "".join(one.find("caption").itertext())
        ]
        rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        shown[level] = {row[0].strip(): row[1] for row in rows[1:]}
        levels = [a for a in page.all("a") if "level=" in a.get("href", "")]
        assert [a.get("aria-current") for a in levels].count("true") == 1
        answers = f"/consultations/{mine.slug}/answers?territory="
        assert squares(page) == {
            f"{answers}D-54": "54 Meurthe-et-Moselle – 3543",
            f"{answers}C-988": "988 Nouvelle-Calédonie – 19881",
        }
        assert "Les textes viennent de 2 cases" in page.words()
    usual = {
        "Meurthe-et-Moselle": "3", "Nouvelle-Calédonie": "1", "Grand Est": "1", "Non précisé": "1",
    }  # fmt: skip
    assert shown[""] == shown["department"] == shown["x"] == shown["%00"] == usual
    assert shown["region"] == {"Grand Est": "4", "Nouvelle-Calédonie": "1", "Non précisé": "1"}
    assert shown["given"]["Nancy (54)"] == "2"
    assert shown["given"]["Meurthe-et-Moselle"] == "1"


def test_many_small_territories_stay_readable(browser, session, make, mine, question):
    from consult.models import Territory

    codes = [f"M-w{number}" for number in range(30)]
    for code in codes:
        session.add(
            Territory(code=code, name=f"Lieu {code}", kind="commune", time_zone="Europe/Paris")
        )
    session.commit()
    for code in codes:
        make.answer(question, territory_code=code)
    try:
        page = browser.get(f"{HERE}/participation?level=given")
        assert "10 autres ensemble" in page.words()
        assert "Lieu M-w29" in page.words()  # in the table
    finally:
        from sqlalchemy import text

        session.rollback()
        session.execute(text("update statement set territory_code = null"))
        session.execute(text("delete from territory where substr(code, 1, 3) = 'M-w'"))
        session.commit()


def test_an_empty_consultation_has_no_chart(browser, mine):
    assert browser.get(f"{HERE}/participation").status == 200


def test_the_home_says_what_there_is_to_do(browser, make, mine, question, now):
    for _ in range(3):
        make.answer(question, state="pending")
    make.consultation(owner_id=mine.owner_id, title="Le brouillon", published_at=None)
    make.consultation(owner_id=mine.owner_id, closes_at=now + timedelta(days=2))
    page = browser.get("/console")
    assert "/moderation?consultation=bus" in page.links()
    assert "3" in page.words()
    assert "Le brouillon" in page.words()


@pytest.mark.parametrize("url", ["/console", f"{HERE}/outcomes", HERE])
def test_a_page_costs_the_same_with_many_rows(browser, make, mine, question, statements, url):
    make.answer(question, state="pending")
    with statements() as few:
        browser.get(url)
    for _ in range(5):
        make.answer(question, state="pending")
        make.question(make.theme(mine))
        make.proposal(make.theme(mine))
        make.consultation(owner_id=mine.owner_id)
    with statements() as many:
        browser.get(url)
    assert len(many) == len(few) <= 9
