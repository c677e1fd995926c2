from datetime import timedelta

from sqlalchemy import select

from consult.models import (
    AccessCode,
    Account,
    AccountSession,
    ApiToken,
    Contribution,
    Draft,
    JournalEntry,
    ListedPerson,
    Mail,
    Report,
    RoleInvitation,
    SignInLink,
)
from consult.services import accounts, purges


def old(now, **days):
    return now - timedelta(**days)


def run(session, now):
    done = purges.run(session, now=now)
    session.commit()
    session.expire_all()
    return done


def test_once_a_day(session, now):
    assert purges.begin(session, now=now)
    session.commit()
    assert not purges.begin(session, now=now + timedelta(hours=1))
    session.rollback()
    assert purges.begin(session, now=now + timedelta(days=1))


def furnish(make, at):
    """Put in one row of each kind that is forgotten, as old as `at`."""
    number = next(make.numbers)
    account, mark = make.account(), f"{number:064}"
    mine = {"account_id": account.id, "created_at": at}
    make.save(AccountSession(id_hash=mark, last_seen_at=at, **mine))
    make.save(ApiToken(token_hash=mark, name="t", revoked_at=at, **mine))
    made = {"created_at": at, "expires_at": at, "token_hash": mark}
    make.save(SignInLink(email=f"{number}@b.fr", **made))
    make.save(RoleInvitation(email=f"{number}@b.fr", role="mediator", **made))
    person = make.participant()
    make.save(Draft(participant_id=person.id, target="t", form={}, created_at=at, updated_at=at))
    sent = {"recipient": "a@b.fr", "subject": "s", "body": "b", "created_at": at}
    make.save(Mail(dedup_key=mark, attempts=8, **sent))
    make.save(Mail(dedup_key=f"{mark}w", **sent))
    consultation = make.consultation(opens_at=old(at, days=9), closes_at=at)
    make.contribution(consultation, notify_email="a@b.fr")
    make.save(ListedPerson(consultation_id=consultation.id, email="a@b.fr"))
    code = {"consultation_id": consultation.id, "batch": "lot", "number": 1, "created_at": at}
    make.save(AccessCode(code_hash=mark, name="Awa", **code))
    text = make.answer(make.question(make.theme(consultation)))
    said = {"version": 1, "reason": "attack", "name": "Awa", "email": "a@b.fr", "created_at": at}
    answered = {"outcome": "kept", "answered_at": at, "number": mark[-9:]}
    make.save(Report(statement_id=text.id, consultation_id=consultation.id, **said, **answered))


def test_what_is_too_old_goes_and_the_rest_stays(session, make, now):
    furnish(make, old(now, days=760))
    furnish(make, now)
    done = run(session, now)
    assert done == {
        "sessions": 1, "links": 1, "tokens": 1, "drafts": 1, "invitations": 1, "letters": 1,
        "reports": 1, "told": 1, "listed": 2,
    }  # fmt: skip
    for model in (AccountSession, ApiToken, SignInLink, RoleInvitation, Draft, ListedPerson):
        assert len(session.scalars(select(model)).all()) == 1
    # Those that wait still are kept, whatever their age.
    waits = Mail.dedup_key.endswith("w")
    assert set(session.scalars(select(Mail.recipient).where(waits))) == {"a@b.fr"}
    mails = session.scalars(select(Mail).where(~waits).order_by(Mail.created_at)).all()
    assert [(one.recipient, one.body) for one in mails] == [("", ""), ("a@b.fr", "b")]
    assert mails[0].sent_at == now
    names = select(Report.name, Report.email).order_by(Report.created_at)
    assert [tuple(row) for row in session.execute(names)] == [("", None), ("Awa", "a@b.fr")]
    assert sorted(session.scalars(select(AccessCode.name))) == ["", "Awa"]
    told = session.scalars(select(Contribution.notify_email)).all()
    assert sorted(map(str, told)) == ["None", "a@b.fr"]
    entry = session.query(JournalEntry).filter_by(act="personal.purged").one()
    assert entry.facts == done and entry.actor == "system"
    assert set(run(session, now).values()) == {0}


def test_nothing_goes_before_its_day(session, make, now):
    days = {"sessions": 30, "letters": 30, "drafts": 366, "reports": 185, "listed": 366}
    for number in set(days.values()):
        furnish(make, old(now, days=number - 6))
    before = run(session, now)
    after = run(session, now + timedelta(days=7))
    assert {what: before[what] for what in days} == {
        "sessions": 2, "letters": 2, "drafts": 0, "reports": 1, "listed": 0,
    }  # fmt: skip
    assert {what: after[what] for what in days} == {
        "sessions": 1, "letters": 1, "drafts": 1, "reports": 1, "listed": 2,
    }  # fmt: skip


def used(make, now, years, **facts):
    return make.account(**({"created_at": old(now, days=366 * years)} | facts))


def test_an_account_that_nobody_uses_is_warned_then_erased(session, make, now):
    account = used(make, now, 4)
    used(make, now, 4, seen_at=old(now, days=300))
    program = used(make, now, 4)
    mine = {"account_id": program.id, "created_at": now, "last_used_at": old(now, days=9)}
    make.save(ApiToken(token_hash="1" * 64, name="t", **mine))
    assert purges.to_warn(session, now=now) == [account]
    assert purges.to_erase(session, now=now) == []
    assert purges.warn(session, account, now=now)
    session.commit()
    session.expire_all()
    assert purges.to_warn(session, now=now) == []
    assert not purges.warn(session, account, now=now)
    assert purges.to_erase(session, now=now + timedelta(days=29)) == []
    late = now + timedelta(days=30)
    assert purges.to_erase(session, now=late) == [account.id]
    assert purges.erase(session, account.id, now=late) is not None
    session.commit()
    assert session.get(Account, account.id, populate_existing=True) is None
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts[-2:] == ["account.warned", "account.erased"]


def test_whoever_comes_back_keeps_the_account(session, make, now):
    account = used(make, now, 4, warned_at=old(now, days=40))
    assert purges.to_erase(session, now=now) == [account.id]
    accounts.open_session(session, account=account, address="", user_agent="", now=now)
    session.commit()
    assert (account.seen_at, account.warned_at) == (now, None)
    assert purges.to_erase(session, now=now) == []
    assert purges.erase(session, account.id, now=now) is None


def test_what_would_be_left_to_nobody_keeps_the_account(session, make, now):
    boss = used(make, now, 4, warned_at=old(now, days=40))
    accounts.grant(session, boss, "administrator", now=now)
    session.commit()
    assert purges.to_erase(session, now=now) == []
    assert purges.erase(session, boss.id, now=now) is None
