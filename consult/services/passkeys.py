"""Passkeys: added from one's own space, then enough to sign in or to be the second step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import webauthn
from sqlalchemy import and_, delete, literal, or_, select, update
from sqlalchemy.orm import Session
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_registration_credential_json,
    structs,
)

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Account, Passkey, new_id
from ..models.identities import CREDENTIAL, NAME
from . import inserting, passwords, second_steps, spent

LIFE = timedelta(minutes=5)
MOST = 20
LONGEST = 20_000
REQUIRED = structs.UserVerificationRequirement.REQUIRED
Read = TypeVar("Read")


@dataclass(frozen=True)
class Asked:
    """What a browser was asked to sign: a challenge, since when, and for which site."""

    challenge: str
    since: datetime
    origin: str
    rp_id: str

    @property
    def number(self) -> bytes:
        """The challenge as the device signs it."""
        return base64url_to_bytes(self.challenge)


def to_add(session: Session, account: Account, asked: Asked, *, site_name: str) -> dict[str, Any]:
    """Return what a browser needs to make a passkey of any kind, kept by the device if it can."""
    return options_to_json_dict(
        webauthn.generate_registration_options(
            rp_id=asked.rp_id,
            rp_name=site_name or "consult",
            user_id=account.id.encode(),
            user_name=account.email,
            user_display_name=account.name or account.email,
            challenge=asked.number,
            timeout=int(LIFE.total_seconds() * 1000),
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.PREFERRED, user_verification=REQUIRED
            ),
            exclude_credentials=_described(held(session, account.id)),
        )
    )


def to_use(session: Session, account: Account | None, asked: Asked) -> dict[str, Any]:
    """Return what a browser needs to use a passkey: someone's own, or any that it holds."""
    return options_to_json_dict(
        webauthn.generate_authentication_options(
            rp_id=asked.rp_id,
            challenge=asked.number,
            timeout=int(LIFE.total_seconds() * 1000),
            allow_credentials=_described(held(session, account.id)) if account else [],
            user_verification=REQUIRED,
        )
    )


def held(session: Session, account_id: str) -> Sequence[Passkey]:
    """Return the passkeys of an account, the newest first."""
    query = select(Passkey).where(Passkey.account_id == account_id)
    return session.scalars(query.order_by(Passkey.created_at.desc(), Passkey.id.desc())).all()


def add(
    session: Session, account: Account, asked: Asked, sent: str, *, name: object, now: datetime
) -> Passkey:
    """Keep a passkey that a browser has just made; passkey-refused (422) when it is not right."""
    label = clean.line(name, NAME)
    _take(session, asked, now)
    read = _read(sent, parse_registration_credential_json)
    made = _checked(
        lambda: webauthn.verify_registration_response(
            credential=read,
            expected_challenge=asked.number,
            expected_rp_id=asked.rp_id,
            expected_origin=asked.origin,
            require_user_verification=True,
        )
    )
    credential = bytes_to_base64url(made.credential_id)
    if len(credential) > CREDENTIAL:
        raise RuleBroken("passkey-refused")
    if len(held(session, account.id)) >= MOST:
        raise RuleBroken("passkeys-too-many", max=MOST)
    values = {
        "id": new_id(),
        "account_id": account.id,
        "credential_id": credential,
        "public_key": bytes_to_base64url(made.credential_public_key),
        "sign_count": made.sign_count,
        "transports": ",".join(sorted({one.value for one in read.response.transports or ()})),
        "name": label,
        "created_at": now,
    }
    if not inserting.once(session, Passkey, values):
        raise RuleBroken("passkey-known", 409)
    passwords.record(session, account, "account.passkey-added", now=now)
    return session.get_one(Passkey, values["id"])


def use(
    session: Session, asked: Asked, sent: str, *, now: datetime, only: str | None = None
) -> Account:
    """Return the account whose passkey has signed, `only` that one when it is given.

    Raises passkey-refused (422) for anything else; the journal says which way it went.
    """
    _take(session, asked, now)
    read = _read(sent, parse_authentication_credential_json)
    found = session.execute(
        select(Passkey, Account)
        .join(Account, Account.id == Passkey.account_id)
        .where(Passkey.credential_id == bytes_to_base64url(read.raw_id))
    ).one_or_none()
    if found is None:
        raise RuleBroken("passkey-refused")
    passkey, account = found
    try:
        _belongs(account, read, only)
        _sign(session, passkey, asked, read, now)
    except RuleBroken:
        passwords.record(session, account, "account.passkey-refused", now=now)
        raise
    passwords.record(session, account, "account.passkey-used", now=now)
    return account


def remove(
    session: Session, account: Account, passkey_id: str, *, here: str, now: datetime
) -> None:
    """Forget a passkey; second-step-required (409) for the last proof of a role that needs one.

    Whoever needs none falls back on their printed codes, or on no second step.
    """
    passkey = session.get(Passkey, passkey_id)
    if passkey is None or passkey.account_id != account.id:
        raise RuleBroken("passkey-unknown", 404)
    others = len(held(session, account.id)) - 1
    if account.second_step == "passkey" and not others:
        if second_steps.needs(account):
            raise RuleBroken("second-step-required", 409)
        account.second_step = "codes" if second_steps.left(session, account) else ""
    session.execute(delete(Passkey).where(Passkey.id == passkey.id))
    passwords.record(session, account, "account.passkey-removed", now=now)
    passwords.close_elsewhere(session, account, here=here, now=now)


def _described(passkeys: Sequence[Passkey]) -> list[structs.PublicKeyCredentialDescriptor]:
    return [
        structs.PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(one.credential_id),
            transports=[structs.AuthenticatorTransport(t) for t in one.transports.split(",") if t],
        )
        for one in passkeys
    ]


def _take(session: Session, asked: Asked, now: datetime) -> None:
    """Take a challenge once, within its time."""
    if now - asked.since > LIFE:
        raise RuleBroken("passkey-late", 409)
    spent.spend(session, asked.challenge, now=now)


def _read(sent: str, parse: Callable[[str], Read]) -> Read:
    """Read what a browser sent, or raise passkey-refused: 413 when it is too long."""
    if len(sent) > LONGEST:
        raise RuleBroken("passkey-refused", 413)
    return _checked(lambda: parse(sent))


def _checked(act: Callable[[], Read]) -> Read:
    """Do what reads foreign bytes: whatever goes wrong in it is the sender's fault."""
    try:
        return act()
    except Exception as error:
        raise RuleBroken("passkey-refused") from error


def _belongs(account: Account, read: structs.AuthenticationCredential, only: str | None) -> None:
    handle = read.response.user_handle
    other = handle is not None and handle != account.id.encode()
    if other or not account.active or only not in (None, account.id):
        raise RuleBroken("passkey-refused")


def _sign(
    session: Session,
    passkey: Passkey,
    asked: Asked,
    read: structs.AuthenticationCredential,
    now: datetime,
) -> None:
    """Check a signature, and that no copy of the key has signed since: its count must grow."""
    shown = _checked(
        lambda: webauthn.verify_authentication_response(
            credential=read,
            expected_challenge=asked.number,
            expected_rp_id=asked.rp_id,
            expected_origin=asked.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    )
    grows = Passkey.sign_count < shown.new_sign_count
    never_counts = and_(Passkey.sign_count == 0, literal(shown.new_sign_count) == 0)
    done: Any = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, or_(grows, never_counts))
        .values(sign_count=shown.new_sign_count, last_used_at=now)
    )
    if done.rowcount != 1:
        raise RuleBroken("passkey-refused")
