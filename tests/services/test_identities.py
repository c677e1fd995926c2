import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.models import Account, ExternalIdentity, JournalEntry
from consult.services import accounts, identities
from consult.services.identities import Vouched

ISSUER = "https://identite.example"


def who(subject="s1", email="ada@exemple.fr", *, verified=True, issuer=ISSUER):
    return Vouched(issuer, subject, email, verified)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_someone_new_gets_an_account_when_their_address_was_checked(session, make, now):
    make.account()
    account = identities.sign_in(session, who(), now=now)
    session.commit()
    assert (account.email, account.confirmed_at) == ("ada@exemple.fr", now)
    assert identities.account_of(session, who(email="autre@exemple.fr")).id == account.id
    assert identities.sign_in(session, who(email="", verified=False), now=now).id == account.id
    held = identities.linked(session, account.id)
    assert [(one.issuer, one.subject, one.last_used_at) for one in held] == [(ISSUER, "s1", now)]
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"account.created", "account.identity-linked", "account.signed-in"} <= set(acts)


@pytest.mark.parametrize(
    "vouched", [who(verified=False), who(email=""), who(email="", verified=False)]
)
def test_nobody_is_made_from_an_address_that_was_not_checked(session, now, vouched):
    assert identities.sign_in(session, vouched, now=now) is None
    assert count(session, Account) == count(session, ExternalIdentity) == 0


def test_an_address_known_here_is_never_linked_silently(session, make, now):
    account = make.account(email="ada@exemple.fr")
    assert identities.has_account(session, "ada@exemple.fr")
    assert identities.sign_in(session, who(), now=now) is None
    assert count(session, ExternalIdentity) == 0
    identities.link(session, account, who(), now=now)
    assert identities.sign_in(session, who(), now=now).id == account.id


def test_a_subject_belongs_to_its_issuer(session, make, now):
    account = make.account()
    identities.link(session, account, who(), now=now)
    assert identities.account_of(session, who(issuer="https://autre.example")) is None
    assert identities.account_of(session, who(subject="s2")) is None


def test_an_identity_is_linked_to_one_account_and_an_account_to_one_of_a_provider(
    session, make, now
):
    account, other = make.account(), make.account()
    identities.link(session, account, who(), now=now)
    for person, vouched in ((other, who()), (account, who(subject="s2")), (account, who())):
        with pytest.raises(RuleBroken, match="identity-linked") as linked:
            identities.link(session, person, vouched, now=now)
        assert linked.value.status == 409
    identities.link(session, account, who(issuer="https://autre.example"), now=now)
    assert count(session, ExternalIdentity) == 2


def test_who_is_shut_out_stays_out(session, make, now):
    account = make.account(active=False)
    identities.link(session, account, who(), now=now)
    with pytest.raises(RuleBroken, match="provider-refused"):
        identities.sign_in(session, who(), now=now)


def test_a_link_is_removed_by_its_owner_alone(session, make, now):
    account, other = make.account(), make.account()
    identities.link(session, account, who(), now=now)
    number = accounts.open_session(session, account=account, address="", user_agent="", now=now)
    held = identities.linked(session, account.id)[0]
    for person, which in ((other, held.id), (account, "0" * 18)):
        with pytest.raises(RuleBroken, match="identity-unknown") as unknown:
            identities.unlink(session, person, which, here="", now=now)
        assert unknown.value.status == 404
    identities.unlink(session, account, held.id, here="", now=now)
    session.commit()
    assert identities.account_of(session, who()) is None
    assert accounts.of_session(session, number, account.fs_uniquifier, now=now) is None
    assert (
        "account.identity-unlinked"
        in session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    )
