import base64
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from consult import exposure
from consult.models import Outcome, Statement


@pytest.fixture
def consultation(make):
    return make.consultation(slug="grand-est")


@pytest.fixture
def question(make, consultation):
    return make.question(make.theme(consultation, number=3, label="III"), number=2)


ANSWERS = "/consultations/grand-est/questions/3-2/answers"
ALL = "/consultations/grand-est/answers"
PROPOSALS = "/consultations/grand-est/proposals"


def shown(page):
    """The ids of the rows on a page, in order."""
    found = [
        url.split("/")[2] for url in page.links() if url.startswith(("/answers/", "/proposals/"))
    ]
    return list(dict.fromkeys(found))


def test_only_published_answers_to_the_question_are_listed(browser, make, question):
    answer = make.answer(question, body="Une carte vivante")
    for state in ("awaiting", "pending", "to_correct", "hidden", "withdrawn"):
        make.answer(question, body=f"Texte {state}", state=state)
    make.answer(make.question(), body="Ailleurs")
    page = browser.get(ANSWERS)
    assert shown(page) == [answer.id]
    assert "Une carte vivante" in page.words()
    assert "1 réponse" in page.words() or "1 answer" in page.words()


def test_the_proposals_are_listed_with_their_title(browser, make, question):
    theme = make.theme(make.session.get_one(type(make.consultation()), question.consultation_id))
    proposal = make.proposal(theme, title="Ouvrir les données")
    page = browser.get(PROPOSALS)
    assert shown(page) == [proposal.id]
    assert "Ouvrir les données" in page.words()


def test_every_page_is_reached_and_no_row_is_lost(browser, make, question):
    made = [make.answer(question).id for _ in range(45)]
    for order in ("exposed", "newest"):
        seen, url = [], f"{ANSWERS}?order={order}"
        while url:
            page = browser.get(url)
            seen += shown(page)
            url = next((u for u in page.links() if "cursor=" in u), None)
        assert set(seen) == set(made)
        # what the first page shows is counted as seen, and may come once more at the end
        assert len(seen) <= len(made) + (20 if order == "exposed" else 0)


def test_the_fragment_is_the_list_alone_and_says_how_many(app, make, question):
    make.answer(question)
    response = app.test_client().get(ANSWERS, headers={"HX-Request": "true"})
    text = response.get_data(as_text=True)
    assert text.lstrip().startswith('<div id="list">')
    assert "<html" not in text
    assert "1" in json.loads(response.headers["HX-Trigger"])["toast"]


