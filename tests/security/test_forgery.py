"""C1-C5: who may send a form, and what comes back when it is refused."""

import re

import pytest
from sqlalchemy import func, select

from consult.models import JournalEntry, SignInLink, Stance, Statement
from tests.security.people import Agent
from tests.security.test_matrix import calls


def counts(rows):
    rows.rollback()
    return [
        rows.scalar(select(func.count()).select_from(table))
        for table in (Statement, Stance, JournalEntry, SignInLink)
    ]


def writers(world):
    """The addresses that write; the language is only of the browser (docs/decisions/0008)."""
    urls = [url for _rule, url, method in calls(world, "open") if method == "POST"]
    return [url for url in urls if url != "/language"]


FORGED = [
    {"data": {}},
    {"data": {"csrf_token": "x"}},
    {"data": {"csrf_token": "x" * 5000}},
    {"data": {"csrf_token": "\x00"}},
    {"token": True, "headers": {"Origin": "https://evil.example"}},
    {"token": True, "headers": {"Origin": "null"}},
    {"token": True, "headers": {"Origin": "http://["}},
    {"token": True, "headers": {"Sec-Fetch-Site": "cross-site", "HX-Request": "true"}},
    {"token": True, "headers": {"Sec-Fetch-Site": "same-site", "HX-Request": "true"}},
    {"token": True, "headers": {"Sec-Fetch-Site": "nonsense"}},
    {"other": True},
]


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_form_sent_from_elsewhere_changes_nothing(world, rows, number):
    forged = FORGED[number]
    agent = world.agents["organiser"]
    data = dict(forged.get("data", {}))
    if "token" in forged:
        data["csrf_token"] = agent.token
    if "other" in forged:
        data["csrf_token"] = world.agents["citizen_a"].token
    before, found = counts(rows), []
    for url in writers(world):
        if "/api/" in url:
            continue
        answer = agent.open(
            "POST", url, data=data | {"value": "agree"}, headers=forged.get("headers")
        )
        if answer.status not in (400, 403):
            found.append((url, answer.status, answer.text[:200]))
    assert not found
    assert counts(rows) == before


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_language_chosen_from_elsewhere_is_not_kept(world, number):
    headers = FORGED[number].get("headers")
    agent = Agent(world.app)
    answer = agent.open("POST", "/language", data={"locale": "en"}, headers=headers)
    kept = "language=en" in answer.headers.get("Set-Cookie", "")
    assert (answer.status, kept) == ((403, False) if headers else (303, True))
    assert "session" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_a_form_disguised_as_something_else_changes_nothing(world, rows, kind):
    agent, before, found = world.agents["organiser"], counts(rows), []
    for url in writers(world):
        answer = agent.open(
            "POST", url, data=f"csrf_token={agent.token}&value=agree", content_type=kind
        )
        refused = (400, 403, 415, 422, 404) if "/api/" in url else (400, 403, 415)
        if answer.status not in refused:
            found.append((url, answer.status, answer.text[:200]))
    assert not found
    assert counts(rows) == before


@pytest.mark.parametrize("name", ["proposal_open", "answer_published"])
def test_the_api_does_not_take_a_page_of_another_site_for_the_reader(world, rows, name):
    thing = world.things[name]
    agent, before = world.agents["citizen_a"], counts(rows)
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {},
    ):
        url = f"/api/v1{thing.path}/stance"
        answer = agent.open("PUT", url, json={"value": "agree"}, headers=headers)
        assert answer.status == 403, headers
    assert counts(rows) == before


def test_a_long_text_comes_back_whole_when_its_token_is_old(world):
    path = world.things["question_open"].path
    text = "Un texte écrit pendant vingt-cinq heures. " * 357
    for url, name in ((f"{path}/check", "value"), (f"{path}/send", "value")):
        agent = Agent(world.app)
        data = {name: text, "signed_as": "none", "csrf_token": "old"}
        answer = agent.open("POST", url, data=data)
        assert answer.status == 400
        assert text.strip() in answer.text
        fresh = re.findall(r'name="csrf_token" value="([^"]+)"', answer.text)[0]
        sent = agent.open("POST", url, data=data | {"csrf_token": fresh})
        assert sent.status == 303


def test_another_site_is_not_shown_what_was_typed(world):
    agent = world.agents["citizen_a"]
    answer = agent.open(
        "POST",
        "/sign-in",
        data={"email": "unmotsecret"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status in (400, 403)
    assert "unmotsecret" not in answer.text


WHOLE = [
    {},
    {"HX-Request": "true", "HX-Boosted": "true"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true"},
]


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
@pytest.mark.parametrize("headers", WHOLE)
def test_a_whole_page_is_given_unless_a_fragment_is_asked_for(world, headers):
    found = []
    for _rule, url, method in calls(world, "open"):
        if method != "GET":
            continue
        answer = world.agents["organiser"].get(url, headers=headers)
        if answer.mimetype != "text/html" or not answer.text or 300 <= answer.status < 400:
            continue
        vary = answer.headers.get("Vary", "")
        if "</html>" not in answer.text or "HX-Request" not in vary or "Cookie" not in vary:
            found.append((url, answer.status, vary, answer.text[:100]))
        if answer.headers["Cache-Control"] not in ("private, no-store", "private, no-cache"):
            found.append((url, answer.headers["Cache-Control"]))
    assert not found
