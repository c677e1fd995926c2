"""Signing in through a provider of identity that runs beside the site, in Chromium."""

import signal
import socket
import sys
import time
from contextlib import contextmanager

import pytest

from tests import servers
from tests.journeys import node, serving
from tests.journeys.visiting import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "un-secret-pour-les-essais-seulement"
EMAIL = "ana@exemple.fr"


@contextmanager
def provider(port, site_port):
    """Serve the provider during a block."""
    installed = node.install()
    script = node.write(serving.ROOT / "tests/journeys/provider.mjs", installed)
    home = f"http://127.0.0.1:{site_port}/"
    back = f"{home}sign-in/provider/callback"
    folder = servers.private_folder("provider", 0, 0)
    command = [str(node.program()), str(script), str(port), back, home]
    with servers.kept(folder, signal.SIGTERM, command) as keeper:
        servers.until_ready(keeper, folder, lambda: listens(port))
        yield


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.1)
        return False
    return True


@contextmanager
def site(port, settings):
    """Serve an empty site of its own with these settings."""
    folder = servers.private_folder("site", 0, 0)
    command = serving.command(folder, port, "run", "--port", str(port))
    pairs = [f"{name}={value}" for name, value in settings.items()]
    place = command.index(sys.executable)
    command[place:place] = pairs
    found = serving.Site(f"http://127.0.0.1:{port}", folder)
    with servers.kept(folder, signal.SIGTERM, command) as keeper:
        servers.until_ready(keeper, folder, lambda: serving.answers(found.base))
        yield found


class Traveller(Visitor):
    """Someone who goes to the provider and comes back: those two sites and no other."""

    provider = ""

    def _asked(self, request):
        from_there = request.frame.url.startswith(self.provider)  # whose pages are not ours
        if not from_there and not request.url.startswith(self.provider):
            super()._asked(request)

    def _said(self, message):
        if not self.page.url.startswith(self.provider):
            super()._said(message)

    def go_and_sign_in(self):
        self.page.locator("a[href='/sign-in/provider']").click()
        confirm = f"{self.site.base}/sign-in/provider/confirm"  # at once, when they know each other
        self.page.wait_for_url(lambda url: url.startswith((self.provider, confirm)))
        if self.page.locator("input[name=login]").count():
            self.page.fill("input[name=login]", EMAIL.partition("@")[0])
            self.page.fill("input[name=password]", "x")
            self.page.click("button[type=submit]")
            self.page.wait_for_load_state()
        if self.page.url.startswith(self.provider):
            self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: url.startswith(self.site.base))
        self.settle()
        self.look()


@pytest.fixture(params=["plain", "signed"])
def traveller(request, chromium):
    port, site_port = servers.free_port(), servers.free_port()
    issuer = f"http://127.0.0.1:{port}"
    settings = {
        "CONSULT_OIDC_ISSUER": issuer,
        "CONSULT_OIDC_CLIENT_ID": request.param,
        "CONSULT_OIDC_CLIENT_SECRET": SECRET,
        "CONSULT_OIDC_NAME": "MesComptes",
    }
    with provider(port, site_port), site(site_port, settings) as found:
        context = chromium.new_context(
            viewport={"width": 320, "height": 640}, locale="fr-FR", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        context.route(lambda url: "//127.0.0.1:" not in url, lambda route: route.abort())
        person = Traveller(found, context, scripts=True, width=320)
        person.provider = issuer
        yield person
        context.close()


def test_one_signs_in_through_a_provider_and_leaves_both(traveller):
    traveller.open("/sign-in")
    traveller.go_and_sign_in()
    assert traveller.path == "/sign-in/provider/confirm" and EMAIL in traveller.text()
    traveller.press("form[action='/sign-in/provider/confirm'] button")
    traveller.open("/account")
    assert EMAIL in traveller.text()
    traveller.open("/account/identities")
    assert "MesComptes" in traveller.text()
    traveller.open("/account").press("form[action='/sign-out'] button")
    assert traveller.path == "/sign-in/provider/left"
    traveller.page.locator(f"a[href^='{traveller.provider}']").click()
    traveller.page.wait_for_url(lambda url: url.startswith(traveller.provider))
    assert "end" in traveller.page.url
    traveller.open("/account", status=200)
    assert traveller.path == "/sign-in"


def test_an_address_known_here_is_linked_by_its_owner(traveller):
    traveller.sign_in(EMAIL)
    traveller.open("/account").press("form[action='/sign-out'] button")
    traveller.open("/sign-in")
    traveller.go_and_sign_in()
    assert traveller.path == "/sign-in/provider/confirm"
    assert not traveller.has("form[action='/sign-in/provider/confirm']")
    traveller.sign_in(EMAIL)
    assert traveller.path == "/account/identities"
    traveller.press("form[action='/account/identities/link'] button")
    traveller.open("/account").press("form[action='/sign-out'] button")
    traveller.open("/sign-in")
    traveller.go_and_sign_in()
    traveller.press("form[action='/sign-in/provider/confirm'] button")
    traveller.open("/account")
    assert EMAIL in traveller.text()
