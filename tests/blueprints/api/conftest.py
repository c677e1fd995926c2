"""A program that calls the interface, and the schemas its answers are checked against."""

import json

import jsonschema_rs
import pytest

from consult import clock
from consult.services import tokens

JSON = "application/json"


class Program:
    """A program with its own cookies, and a token when it was given one."""

    def __init__(self, app, token=None):
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path, **headers):
        return self.send("GET", path, None, **headers)

    def post(self, path, body, **headers):
        return self.send("POST", path, body, **headers)

    def put(self, path, body, **headers):
        return self.send("PUT", path, body, **headers)

    def send(self, method, path, body, *, raw=None, kind=JSON, **headers):
        """Call; `raw` is sent as it is, `body` as JSON. Problems are checked on the way."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        data = raw if raw is not None else None if method == "GET" else json.dumps(body)
        found = self.client.open(
            f"/api/v1{path}",
            method=method,
            data=data,
            content_type=None if method == "GET" else kind,
            headers=self.headers | sent,
        )
        if found.status_code >= 400:
            assert found.mimetype == "application/problem+json", found.get_data(as_text=True)
            assert found.json["status"] == found.status_code
            assert found.json["title"]
        return found


@pytest.fixture
def program(app, session):
    """A program that nobody knows."""
    return Program(app)


@pytest.fixture
def known(app, session, now):
    """Make a program that holds a token of an account."""

    def build(account):
        _token, secret = tokens.issue(session, account=account, name="Essai", now=clock.now())
        session.commit()
        return Program(app, secret)

    return build


@pytest.fixture
def described(program):
    """The OpenAPI document."""
    return program.get("/openapi.json").json


@pytest.fixture
def conforms(described):
    """Check an answer against the schema of this name in the document."""

    def check(answer, name):
        schema = {
            "$ref": f"#/components/schemas/{name}",
            "components": described["components"],
        }
        jsonschema_rs.Draft202012Validator(schema).validate(answer.json)
        return answer.json

    return check


@pytest.fixture
def consultation(make):
    return make.consultation(slug="numerique", allows_arguments=True, allows_amendments=True)


@pytest.fixture
def theme(make, consultation):
    return make.theme(consultation, number=3, label="III", position=1)


@pytest.fixture
def question(make, theme):
    return make.question(theme, number=2)
