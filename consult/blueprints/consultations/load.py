"""Find a consultation for whoever reads: what they may not know of is as good as missing."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import abort, g
from sqlalchemy import Integer, Select, String, bindparam

from ... import access, clock
from ...domain import roles
from ...extensions import db
from ...models import Consultation, Question, Theme
from ...models.base import UTCDateTime
from ...queries import consultations

KEY = re.compile(r"[0-9A-Za-z_-]{1,80}")
Build = Callable[[bool, bool, bool], Select[*tuple[Any, ...]]]


def reader() -> consultations.Reader:
    """Return who reads the current request, as the queries ask for it."""
    if "reader" not in g:
        account = access.viewer().account
        g.reader = (
            consultations.Reader()
            if account is None
            else consultations.Reader(
                account_id=account.id,
                email=account.email if account.confirmed_at is not None else None,
                sees_all=any(role.name == roles.ADMINISTRATOR for role in account.roles),
            )
        )
    return g.reader


def visible_or_404(slug: str) -> Consultation:
    """Return the consultation of an address, or answer 404 as if it had never been."""
    return _found(_by_slug, slug, slug=slug)[0]


def visible_by_id_or_404(consultation_id: str) -> Consultation:
    """Return a consultation by its identifier, or answer 404 as if it had never been."""
    return _found(_by_id, consultation_id, id=consultation_id)[0]


def question_or_404(slug: str, theme: int, number: int) -> tuple[Consultation, Theme, Question]:
    """Return a question by its address, with its theme and its consultation, or answer 404."""
    found = _found(_question, slug, slug=slug, theme=theme, number=number)
    return found[0], found[1], found[2]


def _found(
    build: Callable[[bool, bool, bool], Select[*tuple[Any, ...]]], key: str, **values: Any
) -> Any:
    """Run a statement built once for each sort of reader, with the values of this one."""
    if not KEY.fullmatch(key):
        abort(404)
    who = reader()
    values |= {"account_id": who.account_id, "email": who.email, "now": clock.now()}
    query = build(who.account_id is not None, who.email is not None, who.sees_all)
    found = db.session.execute(query, values).one_or_none()
    if found is None:
        abort(404)
    return found


def _someone(known: bool, proven: bool, sees_all: bool) -> consultations.Reader:
    """Return a reader of this sort, with named parameters for what differs."""
    account_id: Any = bindparam("account_id", type_=String) if known else None
    email: Any = bindparam("email", type_=String) if proven else None
    return consultations.Reader(account_id, email, sees_all)


@lru_cache(maxsize=8)
def _by_slug(known: bool, proven: bool, sees_all: bool) -> Select[*tuple[Any, ...]]:
    slug: Any = bindparam("slug", type_=String)
    return consultations.by_slug(slug, _someone(known, proven, sees_all), _now())


@lru_cache(maxsize=8)
def _by_id(known: bool, proven: bool, sees_all: bool) -> Select[*tuple[Any, ...]]:
    key: Any = bindparam("id", type_=String)
    return consultations.by_id(key, _someone(known, proven, sees_all), _now())


@lru_cache(maxsize=8)
def _question(known: bool, proven: bool, sees_all: bool) -> Select[*tuple[Any, ...]]:
    return (
        _by_slug(known, proven, sees_all)
        .join(Theme, Theme.consultation_id == Consultation.id)
        .join(Question, Question.theme_id == Theme.id)
        .where(
            Theme.hidden.is_(False),
            Theme.number == bindparam("theme", type_=Integer),
            Question.number == bindparam("number", type_=Integer),
        )
        .add_columns(Theme, Question)
    )


def _now() -> Any:
    return bindparam("now", type_=UTCDateTime())
