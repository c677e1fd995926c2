"""Answers through the interface: taken once, refused by the name of the field."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Answer, Contribution, ListedPerson, Participant, Stance, Statement

RECEIPT = {"id", "tracking_number", "url"}


@pytest.fixture
def question(make):
    return make.question(make.theme(make.consultation()))


def send(program, question, value="Il faut un lieu par canton.", **headers):
    return program.post(f"/questions/{question.id}/answers", {"value": value}, **headers)


def weigh(program, statement, value, kind="proposals"):
    return program.put(f"/{kind}/{statement.id}/stance", {"value": value})


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_an_answer_needs_no_token_where_the_consultation_is_open(
    program, session, question, conforms
):
    found = program.post(
        f"/questions/{question.id}/answers",
        {
            "value": "Un lieu par canton.\r\n",
            "territory": "D-54",
            "signature": {"as": "organisation", "text": "La Grange", "function": "Directrice"},
        },
    )
    assert found.status_code == 201
    receipt = conforms(found, "Receipt")
    assert set(receipt) == RECEIPT
    answer = session.get(Answer, receipt["id"])
    assert (answer.body, answer.territory_code) == ("Un lieu par canton.", "D-54")
    assert (answer.signed_as, answer.signature) == ("organisation", "La Grange")
    assert (answer.function, answer.state) == ("Directrice", "published")
    contribution = session.get(Contribution, answer.contribution_id)
    assert receipt["tracking_number"] == contribution.tracking_number
    assert receipt["url"] == found.headers["Location"] == f"http://localhost/answers/{answer.id}"


def test_the_device_given_back_makes_the_next_answer_the_same_person_s(
    program, session, make, question
):
    other = make.question()
    first = send(program, question)
    assert "device=" in first.headers["Set-Cookie"]
    assert "HttpOnly" in first.headers["Set-Cookie"]
    second = send(program, question, "Encore une.")
    assert "Set-Cookie" not in second.headers
    assert first.json["tracking_number"] == second.json["tracking_number"]
    elsewhere = send(program, other)
    assert elsewhere.json["tracking_number"] != first.json["tracking_number"]
    assert count(session, Participant) == 1


def test_programs_without_a_cookie_are_different_people(program, session, question):
    numbers = set()
    for _ in range(3):
        numbers.add(send(program, question).json["tracking_number"])
        program.client.delete_cookie("device")
    assert len(numbers) == 3
    assert count(session, Participant) == 3


def test_the_same_key_gives_the_same_result(program, session, question):
    found = [
        send(program, question, text, Idempotency_Key="a-1") for text in ("Une", "Une", "Deux")
    ]
    assert {answer.status_code for answer in found} == {201}
    assert len({answer.data for answer in found}) == 1
    assert count(session, Answer) == 1
    assert send(program, question, "Une", Idempotency_Key="a-2").json["id"] != found[0].json["id"]


def test_the_key_of_another_never_gives_their_receipt(program, known, make, session, question):
    mine = send(program, question, Idempotency_Key="a-1").json
    for other in (known(make.account()), known(make.account())):
        theirs = send(other, question, Idempotency_Key="a-1").json
        assert theirs["id"] != mine["id"]
        assert theirs["tracking_number"] != mine["tracking_number"]
    program.client.delete_cookie("device")
    assert send(program, question, "Autre", Idempotency_Key="a-1").json["id"] != mine["id"]
    assert count(session, Answer) == 4


def test_a_caller_that_lost_the_first_receipt_meets_it_again(program, session, question):
    """The line was cut before the cookie came: the same words with the same key are one answer."""
    first = send(program, question, Idempotency_Key="a-1").json
    program.client.delete_cookie("device")
    assert send(program, question, Idempotency_Key="a-1").json == first
    assert count(session, Answer) == 1


def test_a_key_used_for_another_question_is_refused(program, make, question):
    send(program, question, Idempotency_Key="a-1")
    found = send(program, make.question(), Idempotency_Key="a-1")
    assert found.status_code == 409


@pytest.mark.parametrize("key", ["", "x" * 81, "a\tb", "\x80"])
def test_a_key_that_cannot_be_read_is_refused_by_name(program, session, question, key):
    found = send(program, question, Idempotency_Key=key)
    assert found.status_code == 422
    assert found.json["errors"][0]["header"] == "Idempotency-Key"
    assert count(session, Answer) == 0


def test_the_same_key_sent_at_the_same_moment_is_one_answer(app, known, make, session, question):
    caller = known(make.account())

    def post(_number):
        with app.test_client() as client:
            return client.post(
                f"/api/v1/questions/{question.id}/answers",
                json={"value": "Une fois."},
                headers=caller.headers | {"Idempotency-Key": "a-1"},
            )

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(post, range(8)))
    assert {answer.status_code for answer in found} <= {201, 409, 503}
    receipts = {answer.json["id"] for answer in found if answer.status_code == 201}
    assert len(receipts) == 1
    assert count(session, Answer) == 1


def test_an_account_answers_with_its_token_in_its_own_name(known, make, session, question):
    account = make.account()
    first, second = send(known(account), question), send(known(account), question)
    assert first.json["tracking_number"] == second.json["tracking_number"]
    assert "Set-Cookie" not in first.headers
    answer = session.get(Answer, first.json["id"])
    assert session.get(Participant, answer.participant_id).account_id == account.id


def test_an_answer_waits_where_a_person_reads_it_first(program, session, make):
    question = make.question(make.theme(make.consultation(moderation="before", slug="relue")))
    found = send(program, question)
    assert found.status_code == 201
    assert session.get(Answer, found.json["id"]).state == "pending"
    assert program.get("/consultations/relue/answers").json["items"] == []


@pytest.mark.parametrize(
    ("access", "nobody", "someone", "listed"),
    [("open", 201, 201, 201), ("email", 403, 201, 201), ("listed", 404, 404, 201)],
)
def test_who_may_answer(program, known, make, session, access, nobody, someone, listed):
    consultation = make.consultation(access=access)
    question = make.question(make.theme(consultation))
    account, friend = make.account(), make.account()
    session.add(ListedPerson(consultation_id=consultation.id, email=friend.email))
    session.commit()
    assert send(program, question).status_code == nobody
    assert send(known(account), question).status_code == someone
    assert send(known(friend), question).status_code == listed
    unproven = make.account(confirmed_at=None)
    assert send(known(unproven), question).status_code == nobody


def test_a_person_shut_out_does_not_write(known, make, session, question):
    caller = known(make.account(active=False))
    assert caller.get("/consultations").status_code == 200
    found = send(caller, question)
    assert (found.status_code, found.json["code"]) == (403, "account-shut-out")
    assert count(session, Answer) == 0


def test_before_the_opening_and_after_the_close(program, make, session, now):
    early = make.consultation(opens_at=now + timedelta(hours=1))
    late = make.consultation(closes_at=now)
    for consultation, code in ((early, "not-open-yet"), (late, "consultation-closed")):
        theme = make.theme(consultation)
        found = send(program, make.question(theme))
        assert (found.status_code, found.json["code"]) == (409, code)
        found = weigh(program, make.proposal(theme), "agree")
        assert (found.status_code, found.json["code"]) == (409, code)
        assert "Set-Cookie" not in found.headers
    assert count(session, Answer) == count(session, Stance) == count(session, Participant) == 0


def test_a_hidden_question_and_a_missing_one_are_answered_alike(program, make, session):
    draft = make.question(make.theme(make.consultation(published_at=None)))
    listed = make.question(make.theme(make.consultation(access="listed")))
    hidden = make.question(make.theme(make.consultation(), hidden=True))
    paths = [draft.id, listed.id, hidden.id, "0" * 18, "%00", "a" * 300, "%ED%A0%80"]
    found = [program.post(f"/questions/{id}/answers", {"value": "Oui"}) for id in paths]
    assert {answer.status_code for answer in found} == {404}
    assert len({answer.data for answer in found}) == 1
    assert count(session, Answer) == 0


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/value"),
        ({"value": None}, "#/value"),
        ({"value": "  "}, "#/value"),
        ({"value": 2**63}, "#/value"),
        ({"value": ["Oui"]}, "#/value"),
        ({"value": {"text": "Oui"}}, "#/value"),
        ({"value": "a\x00b"}, "#/value"),
        ({"value": "a\ud800b"}, "#/value"),
        ({"value": "é" * 20_001}, "#/value"),
        ({"value": "Oui", "territory": "D-00"}, "#/territory"),
        ({"value": "Oui", "territory": 2**63}, "#/territory"),
        ({"value": "Oui", "territory": "\ud800"}, "#/territory"),
        ({"value": "Oui", "territory": "\x00"}, "#/territory"),
        ({"value": "Oui", "signature": "Ana"}, "#/signature"),
        ({"value": "Oui", "signature": {"as": "king"}}, "#/signature/as"),
        ({"value": "Oui", "signature": {}}, "#/signature/as"),
        ({"value": "Oui", "signature": {"as": "name"}}, "#/signature"),
        ({"value": "Oui", "signature": {"as": "name", "text": "\x00"}}, "#/signature"),
        ({"value": "Oui", "signature": {"as": "name", "text": "a" * 201}}, "#/signature"),
        ({"value": "Oui", "signature": {"as": "name", "text": 1}}, "#/signature/text"),
        ({"value": "Oui", "signature": {"as": "none", "role": "admin"}}, "#/signature/role"),
        ({"value": "Oui", "state": "published"}, "#/state"),
        ({"value": "Oui", "a/b~": 1}, "#/a~1b~0"),
        ([], "#"),
        ("Oui", "#"),
    ],
)
def test_each_mistake_is_named_by_its_place(program, session, question, body, pointer):
    found = program.post(f"/questions/{question.id}/answers", body)
    assert found.status_code == 422
    assert [wrong["pointer"] for wrong in found.json["errors"]] == [pointer]
    assert found.json["errors"][0]["detail"]
    assert count(session, Statement) == 0
    assert "Set-Cookie" not in found.headers


def test_several_mistakes_are_all_named(program, question):
    body = {"territory": 1, "signature": {"as": "x"}, "more": 1}
    found = program.post(f"/questions/{question.id}/answers", body)
    pointers = {wrong["pointer"] for wrong in found.json["errors"]}
    assert pointers == {"#/value", "#/territory", "#/signature/as", "#/more"}


def test_a_refusal_speaks_the_language_asked_for(program, question):
    path = f"/questions/{question.id}/answers"
    english = program.post(path, {"value": ""}, Accept_Language="en").json["detail"]
    assert english == "Write your answer."


@pytest.mark.parametrize(
    ("kind", "options", "good", "bad"),
    [
        ("choice", {"choices": ["Oui", "Non"]}, "Oui", "Peut-être"),
        ("choices", {"choices": ["A", "B", "C"], "max": 2}, ["A", "C"], ["A", "A"]),
        ("scale", {}, 3, 99),
        ("ranking", {"choices": ["A", "B"]}, ["B", "A"], ["B", "B"]),
        ("number", {}, 12, 10**30),
    ],
)
def test_each_kind_takes_its_own_value(program, make, session, kind, options, good, bad):
    theme = make.theme(make.consultation(slug="genres"))
    question = make.question(theme, kind=kind, options=options)
    found = send(program, question, good)
    assert found.status_code == 201, found.json
    listed = program.get("/consultations/genres/answers").json["items"]
    assert [item["value"] for item in listed] == [session.get(Answer, found.json["id"]).value]
    refused = send(program, question, bad)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "#/value"
