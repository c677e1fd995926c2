"""Taking all one's data: asked for with a fresh proof, then one link for a quarter of an hour."""

from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from ... import clock, htmx
from ...access import account as own
from ...access import public, requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Account
from ...queries.personal import Person
from ...services import personal, proofs
from ..accounts import confirming
from ..accounts.space import here
from ..contributions import following
from . import files
from .bp import bp

KEPT = timedelta(minutes=15)
TRIES = "10 per hour"


@bp.get("/account/data")
@requires("account.manage")
def data() -> ResponseReturnValue:
    """Say what one can take and erase; give the link of the file that was asked for."""
    return _page()


@bp.post("/account/data")
@requires("account.manage")
@limiter.limit(TRIES)
def ask() -> ResponseReturnValue:
    """Prepare the link of one's file."""
    account = own()
    try:
        confirming.demand()
    except RuleBroken as broken:
        return _page(broken)
    personal.asked(db.session(), account, now=clock.now())
    db.session.commit()
    token = _signer().dumps([account.id, here(), clock.now().isoformat()])
    return htmx.see_other("personal.data", file=token)


@bp.get("/account/data/<token>")
@public
def take(token: str) -> Response:
    """Send one's file to the session that asked for it; to nobody else, and not for long."""
    account = viewer().account
    if account is None or not _is_good(token, account):
        abort(404)
    held = personal.gather(db.session(), personal.of_account(account))
    return files.response(held, account.name or account.email)


@bp.get("/follow-up/data")
@requires("contribution.follow_up")
@limiter.limit("30 per hour")
def take_device() -> Response:
    """Send what this browser wrote and gave without an account; 404 when that is nothing."""
    person = Person(participant_id=viewer().participant_id)
    held = personal.gather(db.session(), person) if person.participant_id else {}
    if viewer().account is not None or not held:
        abort(404)
    return files.response(held, _("this browser"))


@bp.get("/follow-up/<contribution_id>/data")
@requires("contribution.follow_up")
@limiter.limit("30 per hour")
def take_contribution(contribution_id: str) -> Response:
    """Send what a tracking number leads to; with the device that wrote it, what it holds too."""
    contribution = following.own_or_404(contribution_id)
    mine = contribution.participant_id == viewer().participant_id
    person = Person(
        participant_id=contribution.participant_id if mine else None,
        contributions=(contribution.id,),
    )
    held = personal.gather(db.session(), person)
    return files.response(held, contribution.tracking_number or _("What you sent"))


def _is_good(token: str, account: Account) -> bool:
    """Tell whether a link is this account's, made for this session a moment ago."""
    try:
        account_id, session, made_at = _signer().loads(token)
    except BadSignature:
        return False
    fresh = datetime.fromisoformat(made_at) > clock.now() - KEPT
    return bool(fresh and account_id == account.id and session == here())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt="personal-data",
        signer_kwargs={"digest_method": sha256},
    )


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    account, token = own(), request.args.get("file", "")
    text = render_template(
        "personal/data.html",
        account=account,
        token=token if token and _is_good(token, account) else "",
        minutes=KEPT.seconds // 60,
        fresh=proofs.is_fresh(db.session(), here(), now=clock.now()),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
