"""After an erasure, every column of every table is searched for what was known of the person."""

from hashlib import sha256
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain import erasures as rules
from consult.domain.errors import RuleBroken
from consult.models import (
    AccessCode,
    Account,
    Consultation,
    Erasure,
    HelpOffer,
    JournalEntry,
    Mail,
    Mandate,
    Participant,
    Setting,
    Stance,
    Statement,
    Subscriber,
    sealed,
)
from consult.queries import counters
from consult.services import erasures
from tests import open_calls
from tests.personal import EMAIL, NAME, PHONE, Someone, left, links

KEYS = ["tests"]


@pytest.fixture
def awa(session, make):
    return Someone(make).everything()


def erase(session, one, texts, now):
    gone = erasures.erase(session, one.account.id, texts=texts, actor="system", now=now)
    session.commit()
    session.expire_all()
    return gone


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken, match=code) as broken:
        act(*facts, **named)
    return broken.value.status


def test_someone_stands_in_every_table_that_leads_to_a_person(session, awa):
    """Else the search below would look for what was never there."""
    known = (EMAIL, awa.account.id, awa.participant.id)
    assert links() - left(session, known, known) == set()


@pytest.mark.parametrize("texts", ["withdrawn", "kept"])
def test_nothing_is_left_of_the_person(session, awa, now, texts):
    held = {awa.account.id}
    gone = erase(session, awa, texts, now)
    assert left(session, ids=held) == set()
    assert session.scalars(select(Account.email)).all() == ["bob@exemple.fr"]
    entry = session.query(JournalEntry).filter_by(act="account.erased").one()
    assert entry.facts == {"texts": texts, "withdrawn": len(gone.withdrawn), "opinions": 1}
    for recount in counters.RECOUNTS.values():
        assert session.execute(recount()).all() == []


def test_texts_left_are_signed_by_nobody_and_those_that_name_are_withdrawn(session, awa, now):
    gone = erase(session, awa, "kept", now)
    assert gone.withdrawn == [awa.telling.id]
    answer, telling = (session.get(Statement, one.id) for one in (awa.answer, awa.telling))
    assert (answer.body, answer.state) == ("Ouvrir le soir.", "published")
    assert (answer.signed_as, answer.signature, answer.speaks_from) == ("none", "", "")
    assert (telling.body, telling.search, telling.state) == ("", "", "withdrawn")
    assert session.get(Statement, awa.copy.id).signature == ""


def test_texts_withdrawn_are_empty_and_the_replies_of_others_stay(session, awa, now):
    gone = erase(session, awa, "withdrawn", now)
    assert set(gone.withdrawn) == {awa.answer.id, awa.telling.id, awa.copy.id}
    for text in session.scalars(select(Statement).where(Statement.id.in_(gone.withdrawn))):
        assert (text.state, text.body, text.search, text.value) == ("withdrawn", "", "", None)
    assert session.get(Statement, awa.reply.id).body == "Bob répond."


def test_opinions_stay_counted_and_lead_to_nobody(session, make, awa, now):
    """Two who weighed the same text are erased."""
    eve = make.account(name="Eve Ro")
    given = {"value": 1, "created_at": now, "updated_at": now}
    theirs = make.participant(account_id=eve.id)
    make.save(Stance(statement_id=awa.proposal.id, participant_id=theirs.id, **given))
    erase(session, awa, "kept", now)
    erasures.erase(session, eve.id, texts="withdrawn", actor="system", now=now)
    session.commit()
    session.expire_all()
    assert session.get(Statement, awa.proposal.id).agree == 2
    for stance in session.scalars(select(Stance)):
        assert stance.participant_id not in (awa.participant.id, theirs.id)
        nobody = session.get_one(Participant, stance.participant_id)
        assert (nobody.account_id, nobody.origin, nobody.name) == (None, None, "")
        acts = select(JournalEntry.actor).where(JournalEntry.actor.contains(nobody.id))
        assert session.scalars(acts).all() == []


