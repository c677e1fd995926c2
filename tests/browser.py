"""A browser for tests that reads like the person: it fills the forms it sees, and audits pages."""

import re
from urllib.parse import urljoin, urlsplit

from werkzeug.test import create_environ

from tests import html, measuring

UNTRANSLATED = re.compile(r"%\(\w+\)s|\{\{|\{%")
HIDDEN = {"hidden", "submit", "button", "image"}


class Page:
    """An answer, parsed."""

    def __init__(self, response, url, fragment):
        self.response = response
        self.url = url
        self.status = response.status_code
        self.text = response.get_data(as_text=True)
        self.is_fragment = fragment
        self.html = None
        if response.mimetype == "text/html" and self.text:
            self.html, self.errors = html.read(self.text, fragment=fragment)

    def all(self, tag):
        return list(self.html.iter(tag))

    def words(self):
        """The visible text, on one line."""
        return " ".join("".join(self.html.itertext()).split())

    def forms(self, action=None):
        found = self.all("form")
        if action is None:
            return found
        return [form for form in found if urlsplit(form.get("action") or "").path == action]

    def links(self):
        return [a.get("href") for a in self.all("a") if a.get("href")]


def fields(form):
    """What the form would send as it stands: a list of (name, value)."""
    sent = []
    for control in form.iter():
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "textarea":
            sent.append((name, (control.text or "").removeprefix("\n")))
        elif control.tag == "select":
            sent += [(name, value) for value in chosen(control)]
        elif control.tag == "input":
            kind = control.get("type", "text")
            if kind in ("checkbox", "radio"):
                if control.get("checked") is not None:
                    sent.append((name, control.get("value", "on")))
            elif kind not in ("submit", "button", "image", "file"):
                sent.append((name, control.get("value", "")))
    return sent


def chosen(select):
    options = list(select.iter("option"))
    marked = [o for o in options if o.get("selected") is not None] or options[:1]
    return [o.get("value", "".join(o.itertext()).strip()) for o in marked]


def print_one(app, account_id):
    """A printed code of an account, to pass its second step with."""
    from secrets import token_hex

    from consult.extensions import db
    from consult.models import RecoveryCode
    from consult.services import accounts

    code = f"a{token_hex(8)}"
    with app.app_context():
        row = RecoveryCode(code_hash=accounts.digest(f"{account_id}:{code}"), account_id=account_id)
        db.session.add(row)
        db.session.commit()
    return code


