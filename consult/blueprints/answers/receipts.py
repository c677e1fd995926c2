"""The receipt: the number to keep, what happens next and when, where to be told."""

from typing import Any

from flask import abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import clean, phases
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Consultation, Contribution, Question, Statement, Theme
from ...queries import contributions as queries
from ...services import accounts, contributions, drafts, entrance, notifications
from ..accounts import letters
from . import followed, load, qr
from .routes import bp


def mine_or_404(statement_id: str) -> Any:
    """Return a statement of the reader's own, with its surroundings, or answer 404."""
    load.key_or_404(statement_id)
    row = db.session.execute(
        queries.one_owned(statement_id, viewer().participant_id, followed.contributions())
    ).first()
    if row is None:
        abort(404)
    return row


@bp.get("/answers/<statement_id>/receipt")
@requires("contribution.follow_up")
def receipt(statement_id: str) -> ResponseReturnValue:
    """Show the receipt of an answer to its author."""
    return page(mine_or_404(statement_id))


def page(row: Any, broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    """Render the receipt, with what is wrong with an address when something is."""
    statement: Statement = row.Statement
    contribution = db.session.scalars(queries.contribution_of(statement.id)).one()
    text = htmx.render(
        "answers/receipt.html",
        "answers/_receipt.html",
        statement=statement,
        consultation=row.Consultation,
        question=row.Question,
        contribution=contribution,
        picture=qr.of_number(contribution.tracking_number or ""),
        following=following(row.Consultation, row.Question, row.Theme),
        share=f"{current_app.config['BASE_URL']}/consultations/{row.Consultation.slug}",
        error=sentence(broken) if broken else "",
        typed=drafts.plain(typed) or contribution.notify_email or "",
        ended=phases.ends_at(row.Consultation.closes_at, row.Consultation.closed_early_at),
    )
    return text, broken.status if broken else 200


def following(consultation: Consultation, question: Question, theme: Theme) -> str:
    """Return the address of the next question, "" after the last one."""
    seen = load.Seen(consultation, theme, question, clock.now())
    if theme.hidden or seen.next is None:
        return ""
    return load.address(consultation.slug, seen.next.theme_number, seen.next.number)


@bp.post("/answers/<statement_id>/notify")
@requires("contribution.follow_up")
@limiter.limit("10 per minute")
def notify(statement_id: str) -> ResponseReturnValue:
    """Note where the author wants to be told, and send them their number."""
    row = mine_or_404(statement_id)
    typed, now = request.form.get("email", ""), clock.now()
    contribution = db.session.scalars(queries.contribution_of(statement_id)).one()
    try:
        told = contributions.tell(db.session(), contribution, email=typed, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return page(row, broken, typed)
    if told:
        send_number(contribution, row.Consultation)
    db.session.commit()
    flash(_("We have sent you your number.") if told else said(typed), "success")
    return htmx.see_other("answers.receipt", statement_id=statement_id)


def said(typed: str) -> str:
    """Say what an address typed without a new letter changed."""
    if typed.strip():
        return _("We already write to you at this address.")
    return _("We do not write to you.")


def send_number(contribution: Contribution, consultation: Consultation) -> None:
    """Put the letter that holds the tracking number in the outbox, once for an address."""
    subject, body = letters.write(
        "tracking_number",
        number=contribution.tracking_number,
        consultation=consultation,
        link=f"{current_app.config['BASE_URL']}/follow-up?number={contribution.tracking_number}",
    )
    notifications.queue(
        db.session(),
        recipient=contribution.notify_email or "",
        subject=subject,
        body=body,
        dedup_key=f"number:{contribution.id}:{letters.short(contribution.notify_email or '')}",
        now=clock.now(),
    )


@bp.post("/answers/<statement_id>/confirm")
@requires("contribution.follow_up")
@limiter.limit("10 per minute")
def confirm(statement_id: str) -> ResponseReturnValue:
    """Send the link that publishes what waits for an address."""
    row = mine_or_404(statement_id)
    typed = request.form.get("email", "")
    try:
        address = clean.email(typed, required="email-unreadable")
    except RuleBroken as broken:
        return page(row, broken, typed)
    writer = row.Statement.participant_id
    way = entrance.ask(
        db.session(), address, now=clock.now(), participant_id=writer, publishes=True
    )
    if way is not None:
        hours, about = accounts.LINK_HOURS, row.Consultation
        letters.send_way_in(address, way, "confirm", hours, consultation=about)
    db.session.commit()
    session["sign_in_email"] = address
    session["next"] = url_for("answers.receipt", statement_id=statement_id)
    return redirect(url_for("accounts.sent"), 303)
