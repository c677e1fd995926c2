"""Any form sent to any address that takes one: never a crash, and the counters stay true."""

import re

import html5lib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult.domain import signatures
from consult.queries import counters
from tests.browser import fields
from tests.security.test_input import FIELDS, writers
from tests.security.test_matrix import calls

WORDS = [
    "agree", "mixed", "disagree", "none", "name", "pseudonym", "organisation", "for", "against",
    "accepted", "refused", "published", "hidden", "kept", "answered", "up", "down", "open", "email",
    "listed", "before", "after", "live", "on", "1", "0", "2", "-1", "long_text", "choice", "number",
    "scale", "paper", "phone", "2026-12-01", "2026-12-01T10:00", "01/12/2026 10:00", "Europe/Paris",
    "R-44", "FR", "C-988", "a@exemple.fr", "https://exemple.fr/", "Le matin", "yes", "no",
    *signatures.ACTOR_LABELS,
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=60),
    st.text(alphabet="01239-+.eE,:T/ ", max_size=24),
    st.integers().map(str),
    st.sampled_from(["\x00", "\ud800", "\ufffd", "9" * 4301, "é" * 301, "a" * 20_001, "\u202e"]),
)
forms = st.dictionaries(
    st.one_of(st.sampled_from(FIELDS), st.text(min_size=1, max_size=12)),
    st.lists(texts, min_size=1, max_size=2),
    max_size=14,
)


FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
NAME = re.compile(r'name="([^"]+)"')
# What each database refuses to take: a text with a NUL, a number that no column holds.
SPOILT = {"postgresql": "\x00", "sqlite": "9223372036854775808"}
ROLES = ("administrator", "citizen_a")
# They would end the session that tries them, or take away what the others need.
LEFT = ("/sign-out", "/account/sessions", "/close", "/delete", "/publish", "/cancel", "/extend")


def forms_shown(world, agent, seen):
    """Each form that a role is shown and that was not tried yet: where it goes, what it sends."""
    for _rule, url, method in calls(world, "open"):
        if method != "GET" or url.startswith("/api/"):
            continue
        answer = agent.get(url)
        if answer.status != 200 or answer.mimetype != "text/html":
            continue
        for text in FORM.findall(answer.text):
            form = next(html5lib.parseFragment(text, namespaceHTMLElements=False).iter("form"))
            target, names = form.get("action") or url, tuple(dict.fromkeys(NAME.findall(text)))
            key = re.sub(r"\b0[0-9a-z]{17}\b", "", target), names
            if key not in seen and not target.endswith(LEFT):
                seen.add(key)
                yield target, names, dict(fields(form))


def test_no_field_of_any_form_makes_its_page_fail(world):
    seen, found, tried = set(), [], 0
    for role in ROLES:
        agent = world.agents[role]
        for url, names, held in list(forms_shown(world, agent, seen)):
            for name in names:
                if name in ("csrf_token", "locale"):
                    continue
                spoilt = {**held, name: SPOILT[world.database], "csrf_token": agent.token}
                answer = agent.post(url, spoilt)
                tried += 1
                if answer.status >= 500:
                    found.append((role, url, name, answer.text[:300]))
    assert not found
    assert len(seen) > 80 and tried > 250


@pytest.mark.parametrize("role", ROLES)
def test_whoever_tried_is_still_signed_in(world, role):
    """Else the forms above were those of a visitor."""
    assert world.agents[role].get("/account").status == 200


@pytest.mark.parametrize("who", ["citizen_b", "organiser"])
def test_no_form_makes_any_page_fail(world, who):
    agent, urls, found = world.agents[who], [url for _rule, url in writers(world)], []

    @settings(
        max_examples=150,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(url=st.sampled_from(urls), form=forms)
    def attack(url, form):
        sent = {
            name: [text.encode("utf-8", "surrogatepass") for text in values]
            for name, values in form.items()
            if name.isprintable() and name != "csrf_token"
        }
        answer = agent.post(url, sent)
        if answer.status >= 500:
            found.append((url, form, answer.status, answer.text[:300]))

    attack()
    assert not found
    with Session(world.engine) as session:
        for what, recount in counters.RECOUNTS.items():
            assert session.scalars(recount()).all() == [], what
