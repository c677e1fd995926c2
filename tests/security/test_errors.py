"""I12: an error page says what to do, and nothing of what the site is made of."""

from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from consult.blueprints.pages import views
from tests.security.people import Agent
from tests.security.test_input import where as at

TELLS = ("Traceback", "sqlalchemy", "psycopg", "sqlite3", "werkzeug", "jinja", "Flask",
         ".py", "SELECT ", "INSERT ", "/srv", "/root", "/home", "python")  # fmt: skip
ERRORS = {
    400: lambda agent, at: agent.open("POST", "/sign-in", data={"email": "a@b.fr"}),
    403: lambda agent, at: agent.get(at("{console}")),
    404: lambda agent, at: agent.get("/nulle-part"),
    405: lambda agent, at: agent.open("DELETE", "/sign-in"),
    409: lambda agent, at: agent.post(at("{closed}/send"), {"value": "Trop tard"}),
    413: lambda agent, at: agent.post("/sign-in", {"email": "a" * 13_000_000}),
    422: lambda agent, at: agent.post("/sign-in", {"email": "x"}),
    500: lambda agent, at: agent.get("/"),
    503: lambda agent, at: agent.get("/"),
}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_tells_nothing_of_the_machine(world, status, headers, monkeypatch):
    app = world.app
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    if status >= 500:
        failure = RuntimeError("secret /srv/consult.py SELECT 1")
        if status == 503:
            failure = OperationalError("SELECT secret", {}, Exception("psycopg /var/run"))

        def fail():
            raise failure

        monkeypatch.setattr(views.clock, "now", fail)
    agent = Agent(app) if status >= 500 else world.agents["citizen_b"]
    closed = world.things["question_closed"].path
    agent = agent.again()
    if status < 500:
        agent.client.environ_base.update(
            {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        )
    answer = ERRORS[status](agent, lambda url: at(world, url.replace("{closed}", closed)))
    assert answer.status == status, answer.text[:300]
    assert not [word for word in TELLS if word.lower() in answer.text.lower()]
    if status == 503:
        assert answer.headers["Retry-After"]
    if status == 500:
        assert "incident" in answer.text.lower() or "<strong>" in answer.text


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        (IntegrityError("x", {}, SimpleNamespace(sqlstate="23505")), 409),
        (
            IntegrityError("x", {}, SimpleNamespace(sqlite_errorname="SQLITE_CONSTRAINT_UNIQUE")),
            409,
        ),
        (IntegrityError("x", {}, SimpleNamespace(sqlstate="23514")), 500),
        (IntegrityError("x", {}, Exception("secret SELECT 1")), 500),
        (StaleDataError("UPDATE secret"), 409),
    ],
)
def test_what_went_meanwhile_is_a_conflict_and_what_we_got_wrong_a_fault(
    world, monkeypatch, broken, status
):
    app = world.app
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail():
        raise broken

    monkeypatch.setattr(views.clock, "now", fail)
    answer = Agent(app).get("/")
    assert answer.status == status
    assert not [word for word in TELLS if word.lower() in answer.text.lower()]


def test_an_address_that_no_page_has_comes_back_without_what_no_page_may_hold(app):
    agent = Agent(app)
    answer = agent.get("/a%00b%0C%1F%EF%BF%BFé%22%3Cb%3E/x")
    assert answer.status == 404
    assert not [one for one in answer.text if ord(one) < 32 and one not in "\n\t"]
    assert 'name="next" value="/a%00b%0C%1F%EF%BF%BF%C3%A9%22%3Cb%3E/x"' in answer.text
    moved = agent.post("/language", {"locale": "en", "next": "/a%00b%0C"})
    assert (moved.status, moved.headers["Location"]) == (303, "/a%00b%0C")


def test_a_text_too_long_says_by_how_much(world):
    agent, place = world.agents["citizen_b"], world.things["question_open"].path
    for over, said in ((1, "Caractères à enlever : 1."), (1_200, "Caractères à enlever : 1 200.")):
        answer = agent.post(f"{place}/check", {"value": "a" * (20_000 + over)})
        assert answer.status == 422
        assert said in answer.text.replace("\u202f", " ").replace("\u00a0", " ")
