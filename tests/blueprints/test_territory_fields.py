"""A territory is typed: found by the server, asked again when several match, remembered."""

import pytest
from sqlalchemy import select

from consult.models import Answer, Comment, Proposal, Statement, Territory

HERE = "/consultations/lieux/questions/1-1"
IDEAS = "/consultations/lieux/proposals"
UNKNOWN = "Aucun lieu n'a ce code postal ou ce nom"
SEVERAL = "Plusieurs lieux portent ce nom"


@pytest.fixture
def question(make):
    consultation = make.consultation(
        slug="lieux", territory_code="FR", allows_ideas=True, allows_comments=True
    )
    return make.question(make.theme(consultation, number=1), number=1)


def check(browser, text="Un guichet."):
    return browser.submit(browser.get(HERE), f"{HERE}/send", button=f"{HERE}/check", value=text)


def radios(page):
    return {
        one.get("value"): one
        for one in page.all("input")
        if one.get("type") == "radio" and one.get("name") == "territory"
    }


def typed_field(page):
    return next(one for one in page.all("input") if one.get("name") == "territory_name")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("54 100", "M-54395"), ("noumea", "M-98818"), ("54", "D-54"), ("MARNE", "D-51"), ("", None)],
)
def test_an_answer_says_where_it_comes_from(browser, session, question, typed, code):
    browser.submit(check(browser), f"{HERE}/send", territory_name=typed)
    assert session.scalars(select(Answer.territory_code)).all() == [code]


def test_several_places_are_a_list_and_the_text_stays(browser, session, question):
    page = browser.submit(check(browser), f"{HERE}/send", territory_name="gran")
    assert page.status == 422
    assert SEVERAL in page.words()
    assert "Un guichet." in page.text
    assert typed_field(page).get("value") == "gran"
    assert set(radios(page)) == {"R-44", "E-245400676"}
    assert "Métropole du Grand Nancy, intercommunalité, Meurthe-et-Moselle" in page.words()
    again = browser.submit(page, f"{HERE}/send")
    assert again.status == 422
    browser.submit(again, f"{HERE}/send", territory="E-245400676")
    assert session.scalars(select(Answer.territory_code)).all() == ["E-245400676"]


def test_a_place_that_is_not_there_is_said_beside_the_field(browser, session, question):
    page = browser.submit(check(browser), f"{HERE}/send", territory_name="Atlantide")
    assert page.status == 422
    assert UNKNOWN in page.words()
    assert "#territory" in page.links()
    field = typed_field(page)
    assert (field.get("value"), field.get("aria-invalid")) == ("Atlantide", "true")
    assert "territory-error" in field.get("aria-describedby")
    browser.submit(page, f"{HERE}/send", territory_name="Nancy")
    assert session.scalars(select(Answer.territory_code)).all() == ["M-54395"]


def test_it_is_remembered_said_changed_and_forgotten(browser, session, question):
    browser.submit(check(browser), f"{HERE}/send", territory_name="54000")
    page = browser.get(HERE)
    assert "Votre territoire : Nancy" in page.words()
    browser.submit(page, f"{HERE}/send", value="Deux.")
    page = check(browser, "Trois.")
    assert typed_field(page).get("value") == "Nancy"
    browser.submit(page, f"{HERE}/send")
    browser.submit(check(browser, "Quatre."), f"{HERE}/send", territory_name="Nouméa")
    assert "Votre territoire : Nouméa" in browser.get(HERE).words()
    browser.submit(check(browser, "Cinq."), f"{HERE}/send", territory_name="")
    assert "Votre territoire" not in browser.get(HERE).words()
    rows = session.execute(select(Answer.body, Answer.territory_code)).all()
    assert {row.body: row.territory_code for row in rows} == {
        "Un guichet.": "M-54395", "Deux.": "M-54395", "Trois.": "M-54395", "Quatre.": "M-98818",
        "Cinq.": None,
    }  # fmt: skip
    assert "Votre territoire" not in browser.again().get(HERE).words()


