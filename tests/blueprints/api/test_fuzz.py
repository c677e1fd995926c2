"""Any JSON at all: never an error of ours, and the same answer on both databases."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import conftest
from tests.factories import Maker

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KINDS = {
    "long_text": {},
    "choice": {"choices": ["Oui", "Non"], "allow_other": True},
    "choices": {"choices": ["A", "B", "C"]},
    "scale": {},
    "ranking": {"choices": ["A", "B"]},
    "number": {},
    "yes_no": {},
    "actors": {},
}
NUMBERS = st.one_of(
    st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([2**31, 2**63])
)
WORDS = st.one_of(
    st.text(st.characters(codec=None), max_size=30),
    st.sampled_from(
        ["agree", "mixed", "Oui", "A", "name", "none", "D-54", "\x00", "\ud800", "'--"]
    ),
)
PARTS = ["value", "territory", "signature", "as", "text", "function"]
NAMES = st.sampled_from([*PARTS, "other", "yes", "detail", "name", "id"])
ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(NAMES, WORDS), inner, max_size=4)
    ),
    max_leaves=8,
)
SENT = st.one_of(
    ANY,
    st.fixed_dictionaries(
        {"value": ANY},
        optional={
            "territory": ANY,
            "signature": st.one_of(
                ANY,
                st.fixed_dictionaries({"as": WORDS}, optional={"text": ANY, "function": ANY}),
            ),
        },
    ),
)


@pytest.fixture(scope="module")
def both(sqlite_app, postgresql_app, folder):
    """The same questions and the same proposal, under the same identifiers, on each database."""
    from consult import clock
    from consult.extensions import db

    clock.shift(NOW - datetime.now(UTC))
    conftest.empty_sqlite(sqlite_app, folder)
    conftest.empty_postgresql(postgresql_app)
    for app in (sqlite_app, postgresql_app):
        with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            make = Maker(session, NOW)
            theme = make.theme(make.consultation(id="c" * 18), id="t" * 18)
            for kind, options in KINDS.items():
                make.question(theme, id=f"question-{kind}"[:18], kind=kind, options=options)
            make.proposal(theme, id="p" * 18)
    yield sqlite_app, postgresql_app
    for app in (sqlite_app, postgresql_app):
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def answers(both, method, path, raw, **headers):
    """Send the same bytes to both; return what the two say, without what is drawn at random."""
    found = []
    for app in both:
        answer = app.test_client().open(
            path, method=method, data=raw, content_type="application/json", headers=headers
        )
        shown = answer.json
        if answer.status_code == 201:
            shown = set(shown)
        found.append((answer.status_code, shown))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(KINDS)), SENT)
def test_any_answer(both, kind, sent):
    path = f"/api/v1/questions/{f'question-{kind}'[:18]}/answers"
    first, second = answers(both, "POST", path, json.dumps(sent))
    assert first == second
    assert first[0] in (201, 422), first


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(SENT)
def test_any_opinion(both, sent):
    path = f"/api/v1/proposals/{'p' * 18}/stance"
    first, second = answers(both, "PUT", path, json.dumps(sent))
    assert first == second
    assert first[0] in (200, 422), first


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=60))
def test_any_bytes(both, raw):
    path = f"/api/v1/proposals/{'p' * 18}/stance"
    first, second = answers(both, "PUT", path, raw)
    assert first == second
    assert first[0] in (400, 422), first


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["limit", "cursor", "question", "territory"]), WORDS)
def test_any_address(both, name, word):
    value = quote(word, safe="", errors="surrogatepass")
    path = f"/api/v1/consultations/consultation-1/answers?{name}={value}"
    statuses = {app.test_client().get(path).status_code for app in both}
    assert len(statuses) == 1
    assert statuses <= {200, 404, 422}
