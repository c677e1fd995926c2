"""Whole pages, kept for a second, for visitors who have done nothing here yet.

A link that is shared widely brings thousands of readers at once, and all of them see the same
page. Who has an account, has taken part, or holds anything of their own never gets a kept page:
whoever acts sees what they did. A write on this machine makes every kept page void at once; what
another machine or a command wrote shows a second later at most (docs/decisions/0011).
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from mmap import mmap
from threading import Lock
from time import monotonic, monotonic_ns
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from . import cache, exposure, htmx, i18n
from .reading import reads_only

MOST = 256
PLACE = "\x00csrf\x00"  # where the form's token goes
ONCE = 'name="key"'  # a form that counts once is for one reader
_last_write = mmap(-1, 8)  # seen by every process forked from this one
_pages: OrderedDict[Hashable, "Page"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Page:
    """A page as it was made: what it shows, when, and after which write."""

    text: str
    shown: str
    has_form: bool
    trigger: str | None
    exposed: tuple[str, ...]
    after: bytes
    until: float

    def holds(self) -> bool:
        """Whether nothing was written since, on this machine, and its second is not over."""
        return self.after == bytes(_last_write) and monotonic() < self.until

    def response(self) -> Response:
        """Return the page, with this reader's own token in its forms."""
        exposure.note(list(self.exposed))
        token = session.get("csrf_token")
        if (unchanged := cache.confirmed(self.shown, token)) is not None:
            return unchanged
        text = self.text.replace(PLACE, generate_csrf()) if self.has_form else self.text
        response = Response(text, mimetype="text/html")
        if self.trigger is not None:
            response.headers["HX-Trigger"] = self.trigger
        return cache.marked(response, self.shown, token, has_form=self.has_form)


def serve() -> Response | None:
    """Answer with a kept page where there is one for this reader."""
    if not current_app.config["PAGES_KEPT_SECONDS"] or not _is_for_nobody_in_particular():
        return None
    g.page_key = request.host_url, request.full_path, htmx.wants_fragment(), i18n.locale()
    g.page_after = bytes(_last_write)
    with _lock:
        page = _pages.get(g.page_key)
    return page.response() if page is not None and page.holds() else None


def keep(response: Response) -> Response:
    """Keep the page just made, or note that something was written."""
    if not reads_only():
        note_write()
    elif "page_shown" in g and "page_key" in g and response.status_code == 200:
        _keep(response)
    return response


def note_write() -> None:
    """Make void what every process of this machine keeps."""
    _last_write[:] = monotonic_ns().to_bytes(8, "big")


def addresses() -> list[Any]:
    """Return what is kept, the oldest first: host, address, whether a fragment, language."""
    return list(_pages)


def forget() -> None:
    """Keep nothing of what was read so far."""
    with _lock:
        _pages.clear()


def _keep(response: Response) -> None:
    token = g.get(current_app.config["WTF_CSRF_FIELD_NAME"])
    text = response.get_data(as_text=True)
    if ONCE in text:
        return
    text = text.replace(token, PLACE) if token else text
    page = Page(
        text,
        shown=g.page_shown or cache.digest(text),
        has_form=token is not None,
        trigger=response.headers.get("HX-Trigger"),
        exposed=tuple(g.get("exposed", ())),
        after=g.page_after,
        until=monotonic() + current_app.config["PAGES_KEPT_SECONDS"],
    )
    with _lock:
        _pages[g.page_key] = page
        _pages.move_to_end(g.page_key)
        while len(_pages) > MOST:
            _pages.popitem(last=False)


def _is_for_nobody_in_particular() -> bool:
    """Whether the reader brings nothing but a language and the token of a form."""
    config = current_app.config
    known = {config["SESSION_COOKIE_NAME"], config["LANGUAGE_COOKIE_NAME"]}
    return (
        request.method == "GET"
        and request.endpoint is not None
        and "Authorization" not in request.headers
        and known.issuperset(request.cookies)
        and session.keys() <= {"csrf_token"}
    )


def install(app: Flask) -> None:
    """Look for a kept page once everything else has let the request through."""
    app.before_request(serve)
    app.after_request(keep)
