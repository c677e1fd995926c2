"""S1, S3-S8: sessions, ways in, addresses to come back to, hosts."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.models import AccountSession, Mail
from consult.services import accounts
from tests.security.people import Agent

NEXT = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
    "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r\n/evil.example", "/\r\nSet-Cookie: a=b", "\t//evil.example", " //evil.example",
    "/ /evil.example", "https:evil.example", "https:/evil.example", "https://evil.example",
    "http://evil.example", "HTTPS://evil.example", "https:///evil.example",
    "http://localhost.evil.example/", "http://localhost@evil.example/", "//evil.example@localhost",
    "//localhost@evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "%2f%2fevil.example", "/%2f/evil.example", "/%5cevil.example", "/%09/evil.example",
    "//evil%E3%80%82example", "//evil。example", "／／evil.example", "/．/evil.example",
    "\x00//evil.example", "/\x00/evil.example", "evil.example", "?next=//evil.example",
    "//[::1", "/[", "/..//evil.example", "/.//evil.example", "@evil.example", "/@evil.example",
]  # fmt: skip


def safe(location):
    """Whether a browser that follows this stays here."""
    path = location.removeprefix("http://localhost")
    return (
        path.startswith("/")
        and not re.match(r"[/\\]{2}", path)
        and not re.search(r"[\x00-\x20\\]", path)
        and "Set-Cookie" not in location
    )


@pytest.fixture
def person(world):
    """A citizen who signs in anew; their account and a fresh client."""

    def enter(name="citizen_b", agent=None):
        with Session(world.engine) as session:
            link, _ = accounts.new_link(session, world.made.people[name].email, now=world.now)
            session.commit()
        return (agent or Agent(world.app)).enter(link)

    return enter


@pytest.mark.parametrize("target", NEXT)
def test_a_language_is_chosen_without_leaving_the_site(world, target):
    agent = world.agents["visitor"]
    answer = agent.post("/language", {"locale": "fr", "next": target})
    assert answer.status == HTTPStatus.SEE_OTHER
    assert safe(answer.headers["Location"]), answer.headers["Location"]


def test_signing_in_never_leads_elsewhere(world, person):
    found = []
    for target in NEXT:
        agent = Agent(world.app)
        agent.open("GET", "/sign-in", query_string={"next": target})
        with Session(world.engine) as session:
            email = world.made.people["citizen_b"].email
            link, _ = accounts.new_link(session, email, now=world.now)
            session.commit()
        answer = agent.post(f"/sign-in/{link}", {"next": target})
        if answer.status != 303 or not safe(answer.headers["Location"]):
            found.append((target, answer.status, dict(answer.headers)))
    assert not found


def test_an_opinion_never_leads_elsewhere(world):
    path = world.things["proposal_open"].path
    found = []
    for target in NEXT:
        data = {"value": "agree", "next": target}
        answer = world.agents["citizen_b"].post(f"{path}/stance", data)
        if answer.status != 303 or not safe(answer.headers["Location"]):
            found.append((target, answer.status))
    assert not found


@pytest.mark.parametrize("leave", ["/sign-out", "/done"])
def test_a_session_cookie_kept_opens_nothing_after_signing_out(person, leave):
    agent = person()
    stolen = agent.again()
    assert stolen.get("/account").status == 200
    assert agent.post(leave).status == 303
    assert stolen.get("/account").status == 303
    assert stolen.post("/account/sessions/close", {"session": "x"}).status in (400, 403)
    assert agent.get("/account").status == 303


def test_a_session_closed_from_elsewhere_opens_nothing(world, person, rows):
    lost, mine = person("mediator"), person("mediator")
    page = mine.get("/account").text
    hashes = re.findall(r'name="session" value="([^"]+)"', page)
    assert hashes
    with mine.client.session_transaction() as kept:
        own = accounts.digest(kept["sid"])
    for value in set(hashes) - {own}:
        assert mine.post("/account/sessions/close", {"session": value}).status == 303
    assert lost.get("/account").status == 303
    assert mine.get("/account").status == 200
    assert mine.post("/account/sessions/close", {"session": "\x00" * 64}).status < 500


def test_a_cookie_kept_for_a_month_opens_nothing(person, clock, now):
    agent = person()
    clock.shift(now + timedelta(days=29) - datetime.now(UTC))
    assert agent.get("/account").status == 200
    clock.shift(now + timedelta(days=31) - datetime.now(UTC))
    assert agent.get("/account").status == 303


def test_nobody_closes_the_session_of_another(world, person, rows):
    victim, attacker = person("citizen_a"), person("citizen_b")
    with victim.client.session_transaction() as kept:
        number = accounts.digest(kept["sid"])
    attacker.post("/account/sessions/close", {"session": number})
    assert victim.get("/account").status == 200
    assert rows.get(AccountSession, number).revoked_at is None


def test_a_planted_anonymous_session_stays_anonymous(world, person):
    attacker = Agent(world.app)
    token = attacker.token
    victim = attacker.again()
    with Session(world.engine) as session:
        email = world.made.people["citizen_b"].email
        link, _ = accounts.new_link(session, email, now=world.now)
        session.commit()
    victim.enter(link)
    assert victim.get("/account").status == 200
    assert attacker.get("/account").status == 303
    refused = victim.open("POST", "/follow-up", data={"csrf_token": token, "number": "x"})
    assert refused.status == 400


def test_a_way_in_opens_once_and_not_after_its_hour(world, clock):
    email = world.made.people["citizen_b"].email
    with Session(world.engine) as session:
        old, _ = accounts.new_link(session, email, now=world.now.replace(year=2025))
        link, _ = accounts.new_link(session, email, now=world.now)
        session.commit()
    assert Agent(world.app).enter(link).get("/account").status == 200
    again = Agent(world.app)
    assert again.post(f"/sign-in/{link}").status == 409
    assert again.post(f"/sign-in/{old}").status == 422
    with Session(world.engine) as session:
        earlier, _ = accounts.new_link(session, email, now=world.now)
        accounts.new_link(session, email, now=world.now)
        session.commit()
    seen = [again.get(f"/sign-in/{earlier}").status, again.post(f"/sign-in/{earlier}").status]
    assert seen == [409, 409]
    assert again.get("/account").status == 303


def test_a_shut_out_account_neither_enters_nor_writes(world):
    agent = Agent(world.app)
    agent.enter(world.made.people["banned"].link)
    assert agent.get("/account").status == 303


def test_the_code_is_not_found_by_trying(world, rows):
    agent = Agent(world.app)
    email = "code@exemple.fr"
    agent.post("/sign-in", {"email": email})
    mail = rows.scalars(select(Mail).where(Mail.recipient == email)).one()
    right = re.search(r"\b\d{6}\b", mail.body)[0]
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    statuses = [agent.post("/sign-in/code", {"code": wrong}).status for _ in range(6)]
    assert set(statuses) == {422}
    assert agent.post("/sign-in/code", {"code": right}).status == 422
    assert agent.get("/account").status == 303


@pytest.mark.parametrize("code", ["", "\x00", "a" * 100_000, "٣٣٣٣٣٣", "-1", "1e5", "\ud800"])
def test_what_is_not_a_code_is_refused(world, code):
    agent = Agent(world.app)
    agent.post("/sign-in", {"email": "autre@exemple.fr"})
    data = {"code": code.encode("utf-8", "surrogatepass")}
    assert agent.post("/sign-in/code", data).status == 422


def test_asking_a_way_in_tells_nothing_of_who_has_an_account(world):
    bodies = set()
    for email in (world.made.people["citizen_a"].email, "personne-ici@exemple.fr"):
        agent = Agent(world.app)
        answer = agent.post("/sign-in", {"email": email})
        page = agent.get("/sign-in/sent").text.replace(email, "ADDRESS")
        page = re.sub(r'value="[^"]{40,}"', "", page)
        bodies.add((answer.status, answer.headers["Location"], page))
    assert len(bodies) == 1


def test_one_address_is_not_flooded_with_letters(world, rows):
    agent = Agent(world.app)
    before = rows.scalar(select(func.count()).select_from(Mail))
    for _ in range(20):
        agent.post("/sign-in", {"email": "victime@exemple.fr"})
    assert rows.scalar(select(func.count()).select_from(Mail)) == before + 1


HOSTS = ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "", "loc alhost",
         "localhost\x00", "[::1", "éxample", "127.0.0.1.evil.example"]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_is_refused(world, host):
    answer = Agent(world.app).get("/sign-in", headers={"Host": host})
    assert answer.status == 400
    assert "evil" not in answer.text


def test_letters_lead_to_the_configured_address_alone(world, rows):
    agent = Agent(world.app)
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/evil",
    }
    agent.open(
        "POST",
        "/sign-in",
        data={"csrf_token": agent.token, "email": "lettre@exemple.fr"},
        headers=headers,
    )
    mail = rows.scalars(select(Mail).where(Mail.recipient == "lettre@exemple.fr")).one()
    assert "evil" not in mail.body
    assert set(re.findall(r"https?://[^/\s]+", mail.body)) == {"http://localhost"}
