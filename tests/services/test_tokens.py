"""Personal tokens: shown once, good until revoked, nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import ApiToken, JournalEntry
from consult.services import tokens


def issue(session, account, now, name="Mon programme"):
    token, secret = tokens.issue(session, account=account, name=name, now=now)
    session.commit()
    return token, secret


def test_a_token_leads_to_its_account_and_its_roles(session, make, now):
    account = make.account("organiser")
    _token, secret = issue(session, account, now)
    session.expire_all()
    found = tokens.of_token(session, secret, now=now)
    assert found.id == account.id
    assert [role.name for role in found.roles] == ["organiser"]


def test_only_the_hash_of_the_secret_is_kept(session, make, now):
    token, secret = issue(session, make.account(), now)
    kept = session.execute(select(ApiToken.__table__)).mappings().one()
    assert not any(secret in str(value) for value in kept.values())
    assert token.token_hash != secret


@pytest.mark.parametrize("secret", ["", "consult_", "consult_x", "x" * 43, "consult_" + "a" * 9999])
def test_what_was_never_given_leads_to_nobody(session, make, now, secret):
    issue(session, make.account(), now)
    assert tokens.of_token(session, secret, now=now) is None


def test_a_revoked_token_leads_to_nobody(session, make, now):
    account = make.account()
    token, secret = issue(session, account, now)
    other, still = issue(session, account, now)
    assert tokens.revoke(session, account=account, token_id=token.id, now=now)
    assert tokens.of_token(session, secret, now=now) is None
    assert tokens.of_token(session, still, now=now).id == account.id
    assert not tokens.revoke(session, account=account, token_id=token.id, now=now)
    assert [held.id for held in tokens.held(session, account.id)] == [other.id]


def test_nobody_revokes_the_token_of_another(session, make, now):
    owner, other = make.account(), make.account()
    token, secret = issue(session, owner, now)
    assert not tokens.revoke(session, account=other, token_id=token.id, now=now)
    assert not tokens.revoke(session, account=owner, token_id="0" * 18, now=now)
    assert tokens.of_token(session, secret, now=now).id == owner.id
    assert tokens.held(session, other.id) == []


def test_its_last_use_is_noted_now_and_then(session, make, now):
    token, secret = issue(session, make.account(), now)

    def used(at):
        tokens.of_token(session, secret, now=at)
        session.commit()
        session.refresh(token)
        return token.last_used_at

    assert token.last_used_at is None
    assert used(now) == now
    assert used(now + timedelta(minutes=4)) == now
    assert used(now + timedelta(minutes=6)) == now + timedelta(minutes=6)


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "token-name-missing"), ("x" * 121, "text-too-long")]
)
def test_a_token_has_a_name(session, make, now, name, code):
    with pytest.raises(RuleBroken) as refused:
        tokens.issue(session, account=make.account(), name=name, now=now)
    assert refused.value.code == code


def test_the_journal_tells_who_made_and_revoked_which(session, make, now):
    account = make.account()
    token, secret = issue(session, account, now)
    tokens.revoke(session, account=account, token_id=token.id, now=now)
    session.commit()
    query = (
        select(JournalEntry)
        .where(JournalEntry.subject == f"token:{token.id}")
        .order_by(JournalEntry.id)
    )
    entries = session.scalars(query.order_by(JournalEntry.id)).all()
    assert [entry.act for entry in entries] == ["token.issued", "token.revoked"]
    assert {entry.actor for entry in entries} == {f"account:{account.id}"}
    assert secret not in str([entry.facts for entry in entries])
