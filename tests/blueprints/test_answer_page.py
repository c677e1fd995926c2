from datetime import timedelta

import pytest

from consult.models import Outcome


@pytest.fixture
def answer(make):
    question = make.question(make.theme(make.consultation(slug="page")))
    return make.answer(
        question,
        body="Plus de bus.\n\nhttps://exemple.fr/<script>",
        signed_as="organisation",
        signature="Hub Est",
        function="directrice",
        organisation_id=make.organisation(slug="hub-est", name="Hub Est").id,
        actor_kind="place",
        territory_code="D-54",
        channel="paper",
        place="Médiathèque",
    )


def test_the_page_says_who_signs_and_how_it_was_written(browser, answer):
    words = browser.get(f"/answers/{answer.id}").words()
    for part in ("Hub Est, directrice", "Meurthe-et-Moselle", "Médiathèque", "Plus de bus."):
        assert part in words
    assert "<script>" in words


def test_an_opinion_and_a_comment_from_the_page(browser, session, make, answer):
    make.comment(answer, body="Je suis d'accord avec vous.")
    page = browser.get(f"/answers/{answer.id}")
    assert "Je suis d'accord avec vous." in page.words()
    assert f"/answers/{answer.id}/comments/new" in page.links()
    browser.post(
        f"/answers/{answer.id}/stance",
        {"csrf_token": token(page), "value": "agree"},
    )
    session.refresh(answer)
    assert answer.agree == 1
    buttons = browser.get(f"/answers/{answer.id}").all("button")
    assert any(button.get("aria-pressed") == "true" for button in buttons)


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_hidden_results_are_nowhere(browser, session, make, now):
    theme = make.theme(make.consultation(results="after_close"))
    answer = make.answer(make.question(theme), declared_agree=4127)
    assert "4127" not in browser.get(f"/answers/{answer.id}").text.replace("\u202f", "")


def test_what_became_of_it(browser, session, answer, now):
    session.add(
        Outcome(
            consultation_id=answer.consultation_id,
            statement_id=answer.id,
            verdict="kept",
            body="Deux lignes ouvrent en mai.",
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    assert "Deux lignes ouvrent en mai." in browser.get(f"/answers/{answer.id}").words()


@pytest.mark.parametrize("key", ["inconnue", "%00", "a" * 300, "9223372036854775808"])
def test_an_unknown_answer_is_missing(browser, key):
    for path in ("answers/%s", "answers/%s/receipt", "follow-up/%s", "statements/%s/edit"):
        assert browser.client.get(f"/{path % key}").status_code == 404


def test_the_page_costs_few_statements(browser, session, make, answer, statements):
    browser.get("/follow-up")
    make.comment(answer)
    with statements() as seen:
        assert browser.get(f"/answers/{answer.id}").status == 200
    assert len(seen) <= 7, seen


def test_an_organisation_s_answers_in_pages(browser, make):
    organisation = make.organisation(slug="hub")
    question = make.question()
    for n in range(25):
        make.answer(
            question,
            body=f"Réponse n°{n:02d}.",
            organisation_id=organisation.id,
            created_at=organisation.created_at + timedelta(seconds=n),
        )
    first = browser.get("/organisations/hub")
    following = [link for link in first.links() if "cursor=" in link]
    second = browser.get(following[0])
    texts = [f"Réponse n°{n:02d}." for n in range(25)]
    assert [t for t in texts if t in first.words()] == texts[5:]
    assert [t for t in texts if t in second.words()] == texts[:5]
    assert browser.get("/organisations/hub?cursor=x").status == 404
    assert browser.get("/organisations/inconnue").status == 404
