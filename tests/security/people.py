"""Whoever attacks: a client that holds a token, and that takes a crash for an answer."""

import re
import traceback
from types import SimpleNamespace

from tests.browser import print_one

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Agent:
    """One person's client; `open` never raises, so that a loop sees every crash."""

    def __init__(self, app):
        self.app = app
        self.client = app.test_client()
        self._token = None

    @property
    def token(self):
        if self._token is None:
            self._token = TOKEN.search(self.client.get("/follow-up").text)[1]
        return self._token

    def enter(self, link):
        """Sign in with a one-time link."""
        self.client.post(f"/sign-in/{link}", data={"csrf_token": self.token})
        with self.client.session_transaction() as kept:
            half = kept.get("half")
        if half:
            code = print_one(self.app, half[0])
            self.client.post("/sign-in/second-step", data={"csrf_token": self.token, "code": code})
        self._token = None
        return self

    def cookies(self):
        """Each cookie of this person: its name, its value, its domain."""
        return [(one.key, one.value, one.domain) for one in self.client._cookies.values()]

    def holding(self, cookies):
        """Take cookies that were kept."""
        for key, value, domain in cookies:
            self.client.set_cookie(key, value, domain=domain)
        return self

    def again(self):
        """The same person in another window: the same cookies, which it may lose alone."""
        other = Agent(self.app).holding(self.cookies())
        other._token = self._token
        return other

    def open(self, method, url, **options):
        try:
            response = self.client.open(url, method=method, **options)
            text = response.get_data().decode("utf-8", "replace")
            response.close()
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            text = f"{type(error).__name__}: {error} ({where.filename}:{where.lineno})"
            return SimpleNamespace(status=500, text=text, headers={}, mimetype="")
        return SimpleNamespace(
            status=response.status_code,
            text=text,
            headers=response.headers,
            mimetype=response.mimetype,
        )

    def get(self, url, **options):
        return self.open("GET", url, **options)

    def post(self, url, data=None, **options):
        """Send a form with this person's token."""
        fields = {"csrf_token": self.token, **(data or {})}
        return self.open("POST", url, data=fields, **options)
