"""Reading through the interface: what is published, by pages, and nothing more."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from consult.models import AnswerQuestion, ListedPerson

LISTS = ("answers", "proposals", "arguments", "amendments")


def ids(answer):
    return [item["id"] for item in answer.json["items"]]


def test_the_list_shows_what_is_public_the_open_ones_first(program, make, now, conforms):
    closed = make.consultation(closes_at=now - timedelta(days=1))
    open_ = make.consultation(territory_code="D-54")
    make.consultation(published_at=None)
    make.consultation(complete=False)
    make.consultation(access="listed")
    found = conforms(program.get("/consultations"), "Consultations")
    assert [item["slug"] for item in found["items"]] == [open_.slug, closed.slug]
    assert [item["phase"] for item in found["items"]] == ["open", "closed"]
    assert found["items"][0]["territory"] == {"code": "D-54", "name": "Meurthe-et-Moselle"}
    assert found["next"] is None
    assert ids(program.get("/consultations?phase=closed")) == [closed.id]
    assert ids(program.get("/consultations?territory=R-44")) == [open_.id, closed.id]
    assert ids(program.get("/consultations?territory=C-988")) == []


def test_a_consultation_carries_its_themes_its_questions_and_its_counts(
    program, make, consultation, theme, question, conforms
):
    make.answer(question)
    make.proposal(theme)
    hidden = make.theme(consultation, number=9, hidden=True)
    make.question(hidden, number=1)
    make.theme(consultation, number=8, position=2)
    choice = make.question(theme, number=3, kind="choice", options={"choices": ["Oui", "Non"]})
    found = conforms(program.get("/consultations/numerique"), "WholeConsultation")
    assert found["counts"] == {"answers": 1, "proposals": 1}
    assert found["url"] == "http://localhost/consultations/numerique"
    assert [(one["number"], len(one["questions"])) for one in found["themes"]] == [
        ("3", 2),
        ("8", 0),
    ]
    first, second = found["themes"][0]["questions"]
    assert (first["id"], first["number"], first["counts"]["answers"]) == (question.id, "3-2", 1)
    assert first["url"] == "http://localhost/consultations/numerique/questions/3-2"
    assert (second["id"], second["options"]["choices"]) == (choice.id, ["Oui", "Non"])


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_holds_published_texts_whole(program, make, theme, question, conforms, kind):
    long = "Un texte long. " * 100
    proposal = make.proposal(theme)
    texts = {
        "answers": lambda **facts: make.answer(question, **facts),
        "proposals": lambda **facts: make.proposal(theme, **facts),
        "arguments": lambda **facts: make.argument(proposal, **facts),
        "amendments": lambda **facts: make.amendment(proposal, **facts),
    }
    shown = texts[kind](
        body=long, territory_code="D-54", signed_as="name", signature="Ana", declared_agree=3
    )
    for state in ("awaiting", "pending", "to_correct", "hidden", "withdrawn"):
        texts[kind](state=state)
    found = conforms(program.get(f"/consultations/numerique/{kind}"), kind.capitalize())
    item = next(item for item in found["items"] if item["id"] == shown.id)
    assert len(found["items"]) == (2 if kind == "proposals" else 1)
    assert item["text"] == long
    assert item["counts"] == {"agree": 3, "mixed": 0, "disagree": 0}
    assert item["territory"] == {"code": "D-54", "name": "Meurthe-et-Moselle"}
    assert item["signature"]["as"] == "name"
    assert item["signature"]["text"] == "Ana"
    assert item["created_at"].endswith("+00:00")
    if kind in ("arguments", "amendments"):
        assert item["parent"] == proposal.id


@pytest.mark.parametrize("kind", ["arguments", "amendments"])
def test_what_is_said_of_a_hidden_text_is_hidden_with_it(program, make, consultation, theme, kind):
    hidden = make.theme(consultation, number=9, hidden=True)
    for parent in (make.proposal(theme, state="hidden"), make.proposal(hidden)):
        make.argument(parent)
        make.amendment(parent)
    assert ids(program.get(f"/consultations/numerique/{kind}")) == []


@pytest.mark.parametrize("kind", ["answers", "proposals"])
def test_a_hidden_theme_hides_its_texts(program, make, consultation, kind):
    hidden = make.theme(consultation, hidden=True)
    make.answer(make.question(hidden))
    make.proposal(hidden)
    assert ids(program.get(f"/consultations/numerique/{kind}")) == []


def test_a_list_is_narrowed_to_a_question_by_its_numbers_or_its_identifier(
    program, session, make, theme, question
):
    other = make.question(theme, number=7)
    own = make.answer(question)
    also = make.answer(other)
    make.answer(other)
    session.add(AnswerQuestion(statement_id=also.id, question_id=question.id))
    session.commit()
    for name in ("3-2", question.id):
        found = program.get(f"/consultations/numerique/answers?question={name}")
        assert set(ids(found)) == {own.id, also.id}
        assert {item["question"]["number"] for item in found.json["items"]} == {"3-2", "3-7"}
    idea, elsewhere = make.proposal(theme, question_id=question.id), make.proposal(theme)
    kept = make.argument(idea)
    make.argument(elsewhere)
    assert ids(program.get("/consultations/numerique/arguments?question=3-2")) == [kept.id]
    assert ids(program.get("/consultations/numerique/proposals?question=3-2")) == [idea.id]


@pytest.mark.parametrize("name", ["3-9", "9-2", "0000000000", "0-0"])
def test_an_unknown_question_is_missing(program, question, name):
    found = program.get(f"/consultations/numerique/answers?question={name}")
    assert (found.status_code, found.json["code"]) == (404, "question-unknown")


def test_a_question_of_another_consultation_is_as_unknown(program, make, question):
    elsewhere = make.question()
    found = program.get(f"/consultations/numerique/answers?question={elsewhere.id}")
    assert found.status_code == 404


def test_a_territory_holds_all_that_lies_in_it(program, make, question):
    inside = make.answer(question, territory_code="D-54")
    region = make.answer(question, territory_code="R-44")
    make.answer(question, territory_code="C-988")
    make.answer(question)
    found = program.get("/consultations/numerique/answers?territory=R-44")
    assert set(ids(found)) == {inside.id, region.id}
    assert ids(program.get("/consultations/numerique/answers?territory=D-54")) == [inside.id]


def test_pages_follow_each_other_without_a_hole_nor_a_double(program, make, question):
    sent = [make.answer(question).id for _ in range(7)]
    seen, path = [], "/consultations/numerique/answers?limit=3&question=3-2"
    for _ in range(3):
        found = program.get(path)
        seen += ids(found)
        if found.json["next"] is None:
            assert "Link" not in found.headers
            break
        address, rel = found.headers["Link"].split("; ")
        assert rel == 'rel="next"'
        parts = urlsplit(address.strip("<>"))
        assert "question=3-2" in parts.query
        path = f"{parts.path}?{parts.query}".removeprefix("/api/v1")
    assert seen == sent[::-1]


def test_counts_stay_out_of_sight_until_the_close(program, make, now):
    hidden = make.consultation(slug="caches", results="after_close")
    theme = make.theme(hidden)
    proposal = make.proposal(theme, declared_agree=712345)
    make.answer(make.question(theme), declared_agree=712345)
    make.argument(proposal, declared_agree=712345)
    make.amendment(proposal, declared_agree=712345)
    for kind in LISTS:
        found = program.get(f"/consultations/caches/{kind}")
        assert found.json["items"][0]["counts"] is None
        assert "712345" not in found.get_data(as_text=True)
    make.session.get(type(hidden), hidden.id).closes_at = now - timedelta(hours=1)
    make.session.commit()
    found = program.get("/consultations/caches/proposals")
    assert found.json["items"][0]["counts"]["agree"] == 712345


@pytest.mark.parametrize("rest", ["", *(f"/{kind}" for kind in LISTS)])
def test_hidden_and_missing_are_answered_alike(program, make, rest):
    make.consultation(slug="brouillon", published_at=None)
    make.consultation(slug="entre-nous", access="listed")
    found = [program.get(f"/consultations/{s}{rest}") for s in ("brouillon", "entre-nous", "rien")]
    assert {answer.status_code for answer in found} == {404}
    assert len({answer.data for answer in found}) == 1


def test_a_token_shows_what_its_account_may_know_of(session, make, known):
    owner, listed, other = make.account("organiser"), make.account(), make.account()
    make.consultation(slug="brouillon", published_at=None, owner_id=owner.id)
    private = make.consultation(slug="entre-nous", access="listed")
    session.add(ListedPerson(consultation_id=private.id, email=listed.email))
    session.commit()
    assert known(owner).get("/consultations/brouillon").status_code == 200
    assert known(listed).get("/consultations/entre-nous").status_code == 200
    for path in ("/consultations/brouillon", "/consultations/entre-nous"):
        assert known(other).get(path).status_code == 404


def test_territories_are_a_tree(program, conforms):
    found = conforms(program.get("/territories?parent=R-44"), "Territories")
    assert [item["code"] for item in found["items"]] == ["A-41", "D-51", "D-54"]
    assert {item["parent"] for item in found["items"]} == {"R-44"}
    regions = program.get("/territories?kind=region").json["items"]
    assert [item["code"] for item in regions] == ["C-988", "R-44"]
    for group, member in (("E-245400676", "M-54395"), ("A-41", "D-54")):
        [item] = program.get(f"/territories?parent={group}").json["items"]
        assert item["code"] == member
    for words in ("54000", "NANCY", "nán"):
        [item] = program.get(f"/territories?kind=commune&q={words}").json["items"]
        assert (item["code"], item["parent"]) == ("M-54395", "D-54")
    assert program.get("/territories?q=%25").json["items"] == []
    first = program.get("/territories?limit=2").json
    second = program.get(f"/territories?limit=2&cursor={first['next']}").json
    codes = [item["code"] for item in first["items"] + second["items"]]
    assert codes == sorted(codes)
    assert len(set(codes)) == 4
