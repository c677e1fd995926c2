"""Pages kept for visitors: nobody gets another's token, and nobody sees what is no longer so."""

import multiprocessing
import re

import pytest

from consult import kept_pages
from tests.browser import Browser

LIST = "/consultations/ici/answers"


@pytest.fixture(autouse=True)
def kept(app):
    app.config["PAGES_KEPT_SECONDS"] = 600
    kept_pages.forget()
    yield
    app.config["PAGES_KEPT_SECONDS"] = 0
    kept_pages.forget()


@pytest.fixture
def answer(make):
    question = make.question(make.theme(make.consultation(slug="ici")))
    return make.answer(question, body="Une carte vivante")


def token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def test_a_second_visitor_costs_no_statement_and_has_a_token_of_their_own(app, answer, statements):
    first = app.test_client().get(LIST)
    client = app.test_client()
    with statements() as seen:
        second = client.get(LIST)
    assert not seen
    assert "Une carte vivante" in second.text
    assert first.text.replace(token(first), "") == second.text.replace(token(second), "")
    assert token(first) != token(second)
    data = {"csrf_token": token(second), "value": "agree"}
    assert client.post(f"/answers/{answer.id}/stance", data=data).status_code == 303
    stolen = {"csrf_token": token(first), "value": "agree"}
    assert app.test_client().post(f"/answers/{answer.id}/stance", data=stolen).status_code == 400


@pytest.mark.parametrize("path", [LIST, "/answers/{}", "/proposals/{}", "/consultations/ici"])
def test_a_write_is_seen_by_the_next_visitor(app, make, answer, path, statements):
    one = make.proposal(make.theme(answer_consultation(make, answer))) if "prop" in path else answer
    path = path.format(one.id)
    app.test_client().get(path)
    client = app.test_client()
    page = client.get("/follow-up")
    data = {"csrf_token": token(page), "value": "agree"}
    assert client.post(f"/{one.kind}s/{one.id}/stance", data=data).status_code == 303
    with statements() as seen:
        later = app.test_client().get(path)
    assert seen and later.status_code == 200
    with statements() as seen:
        assert app.test_client().get(path).text.count("<main") == 1
    assert not seen


def answer_consultation(make, answer):
    from consult.models import Consultation

    return make.session.get_one(Consultation, answer.consultation_id)


def test_who_has_acted_or_signed_in_reads_a_page_of_their_own(app, make, answer, statements):
    app.test_client().get(LIST)
    device = app.test_client()
    device.set_cookie("device", "a number", domain="localhost")
    signed = Browser(app).as_(make.account()).client
    for client in (device, signed):
        with statements() as seen:
            assert client.get(LIST).status_code == 200
        assert seen
    with statements() as seen:
        app.test_client().get(LIST, headers={"Authorization": "Bearer x"})
    assert seen


def test_languages_fragments_and_addresses_are_kept_apart(app, answer):
    whole = app.test_client().get(LIST)
    part = app.test_client().get(LIST, headers={"HX-Request": "true"})
    english = app.test_client()
    english.set_cookie("language", "en", domain="localhost")
    assert "<html" in whole.text and "<html" not in part.text
    assert part.headers["HX-Trigger"]
    again = app.test_client().get(LIST, headers={"HX-Request": "true"})
    assert again.headers["HX-Trigger"] == part.headers["HX-Trigger"]
    assert 'lang="en"' in english.get(LIST).text
    assert app.test_client().get(f"{LIST}?order=newest").text != whole.text


def test_a_form_that_counts_once_and_a_page_that_fails_are_not_kept(app, make, answer):
    theme = make.theme(answer_consultation(make, answer))
    path = f"/consultations/ici/questions/{theme.number}-{make.question(theme).number}"
    pages = [app.test_client().get(path).text for _ in range(2)]
    keys = [re.search(r'name="key" value="([^"]+)"', page)[1] for page in pages]
    assert keys[0] != keys[1]
    assert app.test_client().get("/answers/nothing").status_code == 404
    assert not any("nothing" in str(key) for key in kept_pages.addresses())


def test_a_kept_page_is_confirmed_to_the_browser_that_holds_it(app, answer):
    client = app.test_client()
    client.get(LIST)
    held = client.get(LIST).headers["ETag"]
    assert client.get(LIST, headers={"If-None-Match": held}).status_code == 304
    assert app.test_client().get(LIST, headers={"If-None-Match": held}).status_code == 200


def test_a_second_is_short(app, answer, statements):
    app.config["PAGES_KEPT_SECONDS"] = 1e-9
    for _ in range(2):
        with statements() as seen:
            app.test_client().get(LIST)
        assert seen


def test_the_pages_kept_are_few(app, make, answer, monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST", 2)
    for name in ("a", "b", "c"):
        app.test_client().get(f"/search?q={name}")
    assert [key[1] for key in kept_pages.addresses()] == ["/search?q=b", "/search?q=c"]


def test_a_write_by_another_process_voids_them_too(app, answer, statements):
    app.test_client().get(LIST)
    child = multiprocessing.get_context("fork").Process(target=kept_pages.note_write)
    child.start()
    child.join()
    with statements() as seen:
        app.test_client().get(LIST)
    assert seen
