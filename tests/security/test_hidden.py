"""A1, A9, V10: what one may not see answers like what does not exist, everywhere."""

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from consult.models import Consultation, Document, Statement
from tests.security import addresses

SHUT = ("draft", "draft_other")


def blank(text, *names):
    """Return a page without what differs between two addresses: its own, and the tokens."""
    for name in names:
        text = text.replace(name, "NAME")
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


def reading(world, name):
    """The addresses that read something of one consultation."""
    return [
        (rule, url)
        for rule in addresses.rules(world.app)
        if "GET" in rule.methods and "<slug>" in rule.rule
        if not rule.rule.startswith(
            ("/console", "/assistance", "/organisations", "/rooms", "/open-calls")
        )
        for url in addresses.build(world.app, rule, world.values[name])
    ]


@pytest.mark.parametrize("who", ["visitor", "citizen_b"])
@pytest.mark.parametrize("name", SHUT)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_a_draft_answers_like_nothing_at_all(world, who, name, headers):
    agent, found = world.agents[who], []
    slug = slug_of(world, name)
    for _rule, url in reading(world, name):
        other = url.replace(slug, "consultation-aucune")
        seen, missing = agent.get(url, headers=headers), agent.get(other, headers=headers)
        if seen.status != 404 or blank(seen.text, slug) != blank(
            missing.text, "consultation-aucune"
        ):
            found.append((url, seen.status, missing.status))
    assert not found


def slug_of(world, name):
    return world.things[f"consultation_{name}"].path.rsplit("/", 1)[1]


PUBLIC = [
    "/", "/consultations", "/consultations.atom", "/sitemap.xml", "/site-map", "/data",
    "/search?q=consultation", "/search?q=draft", "/search?q=question", "/api/v1/consultations",
]  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "citizen_b"])
@pytest.mark.parametrize("url", PUBLIC)
def test_no_list_names_a_draft(world, who, url):
    answer = world.agents[who].get(url)
    assert answer.status == 200
    for name in SHUT:
        assert slug_of(world, name) not in answer.text
        assert f"Consultation {name}" not in answer.text


def test_a_consultation_on_a_list_is_not_told_to_others(world):
    slug, title = slug_of(world, "private"), "Consultation private"
    found = []
    for who in ("visitor", "citizen_b"):
        for url in PUBLIC:
            text = world.agents[who].get(url).text
            if slug in text or title in text:
                found.append((who, url))
        for _rule, url in reading(world, "private"):
            other = url.replace(slug, "consultation-aucune")
            seen, missing = world.agents[who].get(url), world.agents[who].get(other)
            if seen.status != 404 or blank(seen.text, slug) != blank(
                missing.text, "consultation-aucune"
            ):
                found.append((who, url, seen.status))
    assert not found


UNSEEN = ("answer_pending", "answer_hidden", "answer_to_correct", "answer_withdrawn")


@pytest.mark.parametrize(
    ("world", "who", "name"),
    [
        *(("sqlite", "visitor", name) for name in UNSEEN),
        ("sqlite", "citizen_b", "answer_pending"),
        ("sqlite", "organiser_other", "answer_pending"),
        ("postgresql", "citizen_b", "answer_hidden"),
    ],
    indirect=["world"],
)
def test_a_text_that_is_not_published_answers_like_nothing(world, rows, who, name):
    agent, thing = world.agents[who], world.things[name]
    body = "Un texte jamais montré, ananas"
    statement = rows.get(Statement, thing.id)
    statement.body = body
    statement.search = "ananas"
    rows.commit()
    found = []
    for rule in addresses.rules(world.app):
        if not {"statement_id", "answer_id"} & rule.arguments:
            continue
        if not {"GET", "PUT"} & rule.methods or rule.rule.startswith(("/console", "/assistance")):
            continue
        for url in addresses.build(world.app, rule, lambda *_: thing.id):
            other = url.replace(thing.id, addresses.MISSING)
            method = "GET" if "GET" in rule.methods else "PUT"
            options = {} if method == "GET" else {"json": {"value": "agree"}}
            headers = {} if method == "GET" else {"Origin": "http://localhost"}
            seen = agent.open(method, url, headers=headers, **options)
            missing = agent.open(method, other, headers=headers, **options)
            same = blank(seen.text, thing.id) == blank(missing.text, addresses.MISSING)
            if seen.status != 404 or not same:
                found.append((method, url, seen.status, missing.status))
    assert not found
    nowhere(agent, rows.get(Consultation, statement.consultation_id).slug)