def test_the_filters_narrow_the_list(browser, session, make, consultation, question, now):
    other = make.question(make.theme(consultation, number=4), number=1)
    place = make.answer(question, territory_code="D-54", actor_kind="place")
    far = make.answer(other, territory_code="C-988", actor_kind="resident")
    session.add(
        Outcome(
            consultation_id=consultation.id,
            statement_id=far.id,
            verdict="kept",
            body="Oui",
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    for asked, expected in (
        ({"theme": question.theme_id}, place),
        ({"question": other.id}, far),
        ({"territory": "R-44"}, place),
        ({"actor": "resident"}, far),
        ({"state": "kept"}, far),
        ({"territory": "R-44", "actor": "place", "order": "newest"}, place),
    ):
        assert shown(browser.get(f"{ALL}?{urlencode(asked)}")) == [expected.id], asked
    for asked in ({"theme": "x"}, {"territory": "nowhere"}, {"actor": "king"}, {"state": "kept'"}):
        page = browser.get(f"{ALL}?{urlencode(asked)}")
        assert page.status == 200
        assert shown(page) == []


def test_the_least_seen_comes_first_while_open(browser, session, make, question):
    often, rarely = make.answer(question, exposures=9), make.answer(question, exposures=1)
    assert shown(browser.get(ANSWERS)) == [rarely.id, often.id]
    assert shown(browser.get(f"{ANSWERS}?order=supported")) == [rarely.id, often.id]


def test_what_is_shown_is_counted_as_seen(app, browser, session, make, question):
    answer = make.answer(question)
    browser.get(ANSWERS)
    with app.app_context():
        exposure.flush(force=True)
    assert session.get_one(Statement, answer.id, populate_existing=True).exposures == 1


def test_turning_the_pages_while_others_read_comes_to_an_end(app, make, question):
    made = {make.answer(question).id for _ in range(41)}
    client, url, turns, seen = app.test_client(), ANSWERS, 0, set()
    from tests.browser import Page

    while url:
        page = Page(client.get(url), url, fragment=False)
        seen |= set(shown(page))
        with app.app_context():
            exposure.flush(force=True)
        url, turns = next((u for u in page.links() if "cursor=" in u), None), turns + 1
        assert turns <= 5
    assert seen == made


def test_the_best_supported_comes_first_after_the_close(browser, make, now):
    consultation = make.consultation(slug="grand-est", closes_at=now - timedelta(days=1))
    question = make.question(make.theme(consultation, number=3), number=2)
    few = make.answer(question, declared_agree=1)
    many = make.answer(question, declared_agree=90, declared_disagree=2)
    talked = make.answer(question)
    make.comment(talked)
    assert shown(browser.get(ANSWERS)) == [many.id, few.id, talked.id]
    assert shown(browser.get(f"{ANSWERS}?order=discussed"))[0] == talked.id
    assert "formaction" not in browser.get(ANSWERS).text


def test_counts_stay_hidden_until_the_close(browser, make, now):
    consultation = make.consultation(slug="grand-est", results="after_close")
    question = make.question(make.theme(consultation, number=3), number=2)
    make.answer(question, declared_agree=4321)
    page = browser.get(ANSWERS)
    assert "4321" not in page.text
    assert "4 321" not in page.words()
    assert "formaction" in page.text


def test_an_opinion_is_given_from_the_list_and_shown_as_ones_own(browser, make, question):
    answer = make.answer(question)
    page = browser.get(ANSWERS)
    browser.submit(
        page,
        action="/consultations/grand-est",
        button=f"/answers/{answer.id}/stance",
        value="agree",
    )
    assert 'aria-pressed="true"' in browser.get(ANSWERS).text
    assert 'aria-pressed="true"' not in browser.again().get(ANSWERS).text


def forged(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


TAMPERED = [
    "x",
    "%%%",
    "AAAA",
    "é",
    "\x00",
    forged(),
    forged(1),
    forged("a", "b"),
    forged(True, "b"),
    forged([1], "b"),
    forged(2**60, "b"),
    forged(2**40, "b"),
    forged(-(2**40), "b"),
    forged(1, "a\x00"),
    forged(1, "\ud800"),
    forged(1, "a" * 5_000),
    forged(None, None),
    forged(1.5, "b"),
    base64.urlsafe_b64encode(b"[NaN, 1]").decode(),
    base64.urlsafe_b64encode(b"[" * 100_000).decode()[:4_000],
]


@pytest.mark.parametrize("cursor", TAMPERED, ids=range(len(TAMPERED)))
def test_a_cursor_that_was_tampered_with_is_not_found(browser, make, question, cursor):
    make.answer(question)
    page = browser.get(f"{ANSWERS}?{urlencode({'cursor': cursor})}")
    assert page.status == 404
    assert not page.all("script") or all(s.get("src") for s in page.all("script"))


@pytest.mark.parametrize("path", [ANSWERS, ALL, PROPOSALS, "/consultations", "/search?q=carte"])
@pytest.mark.parametrize(
    "asked",
    [
        {"page": "-1"},
        {"page": "a", "per_page": "1000000"},
        {"sort": "password_hash", "owner__email__startswith": "a"},
        {"order": "'; drop table statement --", "limit": "1e9"},
        {"territory": "R-44' OR 1=1", "theme": "%", "tag": "_", "phase": "\x00"},
        {"theme": "\ud800".encode("utf-8", "surrogatepass"), "consultation": ""},
    ],
    ids=lambda asked: "-".join(asked),
)
def test_what_is_not_understood_breaks_nothing(browser, make, question, path, asked):
    make.answer(question, body="Une carte")
    mark = "&" if "?" in path else "?"
    assert browser.get(f"{path}{mark}{urlencode(asked)}").status == 200


PAYLOADS = ['"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "{{7*7}}", "%(x)s"]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("path", [ANSWERS, "/consultations", "/search"])
def test_what_is_asked_is_only_text(app, make, question, payload, path):
    names = ("q", "theme", "question", "territory", "actor", "state", "order", "tag", "phase", "x")
    asked = urlencode(dict.fromkeys(names, payload))
    text = app.test_client().get(f"{path}?{asked}").get_data(as_text=True)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "49" not in text or payload != "{{7*7}}"


def test_what_people_wrote_is_only_text(browser, make, question):
    make.answer(
        question,
        body='<script>alert(1)</script> <b hx-get="/x">',
        signature="<i>moi</i>",
        signed_as="name",
    )
    page = browser.get(ANSWERS)
    assert not page.all("i")
    assert "<script>alert(1)</script>" in page.words()


@pytest.mark.parametrize("path", [ANSWERS, ALL, PROPOSALS])
def test_the_statements_stay_as_many_whatever_the_rows(app, statements, make, consultation, path):
    theme = make.theme(consultation, number=3)
    question = make.question(theme, number=2)
    counts = []
    for number in (20, 180):
        for _ in range(number):
            make.answer(question)
            make.proposal(theme)
        client = app.test_client()
        client.get(path)
        with statements() as seen:
            assert client.get(f"{path}?territory=R-44").status_code == 200
        with statements() as unfiltered:
            assert client.get(path).status_code == 200
        counts.append((len(seen), len(unfiltered)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 5, seen
