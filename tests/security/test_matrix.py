"""A5, A6: every route, every role, reading and writing, obeys its declared rule; none crashes."""

import pytest

from consult import access
from consult.domain import roles
from tests.security import addresses

HELD = {
    "visitor": {"visitor"},
    "citizen_b": {"visitor", "participant"},
    "mediator": {"visitor", "participant", "mediator"},
    "local_facilitator": {"visitor", "participant", "local_facilitator"},
    "hub_facilitator": {"visitor", "participant", "hub_facilitator"},
    "other_hub_facilitator": {"visitor", "participant", "hub_facilitator"},
    "national_facilitator": {"visitor", "participant", "national_facilitator"},
    "co_organiser": {"visitor", "participant", "co_organiser"},
    "organiser": {"visitor", "participant", "organiser"},
    "organiser_other": {"visitor", "participant", "organiser"},
    "local_authority_a": {"visitor", "participant", "local_authority", "call_officer"},
    "local_authority_b": {"visitor", "participant", "local_authority", "call_officer"},
    "auditor": {"visitor", "participant", "auditor"},
    "administrator": {"visitor", "participant", "administrator"},
}
# The rooms of the fixture: whom each facilitator may invite to (m), and which they may change (c).
# What is not written is forbidden; `room_private` is then missing.
ROOMS = ("room_national", "room_hub", "room_other_hub", "room_local", "room_private")
OF_ROOMS = {
    "local_facilitator": {"room_local": "m"},
    "hub_facilitator": {"room_hub": "m", "room_local": "mc"},
    "other_hub_facilitator": {"room_other_hub": "m", "room_private": "mc"},
    "national_facilitator": {"room_national": "m", **dict.fromkeys(ROOMS[1:], "mc")},
    "administrator": dict.fromkeys(ROOMS, "mc"),
}
ENDS = ("/sign-out", "/done")
CASES = [
    *((role, "open") for role in HELD),
    ("organiser", "draft_other"),
    ("visitor", "missing"),
    ("organiser", "missing"),
]


def allowed(app, rule, role):
    action = access.rule_of(app, rule.endpoint)
    return action == access.PUBLIC or any(roles.allowed(one, action) for one in HELD[role])


def wrong(status, *, may, method, visitor):
    """Say whether a status is against the rule."""
    if status >= 500:
        return True
    if may:
        return False
    if visitor and method == "GET":
        return status != 303
    return status != 403


def calls(world, target):
    """Every address and method; what takes things away comes last."""
    found = [
        (rule, url, method)
        for rule in addresses.rules(world.app)
        for url in addresses.build(world.app, rule, world.values[target])
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if url not in ENDS
    ]
    return sorted(found, key=lambda call: (call[2] != "GET", "delete" in call[1]))


@pytest.mark.parametrize(
    ("world", "role", "target"),
    [
        *(("sqlite", *case) for case in CASES),
        ("postgresql", "visitor", "open"),
        ("postgresql", "administrator", "open"),
    ],
    indirect=["world"],
)
def test_every_route_obeys_its_rule_for_every_role(world, role, target):
    agent, found = world.agents[role], []
    for rule, url, method in calls(world, target):
        may = allowed(world.app, rule, role)
        answer = send(agent, method, url)
        if wrong(answer.status, may=may, method=method, visitor=role == "visitor"):
            found.append((method, url, answer.status, answer.text[:300]))
    assert not found


def send(agent, method, url):
    if method == "GET":
        return agent.get(url)
    if "/api/" in url:
        return agent.open(method, url, json={})
    return agent.post(url)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_another_organisers_is_forbidden_and_their_draft_missing(world, method):
    agent, found = world.agents["organiser_other"], []
    for rule, url, verb in calls(world, "open"):
        if verb != method or "<" not in rule.rule or not own(rule):
            continue
        status = send(agent, method, url).status
        found += [] if status == 403 else [(url, status)]
    for rule, url, verb in calls(world, "draft"):
        if verb != method or "<slug>" not in rule.rule or not own(rule):
            continue
        status = send(agent, method, url).status
        found += [] if status == 404 else [(url, status)]
    assert not found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("who", HELD)
def test_a_room_is_looked_after_from_itself_and_from_above_only(world, who, room):
    """Every facilitator against their own room, those below, above, and of another hub."""
    agent, found = world.agents[who], []
    rights = OF_ROOMS.get(who, {}).get(room, "")
    hidden = room == "room_private" and not rights
    assert agent.get(world.things[room].path).status == (404 if hidden else 200)
    for rule, url, method in calls(world, room):
        if not rule.rule.startswith(("/console/rooms/<slug>", "/rooms/<slug>/write")):
            continue
        right = "c" if rule.rule.endswith("/edit") else "m"
        status = send(agent, method, url).status
        if right in rights:
            wrong_status = status in (303, 403) and (method == "GET" or status == 403)
        elif allowed(world.app, rule, who):
            wrong_status = status != (404 if hidden else 403)
        else:
            wrong_status = status != (303 if who == "visitor" and method == "GET" else 403)
        found += [(method, url, status)] if wrong_status else []
    assert not found


def test_what_the_manifest_says_is_what_the_matrix_holds(world):
    from consult.cli import check_fixture

    said = check_fixture.held()
    assert {who: said[who] for who in HELD} == HELD


def own(rule):
    """Whether the route acts on a consultation of whoever calls it, given by the address."""
    text = rule.rule
    if any(word in text for word in ("rooms", "open-room", "-call")):
        return False
    about_part = any(name in text for name in ("<document_id>", "<question_id>", "<theme_id>"))
    return text.startswith("/console/") and "/copy" not in text and not about_part or (
        text.endswith("/decision")
    )  # fmt: skip


@pytest.mark.parametrize("url", ["/sign-out", "/done", "/language"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_a_post_acts(world, url, method):
    agent = world.agents["citizen_b"]
    answer = agent.open(
        method,
        f"{url}?_method=POST",
        headers={"X-HTTP-Method-Override": "POST", "X-CSRFToken": agent.token},
    )
    assert answer.status == 405
    assert agent.get("/account").status == 200


def test_reading_an_address_that_writes_changes_nothing(world):
    agent, found = world.agents["organiser"], []
    for rule, url, method in calls(world, "open"):
        if method != "POST" or "GET" in rule.methods or "/api/" in url:
            continue
        sibling = any(
            "GET" in other.methods and other.rule == rule.rule
            for other in addresses.rules(world.app)
        )
        status = agent.get(f"{url}?_method=POST").status
        if status != 405 and not sibling and url != "/sign-in/code":
            found.append((url, status))
    assert not found
