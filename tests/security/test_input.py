"""I1, I2, I4, I5, I8: nothing typed makes the site fail or wait."""

from urllib.parse import quote

import pytest

from consult.domain import questions
from tests.patience import no_hang
from tests.security import addresses
from tests.security.people import Agent
from tests.security.test_matrix import calls

HOSTILE = [
    "'", '"', "';--", "' OR '1'='1", "1; DROP TABLE statement", "pg_sleep(3)",
    "'||pg_sleep(3)||'", "(select pg_sleep(3))", "%", "_", "\\", "%%%", "%s", "%(x)s", "{0}",
    "{{7*7}}", "${7*7}", "\x00", "a\x00b", "\x1b[2J", "\ud800", "\udfff", "\ufffe", "\u202e",
    "-1", "0", "1e9", "1e309", "NaN", "Infinity", "-0", "٣", "²", "１", "2147483648",
    "9223372036854775808", "9" * 5000, "a" * 5000, "é" * 3000, "null", "true", "[]", "{}",
    "../../etc/passwd", "user__email__startswith=a", "password~", "<script>", "=1+1", " ",
    "W10", "WzFd", "W10=", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwIiwieCJd", "a:*", "&|!", "'a' & 'b'", ":*",
    "OR", "NOT", "NEAR(", "*", "^", "((((((((", '"a', "œ", "l’", "-", "+",
]  # fmt: skip


def encoded(value):
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


NAMES = [
    "q", "page", "per_page", "limit", "cursor", "sort", "order", "filter", "phase", "state",
    "theme", "question", "territory", "kind", "actor_kind", "tag", "what", "number", "side",
    "next", "lang", "tab", "channel", "consultation", "parent", "type", "year", "verdict",
]  # fmt: skip
LISTS = [
    "/consultations", "/search", "/follow-up", "{slug}/answers", "{slug}/proposals/new",
    "{proposal}/comments", "/api/v1{slug}/answers", "/api/v1/territories",
    "{console}/participation",
]  # fmt: skip


def where(world, url):
    slug = world.things["consultation_open"].path
    return url.format(
        slug=slug,
        console=f"/console{slug}",
        proposal=world.things["proposal_open"].path,
        answer=world.things["answer_published"].path,
    )


@pytest.mark.parametrize("url", LISTS)
def test_no_parameter_of_a_list_makes_it_fail_or_wait(world, url):
    agent, found = world.agents["organiser"], []
    for value in HOSTILE[:: 3 if "console" in url else 2]:
        query = "&".join(f"{name}={encoded(value)}" for name in NAMES)
        with no_hang():
            answer = agent.get(f"{where(world, url)}?{query}")
        if answer.status not in (200, 303, 400, 404, 422):
            found.append((value[:40], answer.status, answer.text[:300]))
    assert not found


SINGLE = [("/search", "q"), ("{slug}/proposals", "cursor"), ("{proposal}/history", "cursor"),
          ("/api/v1{slug}/answers", "question")]  # fmt: skip


@pytest.mark.parametrize(("url", "name"), SINGLE)
def test_no_value_of_one_parameter_makes_a_list_fail(world, url, name):
    agent, found = world.agents["visitor"], []
    for value in HOSTILE:
        answer = agent.get(f"{where(world, url)}?{name}={encoded(value)}")
        if answer.status not in (200, 303, 400, 404, 422):
            found.append((value[:40], answer.status, answer.text[:300]))
    assert not found


PARTS = ["%00", "a%00b", "%ED%A0%80", "%2e%2e%2f", "a" * 3000, "%F0%9F%92%A9%0d%0aX:1"]
MARK = "MARKMARKMARKMARK00"


def test_no_part_of_an_address_makes_a_page_fail(world):
    agent, found = world.agents["organiser"], []
    pairs = [(one, name) for one in addresses.rules(world.app) for name in sorted(one.arguments)]
    for rule, target in pairs:
        where = marked(world, rule, target)
        for part in PARTS if MARK in where else ():
            path = where.replace(MARK, part)
            answer = visit(agent, rule, path)
            if answer.status >= 500:
                found.append((path[:120], answer.status, answer.text[:300]))
    assert not found


def marked(world, rule, target):
    """The address of a rule in which one argument is only a mark."""

    def values(name, rule, words):
        known = world.values["open"](name, rule, words)
        return MARK if isinstance(known, str) and name == target else known

    return addresses.build(world.app, rule, values)[0]


def visit(agent, rule, path):
    if "GET" in rule.methods:
        return agent.get(path)
    if "/api/" in path:
        return agent.open(sorted(rule.methods - {"OPTIONS"})[-1], path, json={})
    return agent.post(path, {"value": "agree"})


BIG = [2**31 - 1, 2**31, 2**53, 2**63, 2**64, 10**40]


@pytest.mark.parametrize("number", BIG)
def test_a_number_no_column_holds_is_a_missing_page(world, number):
    slug = world.things["consultation_open"].path
    for url in (f"{slug}/questions/{number}-1", f"{slug}/questions/1-{number}",
                f"{slug}/questions/{number}-{number}.atom",
                f"{slug}/questions/1-{number}/answers"):  # fmt: skip
        assert world.agents["visitor"].get(url).status == 404


# ---- forms ------------------------------------------------------------------------------------

