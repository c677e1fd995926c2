"""A synthesis composed: who is named, what is left out, counts that add up, what is taken back."""

from datetime import timedelta

import pytest

from consult.domain import passages
from consult.domain.errors import RuleBroken
from consult.domain.syntheses import composed
from consult.models import (
    Credit,
    Extract,
    GroupedStatement,
    Hearing,
    RoomDocument,
    StatementReading,
)
from consult.services import blocks, composing, taken_back
from tests import synthesising

WEEK = passages.CONTEST_WITHIN


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make)
    world.text = make.answer(
        world.question,
        body="Le soir, après le travail.",
        signed_as="name",
        signature="Amina",
        function="lectrice",
        actor_kind="resident",
        territory_code="D-54",
    )
    return world


def proven(session, make, world, body="Un constat.", **facts):
    """A new block with an extract of the text."""
    values = {"body": body}
    block = blocks.add(
        session, world.synthesis, "finding", values=values, account=world.owner, now=world.now
    )
    passage = {"starts": 0, "ends": 7, "quote": "Le soir", "source_sha256": "0" * 64}
    source = {} if facts.keys() & {"document_id", "hearing_id"} else {"statement_id": world.text.id}
    make.save(Extract(block_id=block.id, created_at=world.now, **passage, **(source | facts)))
    return block


def quotes_of(session, world, block, now=None):
    whole = composing.compose(session, world.synthesis, locale="fr", now=now or world.now)
    return next(part for part in whole.parts if part.id == block.id).quotes


def test_the_same_state_gives_the_same_bytes_in_each_language(session, world):
    world.synthesis = synthesising.begun(session, world)
    texts = [
        composed.canonical(
            composing.compose(session, world.synthesis, locale=locale, now=world.now)
        )
        for locale in ("fr", "fr", "en")
    ]
    assert texts[0] == texts[1] != texts[2]
    whole = composed.read(texts[0])
    assert whole == composing.compose(session, world.synthesis, locale="fr", now=world.now)
    assert whole.period == "du 13 novembre 2026 au 22 novembre 2026"
    assert whole.labels["credits"].startswith("Ces personnes")


def test_a_name_is_told_seven_days_after_its_owner_was(session, make, world, now):
    world.synthesis = synthesising.begun(session, world)
    cases = [
        ({"named": True, "told_at": now - WEEK}, "Amina, lectrice"),
        ({"named": True, "told_at": now - WEEK / 2}, ""),
        ({"named": True}, ""),
        ({"told_at": now - WEEK}, ""),
    ]
    for facts, name in cases:
        (quote,) = quotes_of(session, world, proven(session, make, world, **facts))
        assert (quote.by, quote.place) == (name, "Habitant, Meurthe-et-Moselle")
        assert (quote.path, quote.source) == (f"/answers/{world.text.id}", "answer")
    contested = proven(session, make, world, contested_at=now)
    assert quotes_of(session, world, contested) == ()


def test_a_text_without_a_page_is_read_where_it_hangs(session, make, world):
    world.synthesis = synthesising.begun(session, world)
    proposal = make.proposal(world.theme)
    argument = make.argument(proposal)
    for text in (argument, make.comment(argument)):
        block = proven(session, make, world, statement_id=text.id)
        (quote,) = quotes_of(session, world, block)
        assert (quote.path, quote.statement) == (f"/proposals/{proposal.id}", text.id)


def test_minutes_and_hearings_prove_too_with_a_named_speaker(session, make, world, now):
    world.synthesis = synthesising.begun(session, world)
    room = make.room()
    about = {
        "kind": "minutes",
        "title": "Séance du 3 mai",
        "body": "Le soir.",
        "dated_on": now.date(),
    }
    paper = make.save(RoomDocument(room_id=room.id, created_at=now, **about))
    heard = {"speaker": "Mme Diallo", "function": "maire", "held_on": now.date()}
    hearing = make.save(
        Hearing(synthesis_id=world.synthesis.id, body="Le soir.", created_at=now, **heard)
    )
    (said,) = quotes_of(session, world, proven(session, make, world, document_id=paper.id))
    where = f"/rooms/{room.slug}/documents/{paper.id}"
    assert (said.by, said.place) == ("Séance du 3 mai", room.name)
    assert (said.source, said.path, said.held) == ("document", where, paper.id)
    block = proven(session, make, world, hearing_id=hearing.id)
    (said,) = quotes_of(session, world, block)
    assert (said.by, said.path, said.source) == ("Une personne entendue", "", "hearing")
    hearing.agrees, hearing.organisation = True, "Nancy"
    session.commit()
    whole = composing.compose(session, world.synthesis, locale="fr", now=world.now)
    ((minutes,), (said,)) = (part.quotes for part in whole.parts[-2:])
    assert (said.by, said.place) == ("Mme Diallo, maire, Nancy", "entendue le 23 novembre 2026")
    assert said.path == f"/syntheses/{world.synthesis.slug}/hearings/{hearing.id}"
    assert taken_back.readable(session, whole) == whole
    assert composed.read(composed.canonical(whole)) == whole
    hearing.agrees, room.is_private = False, True
    session.commit()
    left = taken_back.readable(session, whole)
    assert left.parts[-2].quotes == () and minutes.text == "Le soir"
    assert (left.parts[-1].quotes[0].by, left.parts[-1].quotes[0].path) == (
        "Une personne entendue",
        "",
    )
    again = composing.compose(session, world.synthesis, locale="fr", now=world.now)
    assert [len(part.quotes) for part in again.parts[-2:]] == [0, 1]


