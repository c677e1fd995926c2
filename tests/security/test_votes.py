"""V4-V9, A4, C13: what may not be counted is not, and what one may not say is not listened to."""

import pytest
from sqlalchemy import func, select

from consult.models import Account, Answer, Consultation, Stance, Statement, Submission
from tests.security.people import Agent


def stored(rows):
    """Everything that counts."""
    rows.rollback()
    names = (Statement.agree, Statement.mixed, Statement.disagree, Statement.state)
    return (
        rows.scalar(select(func.count()).select_from(Stance)),
        rows.execute(select(Statement.id, *names).order_by(Statement.id)).all(),
    )


WRONG = [
    "", "AGREE", "agree ", "1", "0", "-1", "true", "[]", '{"value": "agree"}', "null", "oui",
    "\x00", "agree\x00", "\ud800", "a" * 100_000, "9" * 5000, "٣",
]  # fmt: skip


@pytest.mark.parametrize("value", WRONG[1:], ids=lambda one: ascii(one)[:12])
@pytest.mark.parametrize("name", ["proposal_open", "amendment_open", "argument_open"])
def test_an_opinion_that_does_not_exist_is_refused(world, rows, name, value):
    before = stored(rows)
    path = f"{world.things[name].path}/stance"
    raw = value.encode("utf-8", "surrogatepass")
    assert world.agents["citizen_b"].post(path, {"value": raw}).status == 422
    assert stored(rows) == before


@pytest.mark.parametrize(
    "fields", [{}, {"value": ["agree", "agree"]}, {"value[]": "agree"}, {"value[0]": "agree"}]
)
def test_no_opinion_or_two_is_refused(world, rows, fields):
    before = stored(rows)
    path = f"{world.things['proposal_open'].path}/stance"
    assert world.agents["citizen_b"].post(path, fields).status == 422
    assert stored(rows) == before


@pytest.mark.parametrize("place", ["answers", "amendments", "arguments"])
def test_an_opinion_through_the_address_of_another_kind_is_missing(world, rows, place):
    before = stored(rows)
    path = f"/{place}/{world.things['proposal_open'].id}/stance"
    assert world.agents["citizen_b"].post(path, {"value": "agree"}).status == 404
    assert stored(rows) == before


CHOICES = [
    ("choice", {"value": ["Le matin", "Le soir"]}),
    ("choice", {"value": "La nuit"}),
    ("choice", {"value[]": "Le matin"}),
    ("choice", {"value": ""}),
    ("choices", {"value": ["Le matin", "Le midi", "Le soir"]}),
    ("choices", {"value": ["Le matin", "Le matin"]}),
    ("choices", {"value": ["Le matin", "La nuit"]}),
    ("choices", {}),
    ("ranking", {"rank-1": "1", "rank-2": "1", "rank-3": "1"}),
    ("ranking", {"rank-1": "9" * 5000}),
    ("number", {"value": "-1"}),
    ("number", {"value": "101"}),
    ("number", {"value": "1e3"}),
    ("number", {"value": "٣٤"}),
    ("number", {"value": "1" + "0" * 30}),
    ("number", {"value": "NaN"}),
    ("number", {"value": "Infinity"}),
    ("number", {"value": ["1", "2"]}),
    ("scale", {"value": "0"}),
    ("scale", {"value": "99"}),
    ("scale", {"value": "1.5"}),
    ("scale", {"value": "²"}),
    ("yes_no", {"value": "maybe"}),
    ("yes_no", {"value": ["yes", "no"]}),
    ("actors", {"name-1": "", "place-1": "Nancy"}),
    ("actors", {"name-1": "Ici", "link-1": "javascript:alert(1)"}),
    ("open", {"value": ["a", "b"]}),
]


@pytest.mark.parametrize(("kind", "fields"), CHOICES)
def test_what_a_question_does_not_offer_is_not_an_answer(world, rows, kind, fields):
    before = rows.scalar(select(func.count()).select_from(Answer))
    path = world.things[f"question_{kind}"].path
    answer = world.agents["citizen_b"].post(f"{path}/send", {**fields, "signed_as": "none"})
    assert answer.status == 422
    rows.rollback()
    assert rows.scalar(select(func.count()).select_from(Answer)) == before


REFUSED = [("upcoming", 409), ("closed", 409), ("draft_other", 404), ("draft", 404),
           ("private", 404)]  # fmt: skip
