"""Payments: what a decision gives, what is to pay and what is paid, and to whom it goes."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from ..models import (
    Award,
    BankDetails,
    CallEnvelope,
    Instalment,
    Mandate,
    Organisation,
    Payment,
    PaymentFile,
    Project,
    ProjectCarrier,
    ProjectReport,
    SplitDecision,
)
from . import paging, splits
from .projects import conflicting

Rows = Select[*tuple[Any, ...]]
MOST_IN_A_FILE = 5_000


def in_force(call_id: str) -> Select[SplitDecision]:
    """Select the decision of a call that counts: its last one."""
    return splits.decisions(call_id).limit(1)


def awards(decision_id: str) -> Select[Award]:
    """Select what a decision gives from each envelope to each project."""
    query = select(Award).where(Award.decision_id == decision_id)
    return query.order_by(Award.project_id, Award.envelope_id)


def schedule(call_id: str) -> Select[Instalment]:
    """Select the parts in which the awards of a call are paid."""
    query = select(Instalment).where(Instalment.call_id == call_id)
    return query.order_by(Instalment.position)


def of_call(call_id: str) -> Select[Payment]:
    """Select every payment of a call that did not come back."""
    query = select(Payment).where(Payment.call_id == call_id, Payment.state != "returned")
    return query.order_by(Payment.id).execution_options(populate_existing=True)


def board(call_id: str, cursor: str | None = None) -> Rows:
    """Select a page of the payments of a call, with the project, its organisation, its funder."""
    query: Rows = (
        select(
            Payment,
            Project.title,
            Project.number,
            Project.state.label("project_state"),
            Organisation.name.label("organisation"),
            CallEnvelope.funder,
            BankDetails.holder,
            BankDetails.iban,
            BankDetails.given_at,
            is_reported().label("is_reported"),
        )
        .join(Project, Project.id == Payment.project_id)
        .join(CallEnvelope, CallEnvelope.id == Payment.envelope_id)
        .outerjoin(
            ProjectCarrier,
            and_(ProjectCarrier.project_id == Project.id, ProjectCarrier.leads.is_(True)),
        )
        .outerjoin(Organisation, Organisation.id == ProjectCarrier.organisation_id)
        .outerjoin(BankDetails, BankDetails.project_id == Project.id)
        .where(Payment.call_id == call_id)
    )
    columns: tuple[ColumnElement[Any], ...] = (
        Project.number,  # type: ignore[assignment]
        Payment.position,
        Payment.id,
    )
    return paging.after(query, columns, descending=False, cursor_text=cursor, limit=paging.MOST)


def all_of(call_id: str) -> Rows:
    """Select what the payment statement tells of each payment, by project."""
    return (
        select(
            Project.number,
            Project.title,
            Organisation.name.label("organisation"),
            CallEnvelope.funder,
            Payment.position,
            Payment.amount_cents,
            Payment.state,
            Payment.due_on,
            Payment.paid_on,
            Payment.returned_on,
            Payment.end_to_end,
            Payment.reference,
            BankDetails.holder,
            BankDetails.iban,
            BankDetails.bic,
        )
        .join(Project, Project.id == Payment.project_id)
        .join(CallEnvelope, CallEnvelope.id == Payment.envelope_id)
        .outerjoin(
            ProjectCarrier,
            and_(ProjectCarrier.project_id == Project.id, ProjectCarrier.leads.is_(True)),
        )
        .outerjoin(Organisation, Organisation.id == ProjectCarrier.organisation_id)
        .outerjoin(BankDetails, BankDetails.project_id == Project.id)
        .where(Payment.call_id == call_id)
        .order_by(Project.number, Payment.position, Payment.id)
    )


def awarded(decision_id: str) -> Rows:
    """Select what the annex of a decision tells: each project, who leads it, what it receives."""
    return (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.asked_cents,
            Organisation.name.label("organisation"),
            _whole(func.sum(Award.cents)).label("cents"),
        )
        .join(Project, Project.id == Award.project_id)
        .outerjoin(
            ProjectCarrier,
            and_(ProjectCarrier.project_id == Project.id, ProjectCarrier.leads.is_(True)),
        )
        .outerjoin(Organisation, Organisation.id == ProjectCarrier.organisation_id)
        .where(Award.decision_id == decision_id)
        .group_by(Project.id, Project.number, Project.title, Project.asked_cents, Organisation.name)
        .order_by(Project.number, Project.id)
    )


def states(call_id: str) -> Rows:
    """Select for each project what is still to pay, what is paid and the last day of it.

    For the public result: "à payer" while `waiting_cents` is left, "payé le" `paid_on` after.
    """
    paid = Payment.state == "paid"
    waits = Payment.state.in_(("to_pay", "sent"))
    return (
        select(
            Payment.project_id,
            _whole(func.sum(case((waits, Payment.amount_cents), else_=0))).label("waiting_cents"),
            _whole(func.sum(case((paid, Payment.amount_cents), else_=0))).label("paid_cents"),
            func.max(case((paid, Payment.paid_on))).label("paid_on"),
        )
        .where(Payment.call_id == call_id, Payment.state != "returned")
        .group_by(Payment.project_id)
        .order_by(Payment.project_id)
    )


def of_project(project_id: str) -> Select[Payment]:
    """Select the payments of a project, in order."""
    query = select(Payment).where(Payment.project_id == project_id)
    return query.order_by(Payment.position, Payment.id)


def files(call_id: str) -> Select[PaymentFile]:
    """Select the last payment files of a call, the newest first."""
    query = select(PaymentFile).where(PaymentFile.call_id == call_id)
    return query.order_by(PaymentFile.made_at.desc(), PaymentFile.id.desc()).limit(paging.SIZE)


def payable(call_id: str, account_id: str, today: date) -> Rows:
    """Select the payments that a file may hold: due, with bank details, of nobody's own project."""
    return (
        select(Payment, BankDetails, Project.number)
        .join(Project, Project.id == Payment.project_id)
        .join(BankDetails, BankDetails.project_id == Payment.project_id)
        .where(
            Payment.call_id == call_id,
            is_due(today),
            Project.state == "submitted",
            Payment.project_id.not_in(conflicting(account_id, call_id)),
        )
        .order_by(Project.number, Payment.position, Payment.id)
        .limit(MOST_IN_A_FILE)
        .execution_options(populate_existing=True)
    )


