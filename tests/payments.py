"""Calls whose split is published, for tests of what comes after; and what a bank would say."""

from types import SimpleNamespace

from consult.domain import bank_accounts
from consult.models import Award, BankDetails, CallEnvelope, Instalment, Mandate, PayingAccount
from consult.models import SplitDecision as Decision
from tests import open_calls

IBANS = (
    "FR7630006000011234567890189",
    "FR1420041010050500013M02606",
    "DE89370400440532013000",
)
PAYER = bank_accounts.Account("Caisse des communes", "FR7630001007941234567890185")


def decide(make, call, awards, *, number=1, reason=""):
    """A published decision; `awards` gives cents by (project, envelope position)."""
    query = make.session.query(CallEnvelope).filter_by(call_id=call.id)
    envelopes = {one.position: one for one in query.order_by(CallEnvelope.position)}
    total = sum(one.amount_cents for one in envelopes.values())
    awarded = sum(awards.values())
    decision = make.save(
        Decision(
            call_id=call.id,
            number=number,
            reason=reason or ("" if number == 1 else "Un projet se retire."),
            rule="equal_awards",
            rule_version="1",
            envelope_cents=total,
            asked_cents=total,
            awarded_cents=awarded,
            left_cents=total - awarded,
            projects=len(awards),
            record={},
            digest=f"{number:064}",
            published_at=make.now,
        )
    )
    for (project, position), cents in awards.items():
        award = {"decision_id": decision.id, "project_id": project.id, "cents": cents}
        make.save(Award(envelope_id=envelopes[position].id, **award))
    return decision


def steps(make, call, *steps):
    """The parts of every award: (share, day, after the report)."""
    for position, (share, day, after) in enumerate(steps, start=1):
        told = {"share": share, "due_on": day, "after_report": after}
        make.save(Instalment(call_id=call.id, position=position, **told))


def details(make, project, iban=IBANS[0], **facts):
    facts = {"holder": "Association Été", "bic": "", "given_at": make.now} | facts
    return make.save(BankDetails(project_id=project.id, iban=iban, **facts))


def paying(make, call):
    account = {"holder": PAYER.holder, "iban": PAYER.iban, "bic": ""}
    return make.save(PayingAccount(call_id=call.id, given_at=make.now, **account))


def awarded(make, *, cents=(80_000, 120_001), officer=None, **facts):
    """A call, closed, with two funded projects, each of an organisation of its own."""
    call = open_calls.call(make, officer=officer, envelopes=(400_000,), **facts)
    people = [make.account() for _ in cents]
    projects = [carried(make, call, person) for person in people]
    given = {(project, 1): amount for project, amount in zip(projects, cents, strict=True)}
    decision = decide(make, call, given)
    return SimpleNamespace(call=call, people=people, projects=projects, decision=decision)


def carried(make, call, person):
    """A project of someone who acts for the organisation that leads it."""
    lead = make.organisation()
    acts = {"organisation_id": lead.id, "account_id": person.id, "began_at": make.now}
    make.save(Mandate(**acts))
    return open_calls.project(make, call, account=person, lead=lead)


def entry(end_to_end, amount, iban, *, sense="DBIT", day="2026-11-23", reason=""):
    """A line of a statement, as banks write it."""
    party = "CdtrAcct" if sense == "DBIT" else "DbtrAcct"
    why = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sense}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}"
        f"</EndToEndId></Refs><RltdPties><{party}><Id><IBAN>{iban}</IBAN></Id></{party}>"
        f"</RltdPties>{why}</TxDtls></NtryDtls></Ntry>"
    )


def statement(*entries, iban=PAYER.iban, version="08"):
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{space}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{''.join(entries)}</Stmt></BkToCstmrStmt>"
        "</Document>"
    ).encode()
