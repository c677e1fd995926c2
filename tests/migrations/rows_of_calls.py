"""Rows of every table of the open calls."""

from sqlalchemy import select

from consult.models import (
    Award,
    AwardInKind,
    BudgetLine,
    CallEnvelope,
    HelpOffer,
    Payment,
    PaymentFile,
    Pot,
    PotPayment,
    Principle,
    ProjectFile,
    ProjectReport,
    SplitDecision,
    SplitEnvelope,
    SplitLine,
    SplitProposal,
    SplitTelling,
)
from tests import open_calls, payments


def share(make, account):
    call = open_calls.call(make, envelopes=(10,), principles=0)
    project = open_calls.project(make, call, asked=10)
    query = select(CallEnvelope.id).where(CallEnvelope.call_id == call.id)
    envelope = make.session.scalars(query).one()
    of_call = {"call_id": call.id, "digest": "0" * 64}
    make.save(SplitProposal(account_id=account.id, proposed_at=make.now, **of_call))
    sums = {"envelope_cents": 10, "asked_cents": 10, "awarded_cents": 10, "left_cents": 0}
    said = {"number": 1, "rule": "equal_awards", "rule_version": "1", "record": {}, "projects": 1}
    decision = make.save(SplitDecision(published_at=make.now, **of_call, **said, **sums))
    given = {"decision_id": decision.id, "envelope_id": envelope}
    make.save(Award(project_id=project.id, cents=10, **given))
    shared = {"funder": "A", "amount_cents": 10, "awarded_cents": 10, "floor_cents": 0}
    make.save(SplitEnvelope(position=1, projects=1, stages={}, **given, **shared))
    names = ("rank", "floor_cents", "by_asked", "by_awarded", "by_share")
    amounts = dict.fromkeys(("asked_cents", "wanted_cents", "awarded_cents"), 10)
    line = {"decision_id": decision.id, "project_id": project.id, "number": 1, "share": 10_000}
    make.save(SplitLine(**line, **amounts, **dict.fromkeys(names, 0)))
    make.save(SplitTelling(decision_id=decision.id))


def carry(make, account):
    call = open_calls.call(make, principles=1)
    project = open_calls.project(make, call, account=account)
    principle = make.session.scalars(select(Principle).filter_by(call_id=call.id)).one()
    open_calls.assess(make, project, principle, "no", account_id=account.id)
    about = {"project_id": project.id, "created_at": make.now}
    line = {"side": "cost", "label": "Salle", "amount_cents": 1}
    make.save(BudgetLine(project_id=project.id, position=1, **line))
    make.joined(ProjectFile, project_id=project.id)
    said = {"kind": "room", "name": "Zoé", "contact": "06", "participant_id": make.participant().id}
    make.save(HelpOffer(**said, **about))


def pay(make):
    """A published split: a payment in a file, one that came back, help in kind, a report."""
    made = payments.awarded(make)
    call, project = made.call, made.projects[0]
    payments.details(make, project, account_id=made.people[0].id)
    payments.paying(make, call)
    payments.steps(make, call, (10_000, make.now.date(), True))
    facts = {"digest": "0" * 64, "content": "x", "payments": 1, "total_cents": 1}
    sent = make.save(PaymentFile(call_id=call.id, made_at=make.now, **facts))
    envelope = make.session.query(CallEnvelope).filter_by(call_id=call.id).one()
    due = {"call_id": call.id, "decision_id": made.decision.id, "created_at": make.now}
    due |= {"project_id": project.id, "envelope_id": envelope.id, "position": 1}
    make.save(Payment(amount_cents=1, state="sent", file_id=sent.id, end_to_end="C1", **due))
    back = {"state": "returned", "returned_on": make.now.date(), "reason": "x"}
    make.save(Payment(amount_cents=1, end_to_end="C2", **back, **due))
    lent = {"kind": "equipment", "what": "Malle", "created_at": make.now}
    make.save(AwardInKind(project_id=project.id, **lent))
    told = {"done": "Fait.", "updated_at": make.now, "published_at": make.now}
    make.save(ProjectReport(project_id=project.id, **told))


def feed(make, account):
    """A common pot, what was paid in, and an envelope taken from it."""
    pot = make.save(Pot(title="Caisse", kept_by="Tiers", owner_id=account.id, created_at=make.now))
    paid = {"payer": "Commune", "amount_cents": 10, "paid_on": make.now.date()}
    make.save(PotPayment(pot_id=pot.id, created_at=make.now, **paid))
    call = open_calls.call(make, envelopes=(10,), themes=["Jeunes"])
    make.session.query(CallEnvelope).filter_by(call_id=call.id).one().pot_id = pot.id
    open_calls.project(make, call, theme=1)


def furnish_call(make, account):
    feed(make, account)
    open_calls.everything(make, account)
    share(make, account)
    carry(make, account)
    pay(make)
