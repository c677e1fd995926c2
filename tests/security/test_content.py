"""X1, X2, X6-X9, I6: what people type is shown as text, everywhere, whatever it looks like."""

import csv
import io
import re
import zipfile
from email import policy
from email.parser import BytesParser
from itertools import cycle
from xml.etree import ElementTree

import pytest
from sqlalchemy import String, Text, select, update
from sqlalchemy.orm import Session

from consult.models import Base, Consultation, Mail, Statement
from consult.services import documents
from consult.services.stored_files import Upload
from tests.patience import no_hang
from tests.security import addresses, markup

KEPT = {  # what the program chose, not a person
    "id", "slug", "kind", "state", "template", "time_zone", "access", "moderation", "results",
    "origin", "signed_as", "channel", "side", "decision", "verdict", "email", "token_hash",
    "code_hash", "id_hash", "fs_uniquifier", "phase", "key", "target", "actor", "act", "subject",
    "media_type", "sha256", "tracking_number", "territory_code", "actor_kind", "dedup_key",
    "recipient", "search", "password", "notify_email", "name_key", "consent", "address", "link",
}  # fmt: skip
TABLES = ("consultation", "theme", "question", "statement", "organisation", "tag", "stage",
          "document", "outcome", "account", "contribution", "revision", "participant")  # fmt: skip


@pytest.fixture(scope="module")
def poisoned(world, folder):
    """The same world, in which every field that a person fills holds hostile texts."""
    with Session(world.engine) as session:
        furnish(session, world, folder)
        for name in TABLES:
            poison(session, Base.metadata.tables[name])
        session.commit()
    return world


def furnish(session, world, folder):
    """Add what the fixture lacks: a document, an outcome, an organisation, a tag, a decision."""
    from consult.models import Organisation, Revision, Stage, Tag

    opened = session.get(Consultation, world.things["consultation_open"].id)
    documents.add(
        session, opened, upload=Upload("note.pdf", b"%PDF-1.4\n%%EOF"),
        data_dir=folder, actor="system", now=world.now,
    )  # fmt: skip
    house = Organisation(slug="maison", name="Maison", name_key="maison", created_at=world.now)
    session.add_all(
        [house, Tag(consultation_id=opened.id, label="un"),
         Stage(consultation_id=opened.id, position=1, label="Une étape", phase="open")]
    )  # fmt: skip
    session.flush()
    texts = session.scalars(select(Statement).where(Statement.state == "published")).all()
    for number, one in enumerate(texts):
        one.signed_as = ("name", "organisation")[number % 2]
        one.organisation_id = house.id if number % 2 else None
        one.signature, one.function, one.explanation = "x", "x", "x"
    proposal = session.get(Statement, world.things["proposal_open"].id)
    session.add(
        Revision(statement_id=proposal.id, version=1, title="", body="x", reason="x",
                 created_at=world.now)
    )  # fmt: skip
    proposal.version = 2


def poison(session, table):
    """Write a hostile text in each column of text that a person fills."""
    turn = cycle(markup.PAYLOADS)
    everything = "\n\n".join(markup.PAYLOADS)
    keys = list(table.primary_key.columns)
    for row in session.execute(select(*keys)).all():
        values = {}
        for column in table.columns:
            if column.name in KEPT or not isinstance(column.type, String) or column.foreign_keys:
                continue
            limit = None if isinstance(column.type, Text) else column.type.length
            values[column.name] = fitting(turn, limit) if limit else everything
        values = {name: text for name, text in values.items() if name not in table.primary_key}
        if values:
            where = [column == value for column, value in zip(keys, row, strict=True)]
            session.execute(update(table).where(*where).values(values))


def fitting(turn, limit):
    return next((text for text in (next(turn) for _ in markup.PAYLOADS) if len(text) <= limit), "<")


def pages(world, target="open"):
    return [
        url
        for rule in addresses.rules(world.app)
        if "GET" in rule.methods
        for url in addresses.build(world.app, rule, world.values[target])
    ]