FIELDS = [
    "value", "detail", "rank-1", "name-1", "place-1", "link-1", "signed_as", "signature",
    "organisation", "function", "actor_kind", "territory", "key", "further", "tracking_number",
    "title", "body", "side", "link", "explanation", "version", "reason", "verdict", "text",
    "theme", "number", "email", "code", "session", "locale", "next", "label", "introduction",
    "wording", "kind", "options", "min", "max", "choices", "after", "question", "direction",
    "source", "target", "people", "template", "asked_by", "purpose", "opens_at", "closes_at",
    "time_zone", "territory_code", "synthesis_at", "outcome_at", "decision", "action", "channel",
    "place", "consent", "slug", "hidden", "tags", "contact_phone", "site_name", "theme_id",
    "confirm", "state", "unit", "step", "low", "high", "more", "help_email", "follows_id",
    "token", "name", "seen", "territory_name", "territory_kept", "territory_code_name",
    "member", "member_name", "phone", "hours", "rows", "carrier", "note", "credit", "credit_name",
    "digest", "foreword", "foreword_by", "notes", "method", "hide-note",
]  # fmt: skip
FORMS = [
    "a\x00b", "\ud800", "9" * 5000, "9223372036854775808", "0001-01-01T00:00", "9999-12-31T23:59",
    "1", "a@b.fr\r\nBcc: x@y.fr",
]  # fmt: skip
DANGEROUS = ("/sign-out", "/done", "/close", "/delete", "/site")


def writers(world):
    return [
        (rule, url)
        for rule, url, method in calls(world, "open")
        if method == "POST" and "/api/" not in url and not url.endswith(DANGEROUS)
    ]


@pytest.mark.parametrize("value", FORMS, ids=lambda value: ascii(value)[:20])
def test_no_value_of_any_form_makes_it_fail(world, value):
    agent, found = world.agents["organiser"], []
    raw = value.encode("utf-8", "surrogatepass")
    for _rule, url in writers(world):
        answer = agent.post(url, dict.fromkeys(FIELDS, raw))
        if answer.status >= 500:
            found.append((url, answer.status, answer.text[:400]))
    assert not found


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ud800", "x\x07"], ids=ascii)
@pytest.mark.parametrize("field", ["value", "signature", "key", "further", "territory"])
def test_what_no_database_keeps_is_refused_in_an_answer(world, value, field):
    data = {"value": "Un texte", "signed_as": "name", "signature": "Ana", "key": "k-0123456789"}
    raw = (data.get(field, "") + value).encode("utf-8", "surrogatepass")
    path = world.things["question_open"].path
    answer = world.agents["citizen_b"].post(f"{path}/send", data | {field: raw})
    assert answer.status == 422


@pytest.mark.parametrize("size", [20_001, 600_000])
def test_a_text_too_long_is_refused_and_given_back(world, size):
    path = world.things["question_open"].path
    text = "é" * 20_000 + "b" * (size - 20_000)
    answer = world.agents["citizen_b"].post(f"{path}/send", {"value": text, "signed_as": "none"})
    assert answer.status == 422
    assert text in answer.text


HUGE = {
    "fields": lambda token: "&".join([f"csrf_token={token}", *(f"f{n}=1" for n in range(100_000))]),
    "same": lambda token: "&".join([f"csrf_token={token}", *("value=1" for n in range(100_000))]),
    "field": lambda token: f"csrf_token={token}&value={'a' * 13_000_000}",
    "name": lambda token: f"csrf_token={token}&{'a' * 900_000}=1",
    "escapes": lambda token: f"csrf_token={token}&value={'%' * 300_000}",
    "empty": lambda token: "&" * 900_000,
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("url", ["{slug}/questions/1-1/send", "{proposal}/stance"])
def test_a_huge_form_is_refused(world, name, url):
    agent = world.agents["citizen_b"]
    body = HUGE[name](agent.token)
    with no_hang():
        answer = agent.open(
            "POST",
            where(world, url),
            data=body,
            content_type="application/x-www-form-urlencoded",
        )
    if name in ("fields", "same", "empty"):
        assert answer.status == 413  # refused before a single field is read
    else:
        assert 400 <= answer.status < 500


def test_too_many_parts_are_refused(world):
    agent = world.agents["citizen_b"]
    data = {f"f{n}": "1" for n in range(1_001)} | {"csrf_token": agent.token}
    path = world.things["proposal_open"].path
    answer = agent.open("POST", f"{path}/stance", data=data, content_type="multipart/form-data")
    assert answer.status in (400, 413)


BODIES = [
    "[" * 5_000, "[" * 500_000, '{"value":' * 5_000, "9" * 5_000, '{"value":' + "9" * 5_000 + "}",
    '{"value": "\\ud800"}', '{"value": "\\u0000"}', '{"value": NaN}', '{"value": 1e999}', "{", "",
    "null", '"x"', "[]", '{"value": {"a": 1}}', '{"value": []}', "\x00", '{"\\u0000": 1}',
    '{"value": "agree", "value": "disagree", "id": 1, "state": "published"}',
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_no_json_makes_the_api_fail(world, number):
    answer_to = f"/api/v1/questions/{world.things['question_open'].id}/answers"
    stance = f"/api/v1{world.things['proposal_open'].path}/stance"
    headers = {"Authorization": f"Bearer {world.made.people['citizen_b'].token}"}
    for method, url in (("POST", answer_to), ("PUT", stance)):
        with no_hang():
            answer = Agent(world.app).open(
                method, url, data=BODIES[number], content_type="application/json", headers=headers
            )
        assert 400 <= answer.status < 500, answer.text[:300]


def test_every_kind_of_question_refuses_what_it_does_not_offer(world):
    agent, found = world.agents["citizen_b"], []
    for kind in questions.QUESTION_KINDS:
        name = "question_open" if kind == "long_text" else f"question_{kind}"
        path = world.things[name].path
        for value in ("", "\x00", "\ud800", "é" * 20_001):
            data = {name: value.encode("utf-8", "surrogatepass") for name in FIELDS[:6]}
            answer = agent.post(f"{path}/send", data | {"signed_as": "none"})
            if answer.status != 422:
                found.append((kind, ascii(value)[:20], answer.status, answer.text[:200]))
    assert not found
