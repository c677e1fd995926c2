"""What is refused before any rule: bodies that are not JSON, other sites, bad tokens, methods."""

import json

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import TooManyRequests

from consult import errors
from consult.models import Answer, Stance
from consult.services import tokens
from tests.browser import Browser

NESTED = [
    b"[" * 5_000 + b"]" * 5_000,
    b'{"value":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
]


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation()))


@pytest.fixture
def paths(make, proposal):
    question = make.question()
    return {
        "POST": f"/questions/{question.id}/answers",
        "PUT": f"/proposals/{proposal.id}/stance",
    }


BODIES = {"POST": {"value": "Oui"}, "PUT": {"value": "agree"}}


def nothing_written(session):
    session.rollback()
    counts = [session.scalar(select(func.count()).select_from(one)) for one in (Answer, Stance)]
    return counts == [0, 0]


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "text/plain;application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
        None,
    ],
)
def test_only_json_is_read(program, session, paths, method, kind):
    raw = json.dumps(BODIES[method]).encode()
    found = program.send(method, paths[method], None, raw=raw, kind=kind)
    assert found.status_code == 415
    assert nothing_written(session)


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "raw",
    [
        *NESTED,
        b"",
        b"{",
        b"{'value': 1}",
        b'{"value": NaN}',
        b'{"value": Infinity}',
        b'{"value": ' + b"9" * 5_000 + b"}",
        b'{"value": "\xff"}',
        b'\xff\xfe{\x00"\x00',
        b'{"value": "agree"} x',
        b'{"value": "a\x00b"}',
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_malformed_json_is_a_bad_request(program, session, paths, method, raw):
    found = program.send(method, paths[method], None, raw=raw)
    assert found.status_code == 400
    assert nothing_written(session)


def test_depth_breaks_no_page_either(program):
    for raw in NESTED:
        found = program.client.post("/follow-up", data=raw, content_type="application/json")
        assert found.status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_too_large_is_refused_unread(program, session, paths, method):
    raw = json.dumps({"value": "a" * 600_000}).encode()
    found = program.send(method, paths[method], None, raw=raw)
    assert found.status_code == 413
    assert nothing_written(session)


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "HX-Request": "true"},
    ],
)
def test_another_site_writes_nothing(program, known, make, session, paths, method, headers):
    for caller in (program, known(make.account())):
        found = caller.send(method, paths[method], BODIES[method], **headers)
        assert found.status_code == 403
    assert nothing_written(session)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_session_alone_writes_only_from_a_page_of_this_site(app, make, session, paths, method):
    browser = Browser(app).as_(make.account())

    def call(**headers):
        return browser.client.open(
            f"/api/v1{paths[method]}", method=method, json=BODIES[method], headers=headers
        )

    for headers in ({}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost:81"}):
        assert call(**headers).status_code == 403
    assert nothing_written(session)
    assert call(**{"Sec-Fetch-Site": "same-origin"}).status_code in (200, 201)
    assert call(Origin="http://localhost").status_code in (200, 201)


def test_a_token_speaks_before_the_session(app, known, make, session, proposal, now):
    """Whoever shows a token acts for its account, whatever cookies come with it."""
    signed_in, holder = make.account(), make.account()
    browser = Browser(app).as_(signed_in)
    path = f"/api/v1/proposals/{proposal.id}/stance"
    found = browser.client.put(path, json={"value": "agree"}, headers=known(holder).headers)
    assert found.status_code == 200
    assert found.json["counts"]["agree"] == 1
    again = known(holder).put(f"/proposals/{proposal.id}/stance", {"value": "mixed"})
    assert again.json["counts"] == {"agree": 0, "mixed": 1, "disagree": 0}


@pytest.mark.parametrize("secret", ["", "x", "consult_", "consult_" + "a" * 43, "a" * 9_000])
def test_a_token_never_given_is_refused_even_to_read(app, program, session, paths, secret):
    program.headers = {"Authorization": f"Bearer {secret}"}
    for found in (
        program.get("/consultations"),
        program.post(paths["POST"], BODIES["POST"]),
        program.put(paths["PUT"], BODIES["PUT"]),
    ):
        assert found.status_code == 401
        assert found.headers["WWW-Authenticate"].startswith("Bearer")
    assert nothing_written(session)


def test_a_revoked_token_is_refused_at_once(known, make, session, paths, now):
    account = make.account()
    caller = known(account)
    assert caller.get("/consultations").status_code == 200
    for token in tokens.held(session, account.id):
        tokens.revoke(session, account=account, token_id=token.id, now=now)
    session.commit()
    assert caller.put(paths["PUT"], BODIES["PUT"]).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/consultations", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/consultations/x/answers", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/questions/x/answers", {"POST", "OPTIONS"}),
        ("POST", "/proposals/x/stance", {"PUT", "OPTIONS"}),
        ("GET", "/answers/x/stance", {"PUT", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_taken_names_those_that_are(program, method, path, allowed):
    found = program.send(method, path, {})
    assert found.status_code == 405
    assert set(found.headers["Allow"].split(", ")) == allowed


def test_a_method_in_a_header_changes_nothing(program, session, paths):
    found = program.get(paths["PUT"], X_HTTP_Method_Override="PUT")
    assert found.status_code == 405
    assert nothing_written(session)


@pytest.mark.parametrize("path", ["/", "/x", "/rooms/x", "/answers", "/consultations/", "/%00"])
def test_an_address_that_leads_nowhere_is_a_problem_too(program, path):
    assert program.get(path).status_code == 404


def test_too_many_requests_says_when_to_come_back(app):
    with app.test_request_context("/api/v1/consultations"):
        found = errors.on_http(TooManyRequests(retry_after=42))
        assert (found.status_code, found.headers["Retry-After"]) == (429, "42")
        assert found.json["status"] == 429
        assert errors.problem(503).headers["Retry-After"]
