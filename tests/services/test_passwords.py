import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry
from consult.services import accounts, passwords, tokens

GOOD = "cheval pile agrafe"


@pytest.fixture
def opened(session, now):
    def open_one(account, at=now):
        number = accounts.open_session(session, account=account, address="", user_agent="", now=at)
        session.commit()
        return number, accounts.digest(number)

    return open_one


def test_a_password_is_kept_as_an_argon2id_hash_and_lets_in(session, make, opened, now):
    account = make.account()
    _number, here = opened(account)
    passwords.choose(session, account, here=here, typed=GOOD, now=now)
    session.commit()
    assert account.password.startswith("$argon2id$") and GOOD not in account.password
    assert passwords.sign_in(session, account.email, GOOD, now=now).id == account.id
    with pytest.raises(RuleBroken, match="password-wrong"):
        passwords.sign_in(session, account.email, GOOD + " ", now=now)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"account.password-set", "account.signed-in"} <= set(acts)


def test_a_change_ends_every_other_session_and_waiting_link(session, make, opened, now):
    account, other = make.account(), make.account()
    (mine, here), (lost, _), (theirs, _) = opened(account), opened(account), opened(other)
    link, _code = accounts.new_link(session, account.email, now=now)
    assert passwords.choose(session, account, here=here, typed=GOOD, now=now) == 1
    found = {
        number: accounts.of_session(session, number, person.fs_uniquifier, now=now) is not None
        for number, person in ((mine, account), (lost, account), (theirs, other))
    }
    assert found == {mine: True, lost: False, theirs: True}
    with pytest.raises(RuleBroken, match="link-used"):
        accounts.follow_link(session, link, now=now)


def test_a_password_is_changed_then_removed(session, make, opened, now):
    account = make.account()
    _number, here = opened(account)
    passwords.choose(session, account, here=here, typed=GOOD, now=now)
    passwords.choose(session, account, here=here, typed="un autre, plus long", now=now)
    with pytest.raises(RuleBroken, match="password-wrong"):
        passwords.sign_in(session, account.email, GOOD, now=now)
    assert passwords.remove(session, account, here=here, now=now)
    assert not passwords.remove(session, account, here=here, now=now)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"account.password-changed", "account.password-removed"} <= set(acts)


def test_a_change_and_a_removal_stop_the_tokens(session, make, opened, now):
    account, other = make.account(), make.account()
    _number, here = opened(account)
    for act in (
        lambda: passwords.choose(session, account, here=here, typed=GOOD, now=now),
        lambda: passwords.remove(session, account, here=here, now=now),
        lambda: passwords.end_all(session, account, here=here, now=now),
    ):
        _token, secret = tokens.issue(session, account=account, name="un", now=now)
        _theirs, kept = tokens.issue(session, account=other, name="un", now=now)
        assert tokens.of_token(session, secret, now=now).id == account.id
        act()
        assert tokens.of_token(session, secret, now=now) is None
        assert tokens.of_token(session, kept, now=now).id == other.id
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts.count("token.revoked") == 3


def test_known_and_unknown_addresses_cost_the_same(session, make, now, monkeypatch):
    known, without, shut = make.account(), make.account(), make.account(active=False)
    for account in (known, shut):
        account.password = passwords.HASHER.hash(GOOD)
    session.commit()
    done, seen = [], []
    verify = PasswordHasher.verify

    def counted(hasher, stored, typed):
        done.append(stored.rsplit("$", 2)[0])
        return verify(hasher, stored, typed)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    engine = session.get_bind()

    def note(*facts):
        seen.append(facts[2])

    event.listen(engine, "before_cursor_execute", note)
    for email in (known.email, without.email, shut.email, "personne@exemple.fr"):
        with pytest.raises(RuleBroken, match="password-wrong") as refused:
            passwords.sign_in(session, email, GOOD if email == shut.email else "faux", now=now)
        assert refused.value.facts == {}
    event.remove(engine, "before_cursor_execute", note)
    assert len(done) == 4 and set(done) == {passwords.NOBODY.rsplit("$", 2)[0]}
    assert len(seen) == 4 and len(set(seen)) == 1


def test_an_older_hash_is_made_anew_at_the_next_sign_in(session, make, now):
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    account = make.account(password=weak.hash(GOOD))
    passwords.sign_in(session, account.email, GOOD, now=now)
    assert not passwords.HASHER.check_needs_rehash(account.password)
    assert passwords.sign_in(session, account.email, GOOD, now=now).id == account.id


def test_a_hash_of_another_kind_lets_nobody_in(session, make, now):
    account = make.account(password="$2b$12$autre")
    with pytest.raises(RuleBroken, match="password-wrong"):
        passwords.sign_in(session, account.email, GOOD, now=now)
