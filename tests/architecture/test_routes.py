"""Every route says who may call it, and its address is readable."""

import re

from consult import access, create_app
from consult.domain import roles


def routes(monkeypatch, tmp_path):
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CONSULT_DATABASE_URL", raising=False)
    app = create_app()
    rules = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]
    assert rules
    return app, rules


def test_every_route_carries_a_rule(monkeypatch, tmp_path):
    app, rules = routes(monkeypatch, tmp_path)
    assert not [r.rule for r in rules if not access.rule_of(app, r.endpoint)]


def test_every_rule_is_public_or_an_action_of_the_table(monkeypatch, tmp_path):
    app, rules = routes(monkeypatch, tmp_path)
    declared = {access.rule_of(app, r.endpoint) for r in rules} - {access.PUBLIC}
    assert not declared - set(roles.ACTIONS)


def test_addresses_are_kebab_case(monkeypatch, tmp_path):
    _app, rules = routes(monkeypatch, tmp_path)
    fixed = {rule.rule: re.sub(r"<[^>]*>", "", rule.rule) for rule in rules}
    assert not [rule for rule, text in fixed.items() if re.search(r"[A-Z_ ]", text)]