def nowhere(agent, slug):
    """The text stands on no page, list, feed or export of its consultation."""
    for url in (
        "/search?q=ananas",
        f"/consultations/{slug}",
        f"/consultations/{slug}.atom",
        f"/consultations/{slug}/answers",
        f"/consultations/{slug}/questions/1-1",
        f"/consultations/{slug}/questions/1-1.atom",
        f"/consultations/{slug}/questions/1-1/answers",
        f"/consultations/{slug}/export.jsonl",
        f"/api/v1/consultations/{slug}/answers",
        "/",
    ):
        answer = agent.get(url)
        assert answer.status == 200, url
        assert "jamais montré" not in answer.text, url
        assert "jamais montr\\u00e9" not in answer.text, url
    assert "jamais" not in csv_of(agent, slug)


def csv_of(agent, slug):
    """Every table of the open data of a consultation, as one text."""
    response = agent.client.get(f"/consultations/{slug}/export.csv")
    if response.status_code == 409:  # not given while the results are hidden
        return ""
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())


@pytest.mark.parametrize("what", ["stance", "comments/new"])
@pytest.mark.parametrize("name", UNSEEN)
def test_nothing_is_done_to_a_text_one_does_not_see(world, name, what):
    thing = world.things[name]
    data = {"value": "agree", "body": "Un commentaire", "signed_as": "none", "key": "abc"}
    answer = world.agents["citizen_b"].post(f"{thing.path}/{what}", data)
    assert answer.status == 404


def test_the_author_alone_reads_what_is_withdrawn_or_waits(world):
    for name in ("answer_pending", "answer_withdrawn"):
        assert world.agents["citizen_a"].get(world.things[name].path).status == 200


def test_results_hidden_until_the_close_are_nowhere(world, rows):
    thing = world.things["answer_hidden_results"]
    statement = rows.get(Statement, thing.id)
    names = ("declared_agree", "declared_mixed", "declared_disagree")
    for name, number in zip(names, (3701, 4103, 4307), strict=True):
        setattr(statement, name, number)
    rows.commit()
    slug = slug_of(world, "hidden_results")
    shown = re.compile("3701|4103|4307|3[^0-9<]701|4[^0-9<]103|4[^0-9<]307")
    found = []
    for who in ("visitor", "citizen_a", "citizen_b", "organiser_other"):
        agent = world.agents[who]
        urls = [url for _rule, url in reading(world, "hidden_results")]
        for url in [*urls, thing.path, "/search?q=texte", "/", "/data"]:
            answer = agent.get(url)
            if shown.search(answer.text):
                found.append((who, url))
        if shown.search(csv_of(agent, slug)):
            found.append((who, "export.csv"))
        asked = {"HX-Request": "true"}
        given = agent.post(f"{thing.path}/stance", {"value": "agree"}, headers=asked)
        if given.status != 200 or shown.search(given.text) or "3702" in given.text:
            found.append((who, "stance", given.status))
    assert not found


def test_a_document_of_a_draft_is_not_sent(world, rows, folder):
    from consult.services import documents
    from consult.services.stored_files import Upload

    found = {}
    for name in ("open", "draft_other", "private"):
        consultation = rows.get(Consultation, world.things[f"consultation_{name}"].id)
        found[name] = documents.add(
            rows,
            consultation,
            upload=Upload("note.pdf", b"%PDF-1.4\n%%EOF"),
            data_dir=folder,
            actor="system",
            now=world.now,
        ).id
    rows.commit()
    visitor = world.agents["visitor"]
    assert visitor.get(f"/documents/{found['open']}").status == 200
    for name in ("draft_other", "private"):
        seen = visitor.get(f"/documents/{found[name]}")
        missing = visitor.get(f"/documents/{addresses.MISSING}")
        assert seen.status == 404
        assert blank(seen.text, found[name]) == blank(missing.text, addresses.MISSING)
    assert world.agents["organiser_other"].get(f"/documents/{found['draft_other']}").status == 200
    assert world.agents["citizen_a"].get(f"/documents/{found['private']}").status == 200
    assert rows.scalar(select(Document.id).limit(1))
