"""Any form sent to any address that takes one: never a crash, and the counters stay true."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult.domain import signatures
from consult.queries import counters
from tests.security.test_input import FIELDS, writers

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
        fields = {
            name: [text.encode("utf-8", "surrogatepass") for text in values]
            for name, values in form.items()
            if name.isprintable() and name != "csrf_token"
        }
        answer = agent.post(url, fields)
        if answer.status >= 500:
            found.append((url, form, answer.status, answer.text[:300]))

    attack()
    assert not found
    with Session(world.engine) as session:
        for what, recount in counters.RECOUNTS.items():
            assert session.scalars(recount()).all() == [], what