def test_an_idea_asks_the_same(browser, session, question):
    page = browser.submit(browser.get(f"{IDEAS}/new"), f"{IDEAS}/new", title="Un bus", body="Oui.")
    page = browser.submit(page, f"{IDEAS}/send", territory_name="gran")
    assert page.status == 422
    assert "R-44" in radios(page)
    assert "Un bus" in page.words()
    browser.submit(page, f"{IDEAS}/send", territory="R-44")
    assert session.scalars(select(Proposal.territory_code)).all() == ["R-44"]
    page = browser.submit(
        browser.get(f"{IDEAS}/new"), f"{IDEAS}/new", title="Un second", body="Il passe le soir."
    )
    assert typed_field(page).get("value") == "Grand Est"


def test_a_reply_asks_the_same(browser, session, make, question):
    url = f"/answers/{make.answer(question).id}/comments/new"
    page = browser.submit(browser.get(url), url, body="Chez nous aussi.", territory_name="gran")
    assert page.status == 422
    assert "Chez nous aussi." in page.text
    assert "open" in page.text and SEVERAL in page.words()
    browser.submit(page, url, territory="R-44")
    assert session.scalars(select(Comment.territory_code)).all() == ["R-44"]


def test_a_helper_types_it_for_each_person(browser, session, make, question):
    browser.as_(make.account("mediator"))
    url, page = f"/assistance/{question.id}", browser.get(f"/assistance?question={question.id}")
    typed = {"value": "Un guichet.", "consent": "oral", "channel": "desk"}
    page = browser.submit(page, url, **typed, territory_name="gran")
    assert page.status == 422
    assert "Un guichet." in page.text
    browser.submit(page, url, territory="R-44")
    assert session.scalars(select(Answer.territory_code)).all() == ["R-44"]
    page = browser.get(f"/assistance?question={question.id}")
    assert typed_field(page).get("value") == ""
    page = browser.submit(page, url, **typed, territory_name="Atlantide")
    assert page.status == 422
    assert UNKNOWN in page.words()


def suggested(browser, typed, name="territory"):
    return browser.get(f"/territories/suggestions?{name}_name={typed}", HX_Request="true")


def test_names_are_suggested_while_one_types(browser, question):
    page = suggested(browser, "gran")
    assert page.html.find(".//*[@id='territory-choices']") is not None
    assert set(radios(page)) == {"R-44", "E-245400676"}
    assert "2 lieux trouvés" in page.words()
    one = radios(suggested(browser, "54000"))
    assert one["M-54395"].get("checked") is not None
    assert UNKNOWN in suggested(browser, "Atlantide").words()
    for short in ("", "n", "%00"):
        assert suggested(browser, short).words() == ""


@pytest.mark.parametrize("typed", ["%25", "'", "a" * 3_000, "%ED%A0%80", "<b>x</b>"])
def test_what_names_nothing_suggests_nothing(browser, typed):
    page = suggested(browser, typed)
    assert page.status == 200
    assert not radios(page)


def test_a_long_list_of_suggestions_asks_for_more_letters(browser, session):
    for number in range(12):
        session.add(
            Territory(
                code=f"M-z{number}", name=f"Zed {number}", kind="commune", time_zone="Europe/Paris"
            )
        )
    session.commit()
    try:
        page = suggested(browser, "zed")
        assert len(radios(page)) == 8
        assert "Plus de 8 lieux trouvés" in page.words()
    finally:
        for one in session.query(Territory).filter(Territory.code.startswith("M-z")):
            session.delete(one)
        session.commit()


def test_the_field_asks_the_server_and_works_alone(browser, question):
    field = typed_field(check(browser))
    assert field.get("hx-get") == "/territories/suggestions"
    assert "delay:" in field.get("hx-trigger")
    assert field.get("autocomplete") == "off"


def test_no_list_of_every_territory_is_sent(browser, question):
    assert not [one for one in check(browser).all("select") if one.get("name") == "territory"]


def test_lists_hold_what_lies_below(browser, session, make, question):
    for code in ("M-54395", "D-51", "M-98818"):
        make.answer(question, territory_code=code, body=f"Depuis {code}.")
    for code, expected in (
        ("R-44", {"M-54395", "D-51"}), ("D-54", {"M-54395"}), ("A-41", {"M-54395"}),
        ("E-245400676", {"M-54395"}), ("FR", {"M-54395", "D-51", "M-98818"}),
    ):  # fmt: skip
        words = browser.get(f"/consultations/lieux/answers?territory={code}").words()
        found = {one for one in ("M-54395", "D-51", "M-98818") if f"Depuis {one}." in words}
        assert found == expected
    assert len(session.scalars(select(Statement)).all()) == 3
