"""Checking projects: two people for a "no", never one's own, nothing twice, nothing too late."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from consult.domain.assessments import Verdict
from consult.domain.errors import RuleBroken
from consult.models import Assessment, JournalEntry, Mandate, OpenCall, Principle, SplitDecision
from consult.services import assessments
from tests import open_calls


@pytest.fixture
def officer(make):
    return make.account()


@pytest.fixture
def call(make, officer):
    open_calls.project(make, open_calls.call(make))  # another call, which nothing may touch
    return open_calls.call(make, officer=officer)


@pytest.fixture
def sent(make, call):
    return open_calls.project(make, call)


@pytest.fixture
def principles(session, call):
    query = select(Principle).where(Principle.call_id == call.id).order_by(Principle.position)
    return list(session.scalars(query))


def said(sent, *verdicts, seen=""):
    return assessments.Said(sent.version, seen, verdicts)


def no(principle, fix="Donnez la date."):
    return Verdict(principle.id, "no", "Il manque une date.", fix)


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def standing(session, call, sent, now):
    return assessments.standings(session, call, now=now).get(sent.id)


def seen(session, sent):
    rows = session.scalars(select(Assessment).where(Assessment.project_id == sent.id)).all()
    return assessments.seen(rows)


def test_a_yes_to_all_and_what_is_to_complete(session, call, sent, principles, officer, now):
    first, other = principles
    assert standing(session, call, sent, now) == "unread"
    yes = [Verdict(one.id, "yes") for one in principles]
    by = {"by": officer, "now": now}
    assert assessments.read(session, call, sent, said(sent, *yes), **by) == []
    assert assessments.read(session, call, sent, said(sent, *yes), **by) == []
    session.commit()
    assert standing(session, call, sent, now) == "respects"
    entries = session.query(JournalEntry).filter_by(act="project.read").all()
    assert len(entries) == 1 and entries[0].subject == f"project:{sent.id}"
    mend = Verdict(other.id, "to_complete", "Il manque le lieu.", "Dites où.")
    stale = said(sent, mend)
    refused("reading-changed", 409, lambda: assessments.read(session, call, sent, stale, **by))
    fresh = said(sent, yes[0], mend, seen=seen(session, sent))
    told = assessments.read(session, call, sent, fresh, **by)
    assert [one.principle_id for one in told] == [other.id]
    assert standing(session, call, sent, now) == "to_complete"
    assessments.reply(session, sent, other.id, "C'est écrit.", by=officer, now=now)
    assessments.reply(session, sent, other.id, "C'est écrit.", by=officer, now=now)
    assert told[0].reply == "C'est écrit."
    assert session.query(JournalEntry).filter_by(act="project.replied").count() == 1
    refused(
        "reply-nothing",
        409,
        lambda: assessments.reply(session, sent, first.id, "Non.", by=officer, now=now),
    )


def test_a_no_counts_once_another_person_agrees(
    session, make, call, sent, principles, officer, now
):
    first, other = principles
    by = {"by": officer, "now": now}
    refused(
        "assessment-reason-missing",
        422,
        lambda: assessments.read(session, call, sent, said(sent, Verdict(first.id, "no")), **by),
    )
    verdicts = said(sent, no(first), Verdict(other.id, "yes"))
    assert assessments.read(session, call, sent, verdicts, **by) == []
    assert standing(session, call, sent, now) == "unread"
    mark, second = seen(session, sent), make.account()
    agrees, theirs = said(sent, Verdict(first.id, "no"), seen=mark), {"by": second, "now": now}
    refused(
        "second-reader-own",
        403,
        lambda: assessments.second(session, call, sent, agrees, **by),
    )
    unsaid = said(sent, Verdict(first.id, "yes"), seen=mark)
    refused(
        "assessment-reason-missing",
        422,
        lambda: assessments.second(session, call, sent, unsaid, **theirs),
    )
    done = assessments.second(session, call, sent, agrees, **theirs)
    session.commit()
    assert (done.second_verdict, done.second_id) == ("no", second.id)
    assert standing(session, call, sent, now) == "refused"
    refused(
        "second-reading-nothing",
        409,
        lambda: assessments.second(session, call, sent, agrees, **theirs),
    )
    later = now + timedelta(hours=1)
    mended = said(sent, Verdict(first.id, "yes"), seen=seen(session, sent))
    assessments.read(session, call, sent, mended, by=officer, now=later)
    session.commit()
    assert standing(session, call, sent, now) == "respects" and done.second_id is None


def test_a_second_reading_is_of_what_one_saw(session, make, call, sent, principles, officer, now):
    first, about = principles[0], Verdict(principles[0].id, "no")
    assessments.read(session, call, sent, said(sent, no(first)), by=officer, now=now)
    by, mark = {"by": make.account(), "now": now}, seen(session, sent)
    blind, older = said(sent, about), assessments.Said(0, mark, [about])
    sent.version += 1
    session.commit()
    newer = said(sent, about, seen=mark)  # of a "no" that was said before the project changed
    refused("project-changed", 409, lambda: assessments.second(session, call, sent, newer, **by))
    sent.version -= 1
    session.commit()
    refused("reading-changed", 409, lambda: assessments.second(session, call, sent, blind, **by))
    refused("project-changed", 409, lambda: assessments.second(session, call, sent, older, **by))
    fresh = said(sent, about, seen=mark)
    assert assessments.second(session, call, sent, fresh, **by).second_verdict == "no"


def test_nobody_checks_their_own(session, make, call, officer, principles, now):
    mine = make.organisation()
    mandate = make.save(Mandate(organisation_id=mine.id, account_id=officer.id, began_at=now))
    carried = open_calls.project(make, call, lead=mine)
    written = open_calls.project(make, call, account=officer)
    yes = Verdict(principles[0].id, "yes")
    for sent in (carried, written):
        refused(
            "project-own",
            403,
            lambda sent=sent: assessments.read(
                session, call, sent, said(sent, yes), by=officer, now=now
            ),
        )
    mandate.ended_at = now
    session.commit()
    assessments.read(session, call, carried, said(carried, yes), by=officer, now=now)


def test_what_is_too_late_or_elsewhere_changes_nothing(
    session, make, call, sent, principles, officer, now
):
    yes = Verdict(principles[0].id, "yes")
    by = {"by": officer, "now": now}

    def read(about, *what):
        return assessments.read(session, call, about, said(about, *what), **by)

    elsewhere = session.scalars(select(Principle).where(Principle.call_id != call.id)).first()
    refused("principle-unknown", 422, lambda: read(sent, Verdict(elsewhere.id, "yes")))
    refused("verdict-unknown", 422, lambda: read(sent, Verdict(yes.principle_id, "maybe")))
    old = assessments.Said(sent.version - 1, "", (yes,))
    refused("project-changed", 409, lambda: assessments.read(session, call, sent, old, **by))
    hidden = open_calls.project(make, call, moderation="hidden")
    draft = open_calls.project(make, call, state="draft", number=None)
    for one in (hidden, draft):
        assert assessments.standing(session, call, one, now=now) == "unread"
        refused("project-not-sent", 409, lambda one=one: read(one, yes))
    early = call.opens_at - timedelta(days=1)
    refused(
        "call-coming",
        409,
        lambda: assessments.read(session, call, sent, said(sent, yes), by=officer, now=early),
    )
    values = dict.fromkeys(("envelope_cents", "asked_cents", "awarded_cents", "left_cents"), 0)
    rule = {"rule": "equal_awards", "rule_version": "1", "record": {}, "digest": "d"}
    decided = {"call_id": call.id, "number": 1, "projects": 1, "published_at": now}
    make.save(SplitDecision(**values, **rule, **decided))
    assert read(sent, yes) == [] and standing(session, call, sent, now) == "unread"


def test_a_call_given_up_meanwhile_is_read_no_more(session, call, sent, principles, officer, now):
    held = (
        update(OpenCall)
        .where(OpenCall.id == call.id)
        .values(cancelled_at=now, cancelled_reason="Fini")
    )
    session.execute(held.execution_options(synchronize_session=False))
    assert call.cancelled_at is None  # as it was read before someone gave it up
    about = said(sent, Verdict(principles[0].id, "yes"))
    refused(
        "call-cancelled",
        409,
        lambda: assessments.read(session, call, sent, about, by=officer, now=now),
    )


def test_a_condition_that_is_not_met_is_to_complete(session, make, call, sent, officer, now):
    call.conditions = ["room_complete"]
    session.query(Principle).filter_by(call_id=call.id).delete()
    session.commit()
    assert standing(session, call, sent, now) == "to_complete"
    assert assessments.standing(session, call, sent, now=now) == "to_complete"
    call.conditions = []
    session.commit()
    assert standing(session, call, sent, now) == "respects"
