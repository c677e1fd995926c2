"""Someone with a draft, a project that was sent, help offered, principles read."""

from sqlalchemy import select

from consult.models import (
    HelpOffer,
    Pot,
    PotPayment,
    Principle,
    Project,
    ProjectFile,
    SplitDecision,
    SplitProposal,
)
from tests import open_calls, payments, personal_syntheses

PHONE = "06 12 34 56 78"


def carries(someone):
    make, now = someone.make, someone.now
    reach = {
        "contact_name": someone.account.name,
        "contact_email": someone.account.email,
        "contact_phone": PHONE,
    }
    call = open_calls.call(make)
    draft = {"call_id": call.id, "title": "Un projet", "created_at": now, "updated_at": now}
    first = make.save(Project(account_id=someone.account.id, **draft, **reach))
    make.joined(ProjectFile, project_id=first.id)
    sent = open_calls.project(make, call, account=someone.account, **reach)
    said = {"kind": "room", "name": someone.account.name, "contact": PHONE, "created_at": now}
    mine = {"participant_id": someone.participant.id}
    make.save(HelpOffer(project_id=sent.id, **said, **mine))
    principles = make.session.scalars(
        select(Principle).where(Principle.call_id == call.id).order_by(Principle.position)
    ).all()
    open_calls.assess(make, sent, principles[0], account_id=someone.account.id)
    second = {"second_verdict": "no", "second_id": someone.account.id, "second_at": now}
    open_calls.assess(make, sent, principles[1], "no", account_id=someone.bob.id, **second)


def is_paid(someone):
    make, name = someone.make, someone.account.name
    kept = {"title": "Un pot", "kept_by": name, "created_at": someone.now}
    pot = make.save(Pot(owner_id=someone.account.id, **kept))
    given = {"amount_cents": 100, "paid_on": someone.now.date(), "created_at": someone.now}
    make.save(PotPayment(pot_id=pot.id, payer=name, **given))
    project = open_calls.project(make, open_calls.call(make))
    payments.details(make, project, account_id=someone.account.id, holder=someone.account.name)


def shares(someone):
    """Propose a split, publish another one with Bob, and a synthesis."""
    personal_syntheses.sums_up(someone)
    call = open_calls.call(someone.make)
    found = {"call_id": call.id, "digest": "0" * 64}
    proposed = {"account_id": someone.account.id, "proposed_at": someone.now}
    someone.make.save(SplitProposal(**found, **proposed))
    names = ("envelope_cents", "asked_cents", "awarded_cents", "left_cents", "projects")
    numbers = dict.fromkeys(names, 0) | {"rule": "equal_awards", "rule_version": "1"}
    people = {"proposed_by_id": someone.account.id, "published_by_id": someone.account.id}
    decided = {"number": 1, "record": {}, "published_at": someone.now}
    someone.make.save(SplitDecision(**found, **numbers, **people, **decided))