def is_due(today: date) -> ColumnElement[bool]:
    """Tell which payments may be made: their day has come, their report too."""
    return and_(
        Payment.state == "to_pay",
        or_(Payment.due_on.is_(None), Payment.due_on <= today),
        or_(Payment.after_report.is_(False), is_reported()),
    )


def is_reported() -> ColumnElement[bool]:
    """Tell whether those who carry the project of a payment have told what was done."""
    return exists().where(
        ProjectReport.project_id == Payment.project_id, ProjectReport.published_at.is_not(None)
    )


def carried_by(account_id: str) -> ColumnElement[bool]:
    """Tell which projects someone answers for: they act for the organisation that leads it."""
    return exists().where(
        ProjectCarrier.project_id == Project.id,
        ProjectCarrier.leads.is_(True),
        ProjectCarrier.organisation_id == Mandate.organisation_id,
        Mandate.account_id == account_id,
        Mandate.ended_at.is_(None),
    )


def carried(project_id: str, account_id: str) -> Select[Project]:
    """Select a project for someone who answers for it."""
    return select(Project).where(Project.id == project_id, carried_by(account_id))


def received(project_id: str) -> Select[int]:
    """Select what a project receives by the decision in force of its call."""
    last = (
        select(SplitDecision.id)
        .join(Project, Project.call_id == SplitDecision.call_id)
        .where(Project.id == project_id)
        .order_by(SplitDecision.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    total = _whole(func.coalesce(func.sum(Award.cents), 0))
    return select(total).where(Award.project_id == project_id, Award.decision_id == last)


def _whole(total: ColumnElement[Any]) -> ColumnElement[int]:
    """Return a sum of cents as the whole number that it is, on every database."""
    return cast(total, BigInteger)