def test_what_came_later_leaves_a_version_of_before_as_it_was():
    quote = composed.Quote("Le soir", statement="abc")
    part = composed.Part("a", "finding", "Constat", "0.1", quotes=(quote,))
    text = composed.canonical(composed.Composed("s", "t", "fr", "c", "a", "p", 1, parts=(part,)))
    assert '"held"' not in text and '"statement":"abc"' in text


def test_each_kind_says_what_it_holds_and_where_to_read_more(session, make, world):
    world.synthesis = synthesising.begun(session, world)
    add = {"account": world.owner, "now": world.now}
    initiative = {"title": "Le bus", "carrier": "La MJC", "link": "https://exemple.fr/"}
    figure = {"title": "Combien ?", "rows": "Matin : 2\nSoir : 3"}
    reply = {"body": "Oui.", "verdict": "kept"}
    for kind, values in (("initiative", initiative), ("figure", figure), ("reply", reply)):
        blocks.add(session, world.synthesis, kind, values=values, **add)
    whole = composing.compose(session, world.synthesis, locale="fr", now=world.now)
    bus, table, answer = whole.parts[-3:]
    assert (bus.details, bus.link) == ((("Porté par", "La MJC"),), "https://exemple.fr/")
    assert table.figures.rows == (("Matin", 2), ("Soir", 3)) and table.details == ()
    assert answer.details == (("Suite donnée", "Retenue"),)


def test_every_text_is_in_one_place_and_the_sum_is_the_whole(session, make, world, now):
    question, consultation = world.question, world.consultation
    read, aside, twin, left = (make.answer(question, body="") for _ in range(4))
    make.answer(question, state="hidden")
    for state in ("withdrawn", "pending"):
        make.answer(question, state=state)
    make.comment(world.text)
    make.answer(make.question(make.theme(consultation, hidden=True)))
    own = {"consultation_id": consultation.id}
    for text, state, reason in ((read, "read", ""), (aside, "set_aside", "Hors sujet")):
        make.save(
            StatementReading(statement_id=text.id, state=state, reason=reason, read_at=now, **own)
        )
    make.save(GroupedStatement(statement_id=twin.id, leader_id=left.id, **own))
    world.synthesis = synthesising.begun(session, world)
    counts = composing.compose(session, world.synthesis, locale="fr", now=now).counts
    assert [number for _label, number in counts] == [9, 1, 1, 1, 1, 4, 1]


def test_a_text_withdrawn_since_is_taken_back_with_its_words(session, make, world, now):
    make.answer(world.question, body="Le matin aussi.")
    author = make.participant()
    thanked = {"consultation_id": world.consultation.id, "participant_id": author.id}
    credit = make.save(Credit(name="Amina", created_at=now, **thanked))
    world.synthesis = synthesising.begun(session, world)
    proven(session, make, world, body="On vient Le soir.")
    version = synthesising.publish(session, world.synthesis, world.owner, now)
    slug = world.synthesis.slug
    before = composing.published(session, slug)[1]
    assert before == composed.read(version.content) and before.credits == ("Amina",)
    world.text.state = "hidden"
    session.delete(credit)
    session.commit()
    after = composing.published(session, slug, 1)[1]
    assert "Le soir" not in "".join(part.body for part in after.parts)
    assert "On vient [passage retiré depuis]." in [part.body for part in after.parts]
    assert world.text.id not in taken_back.statements_of(after) and after.credits == ()
    assert len(taken_back.statements_of(after)) == 1
    with pytest.raises(RuleBroken) as refused:
        composing.published(session, slug, 2)
    assert (refused.value.code, refused.value.status) == ("synthesis-unknown", 404)


def test_a_period_of_one_day_is_said_once(session, make, now):
    world = synthesising.closed(make, opens_at=now - timedelta(days=1, minutes=5))
    world.consultation.closes_at = now - timedelta(days=1)
    world.synthesis = synthesising.begun(session, world)
    whole = composing.compose(session, world.synthesis, locale="fr", now=now)
    assert whole.period == "le 22 novembre 2026"


def test_what_has_no_dates_has_no_period(session, make, now):
    world = synthesising.closed(make, opens_at=None)
    world.synthesis = synthesising.begun(session, world)
    assert composing.compose(session, world.synthesis, locale="fr", now=now).period == ""
    assert taken_back.readable(session, composed.Composed(*"sltcap", number=1)).parts == ()
