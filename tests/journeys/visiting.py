"""A person in front of Chromium, and what every page must be for them."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
CHECK = """async (rules) =>
  (await axe.run(document, { ...rules, resultTypes: ["violations"] })).violations"""
SCHEMES = {"light": RULES, "dark": COLOURS}  # nothing but colours differs in the dark
ID = re.compile(r"(?<=/)(?:[0-9a-z]{18}|[0-9]+-[0-9]+|[A-Za-z0-9_-]{40,})(?=/|$)")
STATES = ("[role=alert]", "form[action$='/edit']", "[aria-pressed=true]", "[open]", "del")
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1)
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""


class Visitor:
    """Opens pages, fills and presses as a person does, and looks at each page they get."""

    def __init__(self, site, context, *, scripts, width):
        self.site = site
        self.context = context
        self.scripts = scripts
        self.width = width
        self.page = context.new_page()
        self.clicks = 0
        self.faults = []
        self.requests = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _said(self, message):
        expected = message.text.startswith("Failed to load resource") and self._is_page(message)
        if message.type in ("error", "warning") and not expected:
            self.faults.append(f"{message.type}: {message.text} ({message.location})")

    def _is_page(self, message):
        """Whether the failure is that of the page itself, whose status the test reads."""
        return urlsplit(message.location.get("url", "")).path == urlsplit(self.page.url).path

    def _asked(self, request):
        url = request.url
        self.requests.append(url)
        if not url.startswith((self.site.base + "/", "data:")):
            self.faults.append(f"third party: {url}")

    # ---- acting ------------------------------------------------------------------------------

    def open(self, path, status=200):
        """Go to a page by its address."""
        response = self.page.goto(self.site.base + path, wait_until="load")
        assert response.status == status, (path, response.status)
        self.look()
        return self

    def press(self, selector):
        """Click what the selector finds, once, and look at what comes."""
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.settle()
        self.look()
        return self

    def fill(self, selector, text):
        self.page.locator(selector).first.fill(text)
        return self

    def settle(self):
        """Wait until nothing is on its way."""
        self.page.wait_for_load_state("load")
        if self.scripts:
            self.page.wait_for_selector(".htmx-request", state="detached")

    def sign_in(self, email):
        self.open(self.site.way_in(email))
        return self.press("main form[action^='/sign-in/'] button")

    @property
    def path(self):
        return urlsplit(self.page.url).path

    def text(self, selector="main"):
        return self.page.locator(selector).first.inner_text()

    def has(self, selector):
        return self.page.locator(selector).count() > 0

    def field_names(self, form):
        """The names of the fields of a form that a person sees."""
        kinds = ("input:not([type=hidden])", "textarea", "select")
        fields = self.page.locator(", ".join(f"{form} {kind}" for kind in kinds))
        return sorted({one.get_attribute("name") for one in fields.all() if one.is_visible()})

    # ---- looking -----------------------------------------------------------------------------

    def look(self):
        """Refuse a page that scrolls sideways, breaks a policy or shuts a reader out."""
        assert not self.faults, f"{self.page.url}: {self.faults}"
        wider = self.page.evaluate(WIDER)
        assert not wider, f"{self.page.url} scrolls sideways at {self.width}: {wider}"
        if self.scripts and (schemes := self._new_schemes()):
            check_axe(self.page, schemes)

    def _new_schemes(self):
        """The schemes in which no journey has met this kind of page, in this state.

        Each width counts for itself in the light, none in the dark: colours are the same in all.
        """
        kind = ID.sub("*", self.path)
        state = [self.page.locator(part).count() > 0 for part in STATES]
        keys = {"light": (kind, self.width, *state), "dark": (kind, *state)}
        new = [scheme for scheme, key in keys.items() if key not in self.site.looked]
        self.site.looked.update(keys.values())
        return new


def check_axe(page, schemes=tuple(SCHEMES)):
    """Run axe in each of these colour schemes; refuse anything it finds."""
    page.evaluate(AXE_SCRIPT)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(CHECK, SCHEMES[scheme])
        said = [
            f"{fault['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for fault in found
            for node in fault["nodes"][:3]
        ]
        assert not said, f"{page.url} in {scheme}: " + "\n".join(said)
    page.emulate_media(color_scheme="light")
