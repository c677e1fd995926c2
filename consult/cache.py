"""Fragments kept in memory, and pages not sent again to who already has them.

A page's mark (ETag) covers the language and all that the page shows: two visitors who are shown
the same page hold the same mark. A page with a form holds a token of its reader's session, and so
does its mark: that copy is only confirmed to the browser that received it. Who has an account
always gets a fresh page.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import FunctionType, ModuleType
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request, session
from markupsafe import Markup
from sqlalchemy import Row, inspect

from . import access, htmx, i18n, shared, site
from .models import Base
from .package import folder

MOST = 24_000_000  # characters


class Fragments:
    """The fragments used last, `most` characters of them at most, in this process."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.size = 0
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> Markup:
        """Return the fragment of this key, made now when it is not kept."""
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        made = Markup.escape(make())
        with self._lock:
            self.size += len(made) - len(self._kept.pop(key, ""))
            self._kept[key] = made
            while self.size > self.most:
                self.size -= len(self._kept.popitem(last=False)[1])
        return made

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget every fragment."""
        with self._lock:
            self._kept.clear()
            self.size = 0


class Unmarkable(TypeError):
    """A value of which one cannot tell whether it changed: the page is sent whole."""


SHOWN = "shown"  # an attribute by which a value says itself, in plain values, what is seen of it
SCALARS = frozenset((str, int, float, bool, bytes, type(None), datetime, date, Markup))
fragments = Fragments()


def kept(*key: Hashable, caller: Callable[[], str]) -> Markup:
    """Render the body of a `call` block once for each key and language."""
    return fragments.get((i18n.locale(), *key), caller)


def page(template: str, fragment: str | None = None, **context: Any) -> Response:
    """Render a page, or its fragment for htmx; answer 304 when the reader's copy still holds."""
    shown, token = _shown(template, context), session.get("csrf_token")
    if shown is not None and (unchanged := confirmed(shown, token)) is not None:
        return unchanged
    response = make_response(htmx.render(template, fragment or template, **context))
    if not _is_personal():
        g.page_shown = shown
    if shown is None:
        return response
    has_form = current_app.config["WTF_CSRF_FIELD_NAME"] in g
    return marked(response, shown, token, has_form=has_form)


def confirmed(shown: str, token: str | None) -> Response | None:
    """Answer 304 when the browser holds this very page, or None."""
    held = _held()
    for mark in (_mark(shown, None), _mark(shown, token)):
        if mark in held:
            response = Response(status=304)
            response.set_etag(mark, weak=True)
            return response
    return None


def marked(response: Response, shown: str, token: str | None, *, has_form: bool) -> Response:
    """Mark a page; one whose form holds a token made just now is not to be asked for again."""
    if token is not None or not has_form:
        response.set_etag(_mark(shown, token if has_form else None), weak=True)
    return response


def _held() -> set[str]:
    """Return the marks of the copies that the browser holds, without the compression's suffix."""
    marks = request.if_none_match.as_set(include_weak=True)
    return {mark.removeprefix("W/").strip('"').split(":")[0] for mark in marks}


def _is_personal() -> bool:
    """Whether a page says something to its reader alone."""
    return access.viewer().account is not None or bool(session.get("_flashes")) or shared.is_on()


def _shown(template: str, context: Mapping[str, Any]) -> str | None:
    """Return a mark of all that a page shows; None when it is only for this reader."""
    if _is_personal():
        return None
    try:
        shown = {name: _plain(value) for name, value in context.items()}
    except Unmarkable:
        return None
    wants_fragment, settings = htmx.wants_fragment(), site.settings()
    where = (template, request.full_path, wants_fragment, i18n.locale(), _written(), settings)
    return digest(repr((where, shown)))


def _mark(shown: str, token: str | None) -> str:
    """Return the mark of a page, for one session when it holds that session's token."""
    return shown if token is None else digest(shown + token)


def digest(text: str) -> str:
    """Return a short mark of a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _plain(value: Any) -> Any:
    """Return what a value shows, in plain values; raise Unmarkable when that cannot be known.

    An address in memory must never be part of a mark: it may be used again for something else.
    """
    if type(value) in SCALARS:
        return value
    if hasattr(type(value), SHOWN) or SHOWN in getattr(value, "__dict__", ()):
        return value.shown
    if isinstance(value, list | tuple | Row):
        return [_plain(one) for one in value]
    if isinstance(value, Base):
        return _row(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return _named(value)


def _row(value: Base) -> dict[str, Any]:
    """Return the columns of a row, but those that its query left aside: no page shows them."""
    state = inspect(value)
    left = state.unloaded - state.expired_attributes
    return {name: getattr(value, name) for name in _columns(type(value)) if name not in left}


@lru_cache(maxsize=64)
def _columns(model: type[Base]) -> list[str]:
    return [one.key for one in inspect(model).column_attrs]


def _named(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, ModuleType | FunctionType | str | int):
        return getattr(value, "__name__", value)
    raise Unmarkable(type(value).__name__)


@lru_cache(maxsize=1)
def _written() -> float:
    """Return when the templates and the catalogues were last changed: the age of the program."""
    places = (folder("translations"), Path(__file__).parent / "templates")
    files = (file for place in places for file in place.rglob("*.*"))
    return max((file.stat().st_mtime for file in files), default=0.0)


def install(app: Flask) -> None:
    """Give the templates the block that is rendered once: `{% call kept(key) %}`."""
    fragments.most = app.config["FRAGMENT_CHARACTERS"]
    app.jinja_env.globals["kept"] = kept
