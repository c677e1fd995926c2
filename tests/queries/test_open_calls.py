"""Who sees which call."""

import pytest

from consult.queries import open_calls
from consult.queries.open_calls import Reader
from tests import open_calls as calls


@pytest.fixture
def draft(make):
    officer = make.account("local_authority")
    draft = calls.call(make, officer=officer, published_at=None, seed=None, terms_digest=None)
    return draft, officer


def seen(session, call, reader):
    return session.scalars(open_calls.by_slug(call.slug, reader)).one_or_none()


def test_a_public_call_is_seen_by_all(session, make):
    calls.call(make)
    call = calls.call(make)
    assert seen(session, call, Reader()) is call
    assert seen(session, call, Reader(account_id=make.account().id)) is call


def test_a_draft_is_seen_by_those_who_run_it(session, make, draft):
    call, officer = draft
    stranger = make.account("local_authority")
    calls.call(make, officer=stranger)
    assert seen(session, call, Reader(account_id=officer.id)) is call
    assert seen(session, call, Reader(sees_all=True)) is call
    assert seen(session, call, Reader()) is None
    assert seen(session, call, Reader(account_id=stranger.id)) is None