def test_consultations_go_to_a_colleague_and_letters_of_others_lose_the_name(session, awa, now):
    gone = erase(session, awa, "kept", now)
    opened = session.get(Consultation, awa.opened_id)
    assert (opened.owner_id, opened.contact_name, opened.contact_phone) == (awa.bob.id, "", "")
    kept = {one.dedup_key: one for one in session.scalars(select(Mail).order_by(Mail.id))}
    assert set(gone.letters) == {kept["a"].id, kept["c"].id}
    assert (kept["b"].recipient, kept["b"].body) == ("bob@exemple.fr", "Bonjour …")
    assert kept["a"].recipient == kept["c"].recipient == "" and kept["a"].sent_at == now
    assert kept["b"].sent_at is None


def test_it_is_refused_whole_or_done_whole(session, make, awa, now):
    erase_ = erasures.erase
    for texts in ("", "gone", None):
        named = {"texts": texts, "actor": "system", "now": now}
        assert refused("texts-unknown", erase_, session, awa.account.id, **named) == 422
    alone = make.organisation(name="Seule")
    make.save(Mandate(organisation_id=alone.id, account_id=awa.account.id, began_at=now))
    named = {"texts": "kept", "actor": "system", "now": now}
    assert refused("organisation-alone", erase_, session, awa.account.id, **named) == 409
    session.rollback()
    assert session.scalar(select(Account.name).where(Account.email == EMAIL)) == NAME
    assert refused("already-erased", erase_, session, "x", **named) == 409


def test_someone_new_is_erased_too(session, make, now):
    account = make.account(name="")
    gone = erasures.erase(session, account.id, texts="kept", actor="system", now=now)
    session.commit()
    assert (gone.withdrawn, gone.opinions, gone.letters) == ([], 0, [])