@pytest.mark.parametrize(
    ("world", "who"),
    [
        *(("sqlite", who) for who in ("visitor", "citizen_a", "organiser", "administrator")),
        ("postgresql", "citizen_a"),
    ],
    indirect=["world"],
)
def test_no_page_does_what_a_text_says(poisoned, who):
    agent, found, seen = poisoned.agents[who], [], 0
    urls = [*pages(poisoned), "/organisations/maison", "/search?q=zzcible"]
    if who == "citizen_a":
        urls += [thing.path for thing in poisoned.things.values()]
        urls += [f"{poisoned.things['answer_published'].path}/receipt"]
    for url in urls:
        answer = agent.get(url)
        if answer.status >= 500:
            found.append((url, answer.status, answer.text[:300]))
        elif answer.mimetype == "text/html":
            seen += markup.WORD in answer.text
            found += [(url, fault) for fault in markup.faults(answer.text)]
            if "36481" in answer.text or "1337" in answer.text:
                found.append((url, "a template ran"))
    assert not found
    assert seen >= (15 if who == "visitor" else 20)


@pytest.mark.parametrize("end", [".atom", "/proposals.atom", "/questions/1-1.atom"])
def test_feeds_hold_texts_and_no_markup(poisoned, end):
    path = poisoned.things["consultation_open"].path
    answer = poisoned.agents["visitor"].get(f"{path}{end}")
    tree = ElementTree.fromstring(answer.text)
    assert not [element.tag for element in tree.iter() if markup.WORD in element.tag]
    links = [e.get("href") for e in tree.iter() if e.get("href")]
    assert [link for link in links if not re.match(r"http://localhost(?:/|$)", link)] == []


@pytest.mark.parametrize("url", ["/consultations.atom", "/sitemap.xml"])
def test_maps_and_feeds_are_well_formed(poisoned, url):
    assert ElementTree.fromstring(poisoned.agents["visitor"].get(url).text) is not None


def test_a_calendar_has_no_line_of_someone_else(poisoned, rows):
    opened = rows.get(Consultation, poisoned.things["consultation_open"].id)
    title, opened.title = opened.title, "Titre\r\nATTENDEE:mailto:x@evil.example\nX-ZZ:1"
    rows.commit()
    answer = poisoned.agents["visitor"].get(f"/consultations/{opened.slug}.ics")
    opened.title = title
    rows.commit()
    assert answer.status == 200
    assert not re.search(r"^(?:ATTENDEE|X-ZZ)", answer.text, re.M)


REFLECTED = ["q", "page", "cursor", "sort", "order", "phase", "theme", "territory", "kind", "tag",
             "lang", "next", "number", "side"]  # fmt: skip


@pytest.mark.parametrize("url", ["/search", "/consultations", "/follow-up", "/sign-in"])
def test_what_is_in_an_address_is_only_text(world, url):
    found = []
    for payload in markup.PAYLOADS:
        answer = world.agents["visitor"].open(
            "GET", url, query_string=dict.fromkeys(REFLECTED, payload)
        )
        found += [(payload, fault) for fault in markup.faults(answer.text)]
    assert not found


@pytest.mark.parametrize("payload", markup.PAYLOADS)
def test_what_is_refused_is_given_back_as_text(world, payload):
    agent = world.agents["citizen_b"]
    path = world.things["question_open"].path
    name = f"{payload}{'x' * 70}"
    for fields in (
        {"value": payload, "signed_as": payload},
        {"value": "x" * 20_001, "signature": payload},
        {name: payload, "value": payload, "csrf_token": payload},
    ):
        answer = agent.open("POST", f"{path}/send", data={"csrf_token": agent.token, **fields})
        assert answer.status in (400, 422)
        assert not [one for one in markup.faults(answer.text) if " name=" not in one]
    missing = agent.open("GET", f"/consultations/{payload.replace('/', '')}")
    assert not markup.faults(missing.text)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '"=1', "=cmd|' /C calc'!A0", " =1", "\u200b=1"]