class Browser:
    """One person's browser."""

    def __init__(self, app, htmx=False):
        self.app = app
        self.is_htmx = htmx
        self.client = app.test_client()

    def again(self):
        """Another person, with a browser of their own."""
        return Browser(self.app, self.is_htmx)

    def as_(self, account):
        """Sign in: what a one-time link and, where it is asked, a second step lead to.

        The same session, rows and cookies, without the pages in between: tests/journeys and
        tests/blueprints/test_second_steps.py walk those.
        """
        from consult import clock
        from consult.blueprints.accounts import entrance
        from consult.extensions import db
        from consult.services import accounts

        environ = create_environ("/sign-in/link", "http://localhost", method="POST")
        self.client._add_cookies_to_wsgi(environ)
        with self.app.request_context(environ):
            token, _code = accounts.new_link(db.session(), account.email, now=clock.now())
            found, participant_id = accounts.follow_link(db.session(), token, now=clock.now())
            answer = self.app.process_response(entrance.let_in(found, participant_id))
        self.client._update_cookies_from_response(
            "localhost", "/", answer.headers.getlist("Set-Cookie")
        )
        return self

    def get(self, url, **headers):
        return self._open("GET", url, headers=headers)

    def post(self, url, data=None, *, htmx=None, **headers):
        return self._open("POST", url, data=data or {}, headers=headers, htmx=htmx)

    def submit(self, page, action=None, *, button=None, **typed):
        """Fill in the form with this action (the first one by default) and send it.

        `typed` replaces or adds fields (lists send several); `button` is the (name, value) of
        the button pressed, or a form action when the button has its own.
        """
        forms = page.forms(action)
        assert forms, f"no form for {action} among {[f.get('action') for f in page.forms()]}"
        form = forms[0]
        target, data = form.get("action") or page.url, fields(form)
        if isinstance(button, str):
            target = button
        elif button:
            data.append(button)
        data = [(name, value) for name, value in data if name not in typed]
        for name, value in typed.items():
            data += [(name, each) for each in (value if isinstance(value, list) else [value])]
        grouped = {}
        for name, value in data:
            grouped.setdefault(name, []).append(value)
        method = (form.get("method") or "get").upper()
        url = urljoin(page.url, target)
        if method == "GET":
            from urllib.parse import urlencode

            return self.get(f"{url}?{urlencode(data)}")
        on_its_own = (form.get("hx-trigger") or "").startswith("input")
        enhanced = (form.get("hx-post") is not None and not on_its_own) or button
        return self._open("POST", url, data=grouped, htmx=bool(enhanced) and self.is_htmx)

    def _open(self, method, url, *, data=None, headers=None, htmx=None):
        headers = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if htmx if htmx is not None else False:
            headers.setdefault("HX-Request", "true")
        response = self.client.open(url, method=method, data=data, headers=headers)
        if response.status_code in (301, 302, 303, 307, 308):
            target = urljoin(url, response.headers["Location"])
            assert target.startswith(("/", "http://localhost/")), target
            return self._open("GET", target)
        if redirect := response.headers.get("HX-Redirect"):
            return self._open("GET", redirect)
        with measuring.unwatched():
            page = Page(response, url, fragment="HX-Request" in headers)
            audit(page)
        return page


def audit(page):
    """Refuse a page that a reader, a screen reader or a strict browser would stumble on."""
    if page.html is None:
        return
    assert "HX-Request" in page.response.headers.get("Vary", ""), "Vary must name HX-Request"
    assert not page.errors, (page.url, page.errors[:5], page.text[:400])
    ids = [element.get("id") for element in page.html.iter() if element.get("id")]
    doubles = {name for name in ids if ids.count(name) > 1}
    assert not doubles, f"{page.url}: ids used twice: {doubles}"
    assert not UNTRANSLATED.search(page.words()), f"{page.url}: an unfilled message"
    for element in page.html.iter():
        if isinstance(element.tag, str):
            inline = [a for a in element.attrib if a == "style" or a.startswith(("on", "hx-on"))]
            assert not inline, f"{page.url}: inline {inline} on {element.tag}"
    audit_labels(page, ids)
    if not page.is_fragment:
        audit_whole(page)


def audit_whole(page):
    root = page.html
    assert root.get("lang"), f"{page.url}: no language"
    assert len(page.all("h1")) == 1, f"{page.url}: {len(page.all('h1'))} h1"
    titles = page.all("title")
    assert titles and "".join(titles[0].itertext()).strip(), f"{page.url}: no title"
    assert len(page.all("main")) == 1, f"{page.url}: no main"


def audit_labels(page, ids):
    labelled = {label.get("for") for label in page.all("label")}
    wrapped = {
        control for label in page.all("label") for control in label.iter() if control is not label
    }
    for control in page.html.iter():
        if control.tag not in ("input", "textarea", "select"):
            continue
        if control.tag == "input" and control.get("type", "text") in HIDDEN:
            continue
        named = (
            control.get("id") in labelled
            or control in wrapped
            or control.get("aria-label")
            or control.get("aria-labelledby") in ids
        )
        assert named, f"{page.url}: {control.tag} {control.get('name')} has no label"
    for form in page.forms():
        if (form.get("method") or "get").lower() == "post":
            if form.get("action") == "/language":  # docs/decisions/0008
                continue
            names = [name for name, _ in fields(form)]
            if form.get("action") == "/follow" and "email" in names:  # docs/decisions/0016
                continue
            assert "csrf_token" in names, f"{page.url}: {form.get('action')} has no token"
