"""One view, two answers: the whole page, or only the fragment that htmx asked for."""

import json
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for


def wants_fragment() -> bool:
    """Whether htmx asked for a fragment: not for a boosted page, nor to restore history."""
    headers = request.headers
    whole = any(name in headers for name in ("HX-Boosted", "HX-History-Restore-Request"))
    return "HX-Request" in headers and not whole


def render(page: str, fragment: str, **context: Any) -> str:
    """Render `fragment` for htmx and `page`, which includes it, for everyone else."""
    return render_template(fragment if wants_fragment() else page, **context)


def see_other(endpoint: str, **values: Any) -> Response:
    """Send the browser to another page after a write (303); htmx follows it whole."""
    return see_path(url_for(endpoint, **values))


def see_path(path: str) -> Response:
    """Send the browser to a path of this site that is known to be safe."""
    if wants_fragment():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = path
        return response
    return make_response(redirect(path, 303))


def toast(response: Response, text: str) -> Response:
    """Announce `text` in the page's live region once the fragment is in place."""
    response.headers["HX-Trigger"] = json.dumps({"toast": text})
    return response


def vary(response: Response) -> Response:
    """Tell caches that a page, its fragment and its reader's own version differ."""
    if response.mimetype == "text/html":
        response.vary.update(["HX-Request", "Cookie"])
    return response