def test_no_cell_of_an_export_is_a_formula(world, rows):
    statement = rows.get(Statement, world.things["answer_published"].id)
    before, agent = statement.body, world.agents["visitor"]
    slug = world.things["consultation_open"].path.rsplit("/", 1)[1]
    found = []
    for formula in FORMULAS:
        statement.body = statement.signature = formula
        rows.commit()
        data = agent.client.get(f"/consultations/{slug}/export.csv").data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
        cells = [c for text in tables for row in csv.reader(io.StringIO(text)) for c in row]
        found += [cell for cell in cells if re.match(r"[\s\"\u200b]*[=+@\t\r-]", cell)]
        assert f"'{formula}" in cells
    statement.body, statement.signature = before, ""
    rows.commit()
    assert not found


# ---- letters ----------------------------------------------------------------------------------


def test_a_letter_has_one_header_and_one_recipient(world, rows, folder):
    from consult import tasks

    opened = rows.get(Consultation, world.things["consultation_open"].id)
    before, opened.title = opened.title, "Titre\r\nBcc: x@evil.example\u2028Cc: y@evil.example"
    rows.commit()
    agent = world.agents["citizen_a"]
    path = world.things["answer_published"].path
    assert agent.post(f"{path}/notify", {"email": "moi@exemple.fr"}).status == 303
    for bad in ("moi@exemple.fr\r\nBcc: z@evil.example", "a@b.fr,c@d.fr", "a@b.fr;c@d.fr",
                "<a@b.fr>", "a@b.fr c@d.fr", "a@b", "@b.fr", "a" * 300 + "@b.fr"):  # fmt: skip
        answer = agent.post(f"{path}/notify", {"email": bad})
        assert answer.status == 422, bad
    opened.title = before
    rows.commit()
    with world.app.app_context(), world.app.test_request_context(method="POST"):
        tasks.send_mail(world.app)
    mails = rows.scalars(select(Mail).where(Mail.recipient == "moi@exemple.fr")).all()
    assert mails
    for mail in mails:
        content = (folder / "mail" / f"{mail.id}.eml").read_bytes()
        letter = BytesParser(policy=policy.default).parsebytes(content)
        assert [a.addr_spec for a in letter["To"].addresses] == ["moi@exemple.fr"]
        assert not {"Bcc", "Cc"} & set(letter.keys())
        assert len(letter.get_all("Subject")) == 1


# ---- bombs ------------------------------------------------------------------------------------

BOMBS = {
    "brackets": "http://a.fr/" + ")" * 19_900,
    "links": "http://a.fr " * 1_600,
    "tags": "<ul><li>" * 2_400,
    "spaces": "a" + " \t" * 9_900 + "b",
    "lines": "a\n \n" * 4_900,
    "one word": "a" * 19_900,
    "accents": "e\u0301" * 9_900,
    "apostrophes": "l’" * 9_900,
    "alternating": "a b c " * 3_300,
    "marks": "?!.,;:" * 3_300,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_text_made_to_be_slow_is_not(world, rows, name):
    text = BOMBS[name]
    agent, proposal = world.agents["citizen_b"], world.things["proposal_open"]
    other = " ".join(reversed(text.split(" "))) + " fin"
    statement = rows.get(Statement, proposal.id)
    before, statement.body = statement.body, other[:20_000]
    rows.commit()
    urls = [proposal.path]
    for what, url, fields in (
        ("answer", f"{world.things['question_open'].path}/send", {"value": text}),
        ("amendment", f"{proposal.path}/amendments/new", {"body": text}),
        ("idea", f"{world.things['consultation_open'].path}/proposals/send",
         {"title": "Une idée", "body": text}),
    ):  # fmt: skip
        with no_hang():
            answer = agent.post(url, {**fields, "signed_as": "none", "key": f"bomb {name} {what}"})
        assert answer.status == 303, answer.text[:300]
        urls.append(answer.headers["Location"].split("#")[0].removesuffix("/receipt"))
    for url in [*urls, f"/search?q={text[:300]}"]:
        with no_hang():
            assert agent.get(url).status == 200
    statement.body = before
    rows.commit()
