"""What an accountant asks for: annex of a decision, statement of payments, agreements to sign."""

from collections.abc import Sequence

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires
from ...documents import Document, Heading, Paragraph, Table, offered
from ...domain import days
from ...extensions import db
from ...i18n import day, euros, gettext, locale
from ...models import OpenCall, Project, SplitDecision
from ...queries import payments as queries
from ..open_calls import load
from ..splits import files, words
from .board import STATES
from .routes import bp, managed


@bp.get("/open-calls/<slug>/payments/<any(annex, statement):what>")
@requires("payment.manage")
def paper(slug: str, what: str) -> ResponseReturnValue:
    """Show the annex of the decision in force, or the statement of payments, ready to print."""
    call = managed(slug)
    address = f"/open-calls/{call.slug}/payments/{what}"
    return _shown(call, _paper(call, what), address)


@bp.get("/open-calls/<slug>/payments/<any(annex, statement):what>.<any(pdf, ods, odt):kind>")
@requires("payment.manage")
def paper_file(slug: str, what: str, kind: str) -> Response:
    """Send the annex or the statement as a PDF, as a spreadsheet or as a text."""
    call = managed(slug)
    return _sent(_paper(call, what), f"{what}-{call.slug}", kind)


@bp.get("/open-calls/<slug>/payments/agreement/<project_id>")
@requires("payment.manage")
def agreement(slug: str, project_id: str) -> ResponseReturnValue:
    """Show the agreement with those who carry a project, ready to print and sign."""
    call = managed(slug)
    address = f"/open-calls/{call.slug}/payments/agreement/{project_id}"
    return _shown(call, _agreement(call, project_id), address, kinds=("pdf", "odt"))


@bp.get("/open-calls/<slug>/payments/agreement/<project_id>.<any(pdf, odt):kind>")
@requires("payment.manage")
def agreement_file(slug: str, project_id: str, kind: str) -> Response:
    """Send the agreement as a PDF, or as a text to change and sign."""
    call = managed(slug)
    return _sent(_agreement(call, project_id), f"agreement-{project_id}", kind)


def _shown(
    call: OpenCall, document: Document, address: str, kinds: Sequence[str] = ("pdf", "ods", "odt")
) -> str:
    return render_template(
        "payments/document.html",
        call=call,
        document=document,
        address=address,
        kinds=offered(*kinds),
        heading=Heading,
        table=Table,
    )


def _sent(document: Document, name: str, kind: str) -> Response:
    response = files.sent(document, name, kind)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _decision(call: OpenCall) -> SplitDecision:
    found = db.session.scalars(queries.in_force(call.id)).one_or_none()
    if found is None:
        abort(404)
    return found


def _paper(call: OpenCall, what: str) -> Document:
    decision = _decision(call)
    return _annex(call, decision) if what == "annex" else _statement(call, decision)


def _annex(call: OpenCall, decision: SplitDecision) -> Document:
    rows = db.session.execute(queries.awarded(decision.id)).all()
    title = gettext("Annex to the decision: amounts awarded")
    columns = (gettext("Project"), gettext("Organisation"), gettext("Asked"), gettext("Received"))
    total = (gettext("Total"), "", decision.asked_cents, sum(row.cents for row in rows))
    table = Table(
        gettext("Amounts awarded"),
        (gettext("Number of the project"), *columns),
        [
            *(
                (row.number, row.title, row.organisation or "–", row.asked_cents, row.cents)
                for row in rows
            ),
            ("", *total),
        ],
        frozenset({3, 4}),
    )
    return Document(title, locale(), [*_about(call, decision), table])


def _statement(call: OpenCall, decision: SplitDecision) -> Document:
    rows = db.session.execute(queries.all_of(call.id)).all()
    header = (
        gettext("Project"), gettext("Title"), gettext("Organisation"), gettext("Funder"),
        gettext("Part"), gettext("Amount"), gettext("State"), gettext("Due on"),
        gettext("Paid on"), gettext("Name at the bank"), gettext("Paid to"), gettext("IBAN"),
        gettext("BIC"),
    )  # fmt: skip
    table = Table(
        gettext("Payments"),
        header,
        [
            (
                row.number, row.title, row.organisation or "–", row.funder, row.position,
                row.amount_cents, gettext(STATES[row.state]),
                row.due_on.isoformat() if row.due_on else "",
                row.paid_on.isoformat() if row.paid_on else "", row.end_to_end,
                row.holder or "", row.iban or "", row.bic or "",
            )
            for row in rows
        ],
        frozenset({5}),
    )  # fmt: skip
    return Document(gettext("Statement of payments"), locale(), [*_about(call, decision), table])


def _about(call: OpenCall, decision: SplitDecision) -> list[Paragraph]:
    printed = gettext(
        "Written on %(day)s.", day=day(days.today(clock.now(), call.time_zone), call.time_zone)
    )
    return [
        Paragraph(f"{call.title} – {call.opened_by}"),
        Paragraph(words.decided(decision, call.time_zone)),
        Paragraph(gettext("Print of the decision (SHA-256): %(digest)s", digest=decision.digest)),
        Paragraph(printed),
    ]


def _agreement(call: OpenCall, project_id: str) -> Document:
    decision = _decision(call)
    project = db.session.get(Project, project_id) if load.KEY.fullmatch(project_id) else None
    rows = db.session.execute(queries.awarded(decision.id)).all()
    given = next((row for row in rows if project and row.id == project.id), None)
    if project is None or given is None or not given.cents:
        abort(404)
    payer, payee = call.fiscal_host or call.opened_by, given.organisation or "–"
    facts = {"payer": payer, "payee": payee, "title": project.title, "call": call.title}
    table = _parts(project)
    return Document(
        gettext("Agreement"),
        locale(),
        [
            Paragraph(
                gettext("Between %(payer)s, who pays, and %(payee)s, who receives.", **facts)
            ),
            Heading(gettext("1. What it is for")),
            Paragraph(gettext("The project: %(title)s. The call: %(call)s.", **facts)),
            Paragraph(project.what),
            Heading(gettext("2. The amount")),
            Paragraph(gettext("%(payee)s receives %(sum)s.", sum=euros(given.cents), **facts)),
            *([table] if table.rows else []),
            Heading(gettext("3. What is promised")),
            *(Paragraph(line) for line in _promises(call, payee)),
            Heading(gettext("4. Signatures")),
            Paragraph(f"{payer}\n\n{gettext('Date and signature:')}\n\n\n"),
            Paragraph(f"{payee}\n\n{gettext('Date and signature:')}\n\n\n"),
        ],
    )


def _promises(call: OpenCall, payee: str) -> list[str]:
    """Return what the call wrote for its agreements, or the usual promises."""
    if call.promises:
        return [line for line in call.promises.split("\n") if line]
    return [
        gettext("The money serves this project only."),
        gettext("At the end, %(payee)s tells what was done and spent.", payee=payee),
        gettext("What was not spent is given back."),
    ]


def _parts(project: Project) -> Table:
    parts = db.session.scalars(queries.of_project(project.id)).all()
    return Table(
        gettext("Payments"),
        (gettext("Part"), gettext("Amount"), gettext("Due on"), gettext("After the report")),
        [
            (
                part.position,
                part.amount_cents,
                day(part.due_on) if part.due_on else gettext("At the signature"),
                gettext("Yes") if part.after_report else gettext("No"),
            )
            for part in parts
            if part.state != "returned"
        ],
        frozenset({1}),
    )
