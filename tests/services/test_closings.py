from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, AccountClosing, AccountSession, JournalEntry, RoleInvitation
from consult.services import accounts, closings, entrance, role_holders, tokens

SAID = {"reason": "attack", "words": "Trois messages du 3 mai."}


@pytest.fixture
def ada(make):
    return make.account("administrator", name="Ada")


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken, match=code) as broken:
        act(*facts, **named)
    return broken.value.status


def test_what_lets_someone_in_is_dead_at_once_and_stays_so(session, make, ada, now):
    bob, eve = make.account("administrator"), make.account()
    number = accounts.open_session(session, account=bob, address="", user_agent="", now=now)
    link, code = entrance.ask(session, bob.email, now=now)
    other, _code = entrance.ask(session, eve.email, now=now)
    _token, secret = tokens.issue(session, account=bob, name="Tableur", now=now)
    role_holders.invite(session, email="x@exemple.fr", role="mediator", inviter=bob, now=now)
    session.commit()
    closing = closings.close(session, bob.id, **SAID, by=ada, now=now)
    session.commit()
    assert closings.current(session, bob.id).id == closing.id
    assert not bob.active and eve.active
    assert accounts.of_session(session, number, bob.fs_uniquifier, now=now)[0].active is False
    assert tokens.of_token(session, secret, now=now).active is False
    assert refused("link-used", accounts.follow_link, session, link, now=now) == 409
    assert refused("link-unknown", accounts.of_code, session, bob.email, code) == 422
    assert entrance.waiting(session, other, now=now)
    assert session.scalars(select(RoleInvitation.id)).all() == []
    later = now + timedelta(hours=1)
    closings.reopen(session, bob.id, by=ada, now=later)
    session.commit()
    assert bob.active and closings.current(session, bob.id) is None
    assert accounts.of_session(session, number, bob.fs_uniquifier, now=later) is None
    assert tokens.of_token(session, secret, now=later) is None
    assert session.scalars(select(AccountSession.revoked_at)).one() == later
    kept = session.scalars(select(AccountClosing)).one()
    assert (kept.closed_by_id, kept.reopened_by_id, kept.words) == (ada.id, ada.id, SAID["words"])
    acts = select(JournalEntry.act, JournalEntry.facts).where(
        JournalEntry.subject == f"account:{bob.id}", JournalEntry.actor == f"account:{ada.id}"
    )
    assert session.execute(acts.order_by(JournalEntry.id)).all() == [
        ("account.closed", {"reason": "attack"}),
        ("account.reopened", {}),
    ]


def test_a_closed_account_uses_a_way_in_and_is_not_let_in(session, make, ada, now):
    bob = make.account()
    closings.close(session, bob.id, **SAID, by=ada, now=now)
    token, _code = entrance.ask(session, bob.email, now=now)
    account, participant = accounts.follow_link(session, token, now=now)
    assert (account.id, account.active, participant) == (bob.id, False, None)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert "account.signed-in" not in acts


def test_what_cannot_be_closed_or_opened(session, make, ada, now):
    bob, by = make.account(), {"by": ada, "now": now}
    close, reopen = closings.close, closings.reopen
    assert refused("person-unknown", close, session, "x", **SAID, **by) == 404
    assert refused("person-unknown", reopen, session, "x", **by) == 404
    assert refused("close-oneself", close, session, ada.id, **SAID, **by) == 409
    assert refused("closing-over", reopen, session, bob.id, **by) == 409
    assert refused("closing-reason-missing", close, session, bob.id, reason="", words="x", **by)
    close(session, bob.id, **SAID, **by)
    assert refused("closing-done", close, session, bob.id, **SAID, **by) == 409
    assert refused("account-shut-out", reopen, session, ada.id, by=bob, now=now) == 403


def test_an_account_closed_without_a_reason_opens_too(session, make, ada, now):
    bob = make.account(active=False)
    assert closings.reopen(session, bob.id, by=ada, now=now).active


def test_the_last_administrator_keeps_their_access(session, make, ada, now):
    boss = make.account("organiser")
    named = {**SAID, "by": boss, "now": now}
    assert refused("administrator-last", closings.close, session, ada.id, **named) == 409


def test_two_administrators_who_close_each_other_at_once(session, make, ada, now):
    bob = make.account("administrator")
    pairs = [(ada.id, bob.id), (bob.id, ada.id)]
    session.rollback()

    def press(pair):
        with Session(session.get_bind()) as own:
            by = own.get_one(Account, pair[0])
            try:
                closings.close(own, pair[1], **SAID, by=by, now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, pairs)) == ["account-shut-out", "done"]
    session.expire_all()
    assert len(session.scalars(select(Account.id).where(Account.active)).all()) == 1


def test_someone_is_found_by_address(session, make):
    bob = make.account()
    assert closings.find(session, bob.email) == bob.id
    assert refused("person-unknown", closings.find, session, "x@exemple.fr") == 404
