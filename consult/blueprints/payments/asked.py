"""What is asked of the bank and what it answers: the account, files of transfers, statements."""

from flask import Response, flash, render_template
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...formats import camt053, pain001
from ...i18n import gettext
from ...services import bank_details, bank_statements, payment_files
from ..accounts import confirming
from . import board
from .routes import bp, managed, sent_file, typed_account

TRIES = "60 per hour"


@bp.post("/open-calls/<slug>/payments/account")
@requires("payment.manage")
@limiter.limit(TRIES)
def give_paying(slug: str) -> ResponseReturnValue:
    """Keep the account that a call is paid from."""
    call, me = managed(slug), account()

    def act() -> str:
        bank_details.give_paying(db.session(), call, typed_account(), by=me, now=clock.now())
        return gettext("The account is kept.")

    return board.attempt(call, act)


@bp.post("/open-calls/<slug>/payments/files")
@requires("payment.manage")
@limiter.limit(TRIES)
def make_file(slug: str) -> ResponseReturnValue:
    """Make the file of what is due, then download it."""
    call, me = managed(slug), account()
    try:
        confirming.shown()
        made = payment_files.make(db.session(), call, by=me, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return board.page(managed(slug), broken)
    db.session.commit()
    flash(gettext("The file is made. Give it to your bank."), "success")
    return htmx.see_other(board.PAGE, slug=slug, made=made.id)


@bp.get("/open-calls/<slug>/payments/files/<file_id>")
@requires("payment.manage")
def payment_file(slug: str, file_id: str) -> Response:
    """Download a file of transfers, while what is in it waits."""
    call = managed(slug)
    board.key(file_id)
    found = payment_files.of_call(db.session(), call, file_id)
    response = Response(found.content, mimetype=pain001.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}.xml"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/open-calls/<slug>/payments/files/<file_id>/cancel")
@requires("payment.manage")
@limiter.limit(TRIES)
def cancel_file(slug: str, file_id: str) -> ResponseReturnValue:
    """Take back a file that the bank did not get."""
    call, me = managed(slug), account()
    board.key(file_id)

    def act() -> str:
        payment_files.cancel(db.session(), call, file_id, by=me, now=clock.now())
        return gettext("The file is taken back. Do not give it to your bank.")

    return board.attempt(call, act)


@bp.post("/open-calls/<slug>/payments/bank-statement")
@requires("payment.manage")
@limiter.limit(TRIES)
def read_statement(slug: str) -> ResponseReturnValue:
    """Read a statement of the bank: sent again, it changes nothing, so its page may be too."""
    call, me = managed(slug), account()
    content = sent_file("file", camt053.MOST_BYTES)
    try:
        confirming.shown()
        done = bank_statements.reconcile(db.session(), call, content, by=me, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return board.page(managed(slug), broken)
    db.session.commit()
    return render_template(
        "payments/statement.html",
        call=call,
        done=done,
        shown=done.unmatched[: bank_statements.MOST_SHOWN],
    )