LIES = {"now": "2026-01-01", "date": "2026-01-01", "created_at": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(("name", "status"), REFUSED)
def test_an_answer_out_of_its_time_or_place_is_not_taken(world, rows, name, status):
    before = stored(rows)
    path = world.things[f"question_{name}"].path
    data = {"value": "Malgré tout", "signed_as": "none", "key": f"key-{name}", **LIES}
    headers = {"Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    for who in ("visitor", "citizen_b"):
        answer = world.agents[who].post(f"{path}/send", data, headers=headers)
        assert answer.status == status
        if status == 409:
            assert "Malgré tout" in answer.text
    assert stored(rows) == before


def test_an_opinion_prepared_while_open_is_not_counted_after_the_close(world, rows):
    path = f"{world.things['answer_closed'].path}/stance"
    before = stored(rows)
    headers = {"Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    answer = world.agents["citizen_b"].post(path, {"value": "agree", **LIES}, headers=headers)
    assert answer.status == 409
    assert stored(rows) == before


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_whoever_gave_no_address_weighs_nothing_where_one_is_needed(
    world, rows, make_answer, headers
):
    path = f"{make_answer('email')}/stance"
    before = stored(rows)
    answer = world.agents["visitor"].post(path, {"value": "agree"}, headers=headers)
    assert answer.status == 403
    assert stored(rows) == before


@pytest.fixture
def make_answer(world, rows):
    """The address of a published answer, sent by a citizen to a consultation of the fixture."""

    def send(name, who="citizen_a", **fields):
        path = world.things[f"question_{name}"].path
        data = {"value": "Une réponse à peser", "signed_as": "none", **fields}
        answer = world.agents[who].post(f"{path}/send", data)
        assert answer.status == 303
        return answer.headers["Location"].removesuffix("/receipt").removeprefix("http://localhost")

    return send


def test_a_shut_out_person_is_not_counted(world, rows):
    from consult.services import accounts

    person = world.made.people["unverified"]
    account = rows.get(Account, person.account.id)
    account.active = True
    link, _ = accounts.new_link(rows, account.email, now=world.now)
    rows.commit()
    agent = Agent(world.app).enter(link)
    assert agent.get("/account").status == 200
    rows.get(Account, account.id).active = False
    rows.commit()
    before = stored(rows)
    path = world.things["proposal_open"].path
    question = world.things["question_open"].path
    assert agent.post(f"{path}/stance", {"value": "agree"}).status == 403
    assert (
        agent.post(f"{question}/send", {"value": "Encore moi", "signed_as": "none"}).status == 403
    )
    assert stored(rows) == before


def test_a_form_sent_twice_is_one_answer_and_its_key_serves_nobody_else(world, rows, make_answer):
    first = make_answer("open", key="the-same-key")
    before = stored(rows)
    assert make_answer("open", key="the-same-key") == first
    assert stored(rows) == before
    other = make_answer("open", who="citizen_b", key="the-same-key")
    assert other != first
    receipt = world.agents["citizen_b"].get(f"{first}/receipt")
    assert receipt.status == 404
    again = world.agents["citizen_a"].post(
        f"{world.things['question_short_text'].path}/send",
        {"value": "Ailleurs", "signed_as": "none", "key": "the-same-key"},
    )
    assert again.status == 409


# ---- fields nobody asked for ------------------------------------------------------------------

SLIPPED = {
    "id": "00000000000000zzzz", "role": "administrator", "roles": "administrator", "is_admin": "1",
    "owner_id": "x", "user_id": "x", "account_id": "x", "participant_id": "x",
    "contribution_id": "x", "author_id": "x", "consultation_id": "x", "parent_id": "x",
    "status": "published", "agree": "1000", "declared_agree": "1000", "score": "1",
    "votes_count": "1000", "created_at": "2020-01-01", "published_at": "2020-01-01",
    "updated_at": "2020-01-01", "decided_at": "2020-01-01", "decision_by": "x", "exposures": "99",
    "assisted_by_id": "x", "origin": "forged", "carried_from_id": "x", "search": "forged",
    "state_reason": "forged", "answers": "1000", "proposals": "1000", "complete": "1",
    "active": "1", "confirmed_at": "2020-01-01", "email_verified": "1", "position": "99",
    "organisation_id": "x", "sha256": "x", "fs_uniquifier": "x", "password": "x",
}  # fmt: skip


def all_equal(rows, statement):
    assert statement.origin is None
    assert statement.carried_from_id is None
    assert statement.state_reason == ""
    assert statement.decided_at is None
    assert (statement.declared_agree, statement.agree, statement.exposures) == (0, 0, 0)
    assert statement.created_at.year == 2026
    assert statement.search != "forged"
    assert statement.organisation_id is None


SENT = [
    ("question_open", "/send", {"value": "Une réponse", "key": "m1"}),
    (
        "consultation_open",
        "/proposals/send",
        {"title": "Une idée", "body": "Son texte", "key": "m2"},
    ),
    ("proposal_open", "/comments/new", {"body": "Un commentaire", "key": "m3"}),
    ("proposal_open", "/arguments/new", {"body": "Un argument", "side": "for", "key": "m4"}),
    ("proposal_open", "/amendments/new", {"body": "Un amendement", "key": "m5"}),
    ("proposal_open", "/sources/new", {"title": "T", "body": "Une source", "key": "m6"}),
]


@pytest.mark.parametrize(("name", "end", "fields"), SENT)
def test_fields_that_a_form_does_not_have_change_nothing(world, rows, name, end, fields):
    url = f"{world.things[name].path}{end}"
    agent = world.agents["citizen_b"]
    answer = agent.post(url, {**SLIPPED, "signed_as": "none", **fields})
    assert answer.status == 303, answer.text[:400]
    found = rows.scalars(
        select(Statement)
        .join(Submission, Submission.statement_id == Statement.id)
        .where(Submission.key == fields["key"])
    ).one()
    all_equal(rows, found)
    assert found.consultation_id == world.things["consultation_open"].id
    account = world.made.people["citizen_b"].account.id
    from consult.models import Participant

    assert rows.get(Participant, found.participant_id).account_id == account
    assert rows.get(Statement, SLIPPED["id"]) is None


def test_posting_the_id_of_another_text_does_not_touch_it(world, rows):
    other = world.things["proposal_open"].id
    before = rows.get(Statement, other).body
    agent = world.agents["citizen_b"]
    for name, end, fields in SENT:
        data = {**fields, "key": f"x{fields['key']}", "id": other, "statement_id": other}
        agent.post(f"{world.things[name].path}{end}", data)
    rows.rollback()
    assert rows.get(Statement, other).body == before


def test_moderation_is_not_avoided_by_naming_a_state(world, rows, make_answer):
    path = make_answer(
        "moderated", state="published", status="published", published_at="2020-01-01"
    )
    statement = rows.get(Statement, path.rsplit("/", 1)[1])
    assert statement.state == "pending"
    assert statement.published_at is None


def test_an_organiser_gives_away_nothing_by_an_extra_field(world, rows):
    agent, thing = world.agents["organiser"], world.things["consultation_open"]
    url = f"/console{thing.path}/edit"
    import re

    page = agent.get(url).text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', page)[1]
    data = {
        "title": "Consultation open", "asked_by": "Moi", "purpose": "Vérifier", "access": "open",
        "moderation": "after", "results": "live", "follows_id": "", "version": version,
    }  # fmt: skip
    extra = SLIPPED | {"slug": "forged", "template": "ideas", "time_zone": "Etc/GMT+5"}
    before = rows.get(Consultation, thing.id)
    kept = (before.owner_id, before.slug, before.template, before.created_at, before.answers)
    assert agent.post(url, {**extra, **data}).status == 303
    rows.rollback()
    after = rows.get(Consultation, thing.id)
    assert (after.owner_id, after.slug, after.template, after.created_at, after.answers) == kept
    assert after.origin is None


# ---- two windows ------------------------------------------------------------------------------


def test_an_old_window_does_not_overwrite_a_newer_text(world, rows, make_answer):
    path = make_answer("open", key="two-windows")
    identifier = path.rsplit("/", 1)[1]
    agent = world.agents["citizen_a"]
    url = f"/statements/{identifier}/edit"
    assert agent.post(url, {"value": "La version deux", "version": "1"}).status == 303
    for version in ("1", "0", "", "-1", "9" * 5000, "x", "2147483648"):
        stale = agent.post(url, {"value": "Écrit ailleurs, ananas", "version": version})
        assert stale.status == 409
        assert "ananas" in stale.text
        assert "La version deux" in stale.text or "deux" in stale.text
    rows.rollback()
    assert rows.get(Statement, identifier).body == "La version deux"
    assert world.agents["citizen_b"].get(url).status == 403
    assert world.agents["citizen_b"].post(url, {"value": "Vol", "version": "2"}).status == 403
    assert world.agents["citizen_b"].post(f"/statements/{identifier}/withdraw").status == 403


@pytest.mark.parametrize("who", ["visitor", "citizen_b", "mediator", "organiser_other"])
def test_only_the_organiser_decides_an_amendment(world, rows, who):
    path = world.things["amendment_open"].path
    data = {"verdict": "accepted", "reason": "Parce que", "text": "Autre", "version": "1"}
    assert world.agents[who].post(f"{path}/decision", data).status == 403
    rows.rollback()
    assert rows.get(Statement, world.things["amendment_open"].id).decision is None
