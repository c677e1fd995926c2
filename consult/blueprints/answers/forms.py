"""What the forms of an answer hold: its own fields, the signature, the key of the form."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from flask import request, session

from ...access import viewer
from ...domain import questions, signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...models import Question, Territory
from ...services import answers, contributions, drafts, profiles, territories
from ...services.answers import Signing, Writing

Raw = dict[str, list[str]]

_OWN = re.compile(r"value|detail|(?:rank|name|place|link)-[0-9]{1,3}")
# What broken bytes become when a form is read: a mark, or half a pair of characters in figures.
_BROKEN = re.compile("\ufffd|%ED%[AB][0-9A-F]%[89AB][0-9A-F]")
PLACE = ("territory", "territory_name")
SIGNING = ("signed_as", "signature", "organisation", "function", "actor_kind", *PLACE)
ON_CHECK_PAGE = (
    "signature-unknown",
    "signature-missing",
    "organisation-alike",
    "organisation-members-only",
    "actor-kind-unknown",
    "territory-unknown",
    "territory-several",
    "question-unknown",
    "tracking-number-unknown",
    "tracking-number-elsewhere",
)


def sent() -> Raw:
    """Return the lists of the form sent."""
    return request.form.to_dict(flat=False)


def own(raw: Mapping[str, list[str]]) -> Raw:
    """Return the fields of the answer itself."""
    return {name: values for name, values in raw.items() if _OWN.fullmatch(name)}


def new_key() -> str:
    """Return the number of a new form, so that sending it twice is seen."""
    return secrets.token_urlsafe(16)


def key() -> str:
    """Return the form's number; a form given back after an error has a new one."""
    return one(sent(), "key") or new_key()


def one(raw: Mapping[str, list[str]], name: str) -> str:
    """Return the one value of a field, "" when it is absent, or raise one-answer-only."""
    values = raw.get(name, [])
    if len(values) > 1:
        raise RuleBroken("one-answer-only")
    return values[0] if values else ""


def value_of(question: Question, raw: Raw) -> Any:
    """Return the value of an answer typed, or raise what is wrong with it."""
    if any(_BROKEN.search(value) for values in raw.values() for value in values):
        raise RuleBroken("text-unreadable")
    return questions.kind(question.kind).read(own(raw), answers.options_of(question))


def form_of(question: Question, value: Any) -> Raw:
    """Return the fields that hold a stored value."""
    return questions.kind(question.kind).form_value(value, answers.options_of(question))


def signing(raw: Raw, *, own: bool = True) -> Signing:
    """Return the signature chosen; the author's own position is added when they ticked it."""
    signature = signatures.read(
        one(raw, "signed_as"),
        one(raw, "signature"),
        one(raw, "organisation"),
        one(raw, "function"),
    )
    account = viewer().account if own and one(raw, "speaks_from") else None
    if account is not None:
        signature = signatures.placed(signature, account.speaks_from)
    return Signing(signature, signatures.actor_kind(one(raw, "actor_kind")), territory_of(raw))


def territory_of(raw: Raw) -> str | None:
    """Return the code of the territory typed or chosen; None when it is not said.

    The one remembered counts as long as its name is there: whoever erases it says nothing.
    """
    typed, chosen, kept = (one(raw, f"territory{end}") for end in ("_name", "", "_kept"))
    found = territories.named(db.session(), typed, chosen, kept=kept)
    return found.code if found else None


def writing(question: Question, raw: Raw, way: contributions.Way | None = None) -> Writing:
    """Return all that the form says of an answer."""
    value = value_of(question, raw)
    signed = signing(raw, own=way is None)
    return Writing(value, signed, tuple(raw.get("further", [])), way or contributions.Way())


def remember(raw: Raw, territory_code: str | None) -> None:
    """Keep the signature and the territory for the next questions, in this browser's session."""
    kept = {
        name: raw[name][0][: signatures.NAME_LIMIT]
        for name in SIGNING
        if name not in PLACE and any(raw.get(name, []))
    }
    if territory_code is not None:
        place = db.session.get_one(Territory, territory_code)
        kept |= {"territory": place.code, "territory_name": place.name}
    if kept:
        session["signing"] = kept


def offered(raw: Raw) -> dict[str, str]:
    """Return what the fields of a signature show: as typed, else as before, else one's profile."""
    account = viewer().account
    kept = remembered() if "signing" in session or account is None else profiles.signing(account)
    chosen = {name: drafts.plain(raw[name][0]) for name in SIGNING if raw.get(name)}
    ticked = {"speaks_from": "on"} if raw.get("speaks_from") else {}
    return {**kept, **chosen, **ticked}


def remembered() -> dict[str, str]:
    """Return the signature of the answer before, else none."""
    kept = session.get("signing", {})
    return {name: kept.get(name, "") for name in SIGNING}
