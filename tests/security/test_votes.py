"""V4-V9, C13: what may not be counted is not, and no old window overwrites a text."""

import pytest
from sqlalchemy import func, select

from consult.models import Account, Answer, Stance, Statement
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