def test_two_erasures_at_once_are_one(session, make, now):
    account, engine = make.account(), session.get_bind()
    session.rollback()
    start, said = Barrier(2), []

    def press():
        with Session(engine) as own:
            start.wait()
            try:
                erasures.erase(own, account.id, texts="kept", actor="system", now=now)
                own.commit()
                said.append("done")
            except RuleBroken as broken:
                said.append(broken.code)

    pressing = [Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert sorted(said) == ["already-erased", "done"]
    kept = session.scalars(select(Erasure.texts).order_by(Erasure.texts)).all()
    assert kept == ["address", "kept"]


def test_by_letter_for_someone_with_an_account(session, awa, now):
    found = erasures.by_address
    named = {"texts": "kept", "by": awa.bob, "now": now}
    assert refused("email-unreadable", found, session, "awa", **named) == 422
    assert refused("erase-oneself", found, session, awa.bob.email, **named) == 409
    assert refused("address-unknown", found, session, "inconnu@exemple.fr", **named) == 404
    found(session, f" {EMAIL.upper()} ", **named)
    session.commit()
    assert left(session, ids={awa.account.id}) == set()
    entry = session.query(JournalEntry).filter_by(act="account.erased").one()
    assert entry.actor == f"account:{awa.bob.id}"


def test_by_letter_for_an_address_without_an_account(session, make, now):
    boss = make.account("administrator")
    instants = dict.fromkeys(("created_at", "told_until", "next_digest_at"), now)
    make.save(Subscriber(email=EMAIL, time_zone="Europe/Paris", **instants))
    erasures.by_address(session, EMAIL, texts="kept", by=boss, now=now)
    session.commit()
    assert left(session) == set()
    entry = session.query(JournalEntry).filter_by(act="address.erased").one()
    assert entry.facts == {"rows": 1} and EMAIL not in str(entry.facts)


def by_hand(make, now):
    """An address written where nothing else leads to its owner; a longer one beside it."""
    consultation = make.consultation(contact_name=EMAIL, contact_phone=PHONE)
    call = open_calls.call(make, contact_name=EMAIL.upper(), contact_phone=PHONE)
    reached = {"contact_name": NAME, "contact_email": EMAIL, "contact_phone": PHONE}
    project = open_calls.project(make, call, **reached)
    helps = {"kind": "room", "name": NAME, "contact": f"<{EMAIL}>, {PHONE}", "created_at": now}
    make.save(HelpOffer(project_id=project.id, participant_id=make.participant().id, **helps))
    make.save(Setting(key="help_email", value=EMAIL))
    codes = []
    for number, name in enumerate((f"{NAME} <{EMAIL.title()}>", f"x{EMAIL}", "Bob Li"), start=1):
        printed = {"consultation_id": consultation.id, "batch": "lot", "number": number}
        hashed = f"{number}{now:%H%M%S}{consultation.id}".ljust(64, "0")
        codes.append(make.save(AccessCode(code_hash=hashed, name=name, created_at=now, **printed)))
    return codes


def test_an_address_written_by_hand_goes_with_the_code_printed_for_it(session, make, now):
    codes, boss = by_hand(make, now), make.account("administrator")
    erasures.by_address(session, EMAIL, texts="kept", by=boss, now=now)
    session.commit()
    session.expire_all()
    assert left(session) == {"access_code.name"}  # that of somebody else, which is longer
    assert [(one.name, one.revoked_at) for one in codes] == [
        ("", now), (f"x{EMAIL}", None), ("Bob Li", None),
    ]  # fmt: skip
    again = {"texts": "kept", "by": boss, "now": now}
    assert refused("address-unknown", erasures.by_address, session, EMAIL, **again) == 404
    kept = erasures.listed(session)
    session.query(Erasure).delete()  # an older copy
    session.query(Setting).filter_by(key="help_email").delete()
    by_hand(make, now)
    assert [one.alone for one in erasures.apply(session, kept, now=now)] == [True]
    session.commit()
    assert left(session) == {"access_code.name"}


def test_the_name_on_a_letter_with_a_code_goes_with_the_account(session, make, now):
    account = make.account(email=EMAIL, name=NAME)
    printed = {"consultation_id": make.consultation().id, "batch": "lot", "created_at": now}
    code = make.save(AccessCode(code_hash="1" * 64, number=1, name=NAME, **printed))
    erasures.erase(session, account.id, texts="kept", actor="system", now=now)
    session.commit()
    session.refresh(code)
    # Someone else may have that name, and still comes in.
    assert (code.name, code.revoked_at) == ("", None)


def test_an_older_copy_is_erased_again_once(session, make, awa, now):
    """The list outlives the database: here the person is back, as after a restore."""
    mark = rules.mark(awa.account.id)
    kept = [rules.Listed(now.date(), "withdrawn", mark), rules.Listed(now.date(), "kept", "f" * 64)]
    assert erasures.missing(session, kept) == 2
    done = erasures.apply(session, kept, now=now)
    session.commit()
    assert len(done) == 1 and len(done[0].withdrawn) == 3
    assert left(session, ids={awa.account.id}) == set()
    assert erasures.missing(session, kept) == 0
    assert set(kept) < set(erasures.listed(session))
    assert erasures.apply(session, kept, now=now) == []


def test_an_address_without_an_account_is_erased_again_and_is_not_read_from_the_list(
    session, make, now
):
    boss = make.account("administrator")
    instants = dict.fromkeys(("created_at", "told_until", "next_digest_at"), now)

    def stand():
        make.save(Subscriber(email=EMAIL, time_zone="Europe/Paris", **instants))
        make.contribution(make.consultation(), make.participant(), notify_email=EMAIL)
        make.save(Mail(dedup_key=f"k{now}", recipient=EMAIL, subject="x", body="y", created_at=now))

    sealed.use(KEYS)
    stand()
    erasures.by_address(session, EMAIL, texts="kept", by=boss, now=now)
    session.commit()
    kept = erasures.listed(session)
    assert [one.texts for one in kept] == ["address"]
    assert kept[0].mark not in (rules.mark(EMAIL), sha256(EMAIL.encode()).hexdigest())
    session.query(Erasure).delete()  # an older copy
    session.query(Mail).delete()
    stand()
    other = make.save(Subscriber(email="bob@exemple.fr", time_zone="Europe/Paris", **instants))
    sealed.use(["a newer key", *KEYS])
    try:
        done = erasures.apply(session, kept, now=now)
    finally:
        sealed.use(KEYS)
    session.commit()
    assert [one.alone for one in done] == [True] and len(done[0].letters) == 1
    assert left(session) == set()
    assert session.get(Subscriber, other.id)
    assert erasures.apply(session, kept, now=now) == []


def test_what_was_handed_over_since_the_copy_is_not_asked_again(session, make, now):
    """In the older copy they are the last administrator: they are gone all the same."""
    boss = make.account("administrator")
    room = make.room("national")
    make.joins(boss, room)
    kept = [rules.Listed(now.date(), "kept", rules.mark(boss.id))]
    assert len(erasures.apply(session, kept, now=now)) == 1
    session.commit()
    assert session.scalars(select(Account)).all() == []
