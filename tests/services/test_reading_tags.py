"""What people make of tags, of what is proposed, and what a job may never undo."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consult.domain import reading_tags as rules
from consult.domain.errors import RuleBroken
from consult.models import (
    Account,
    JournalEntry,
    ProposedTag,
    ReadingNote,
    ReadingTag,
    RefusedTag,
    TaggedStatement,
)
from consult.services import aids
from consult.services import reading_tags as service
from consult.services.aid_kinds import tags as kind
from tests import suggesting


@pytest.fixture
def room(make, session, monkeypatch):
    """Texts about two things, thirty of each tagged by hand, others left."""
    monkeypatch.setattr(rules, "BY_HAND", 60)
    monkeypatch.setattr(kind, "FEWEST", 60)
    consultation, by = make.consultation(), make.account("organiser")
    question = make.question(make.theme(consultation))
    facts = {"by": by, "now": make.now}
    tags = {
        "train": service.make(session, consultation, "Gares", **facts),
        "soin": service.make(session, consultation, "Santé", **facts),
    }
    texts = []
    for subject, body in suggesting.texts(each=36, apart=4):
        text = make.answer(question, body=body)
        if subject and len([one for one, _ in texts if one == subject]) < 30:
            row = TaggedStatement(statement_id=text.id, tag_id=tags[subject].id, version=1)
            row.account_id, row.tagged_at = by.id, make.now
            session.add(row)
        texts.append((subject, text))
    session.commit()
    return consultation, by, tags, [text for _subject, text in texts]


def search(session, consultation, now):
    beats = []
    found = kind.compute(session, consultation.id, lambda *one: beats.append(one))
    kept = kind.keep(session, consultation.id, found, now)
    session.commit()
    assert beats[-1] == (76, 76) and beats == sorted(beats)
    return kept


def waiting(session):
    rows = session.scalars(select(ProposedTag).order_by(ProposedTag.statement_id)).all()
    return [service.Seen(one.statement_id, one.tag_id, one.version) for one in rows]


def worn(session):
    query = select(TaggedStatement.statement_id, TaggedStatement.tag_id)
    return dict(tuple(row) for row in session.execute(query))


def refuses(code, status, act, *given, **facts):
    with pytest.raises(RuleBroken, match=f"^{code}$") as broken:
        act(*given, **facts)
    assert broken.value.status == status
    return broken.value


def test_tags_are_made_renamed_and_removed(session, make, now):
    consultation, facts = make.consultation(), {"by": make.account("organiser"), "now": now}
    tag = service.make(session, consultation, " Gares ", **facts)
    other = service.make(session, consultation, "Écoles", **facts)
    assert (tag.name, tag.folded, other.folded) == ("Gares", "gares", "ecoles")
    refuses("tag-exists", 409, service.make, session, consultation, "GÂRES", **facts)
    refuses("tag-unnamed", 422, service.make, session, consultation, " ", **facts)
    refuses("text-too-long", 422, service.make, session, consultation, "x" * 81, **facts)
    service.rename(session, tag, "Les gares", was="Gares", **facts)
    refuses("tag-changed", 409, service.rename, session, tag, "Autre", was="Gares", **facts)
    refuses("tag-exists", 409, service.rename, session, tag, "ecoles", was="Les gares", **facts)
    service.rename(session, tag, "LES GARES", was="Les gares", **facts)
    text = make.answer(make.question(make.theme(consultation)))
    service.put(session, text, service.Seen(text.id, tag.id, 1), "", **facts)
    broken = refuses("tag-used", 409, service.remove, session, tag, confirmed=False, **facts)
    assert broken.facts["number"] == 1
    service.remove(session, tag, confirmed=True, **facts)
    refuses("tag-changed", 409, service.remove, session, tag, confirmed=True, **facts)
    service.remove(session, other, confirmed=False, **facts)
    assert worn(session) == {}
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert [one for one in acts if one.startswith("reading")] == [
        "reading-tag.made",
        "reading-tag.made",
        "reading-tag.renamed",
        "reading-tag.renamed",
        "reading.tagged",
        "reading-tag.removed",
        "reading-tag.removed",
    ]
    for number in range(rules.MOST):
        service.make(session, consultation, f"Mot {number}", **facts)
    refuses("tag-most", 409, service.make, session, consultation, "Un de trop", **facts)
    twice = ReadingTag(consultation_id=consultation.id, name="MOT 3", created_at=now)
    session.add(twice)
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_text_bears_one_tag_and_says_who_put_it(session, make, now):
    consultation, by = make.consultation(), make.account("organiser")
    text = make.answer(make.question(make.theme(consultation)))
    facts = {"by": by, "now": now}
    one = service.make(session, consultation, "Un", **facts)
    two = service.make(session, consultation, "Deux", **facts)

    def put(tag, was, version=1):
        service.put(session, text, service.Seen(text.id, tag, version), was, **facts)

    put(one.id, "")
    refuses("reading-changed", 409, put, two.id, "")
    put(two.id, one.id)
    assert worn(session) == {text.id: two.id}
    put("", two.id)
    assert worn(session) == {}
    refuses("tag-unknown", 422, put, "0", "")
    refuses("reading-changed", 409, put, one.id, "", 2)
    put(one.id, "")
    session.commit()
    text.version = 2
    session.commit()
    assert service.counts(session, consultation.id).of[rules.TAGGED] == 0
    put(two.id, "", 2)
    session.commit()
    session.delete(session.get_one(Account, by.id))
    session.commit()
    row = session.scalars(select(TaggedStatement).execution_options(populate_existing=True)).one()
    assert (row.tag_id, row.account_id) == (two.id, None)
    text.state = "hidden"
    session.commit()
    refuses("text-not-public", 409, put, "", two.id, 2)


def test_the_rest_is_proposed_and_people_answer(session, room, now):
    consultation, by, tags, texts = room
    facts = {"by": by, "now": now}
    before = worn(session)
    kept = search(session, consultation, now)
    assert kept >= 10 and worn(session) == before, "a job tags nothing by itself"
    found = service.counts(session, consultation.id)
    assert (found.total, found.of[rules.PROPOSED]) == (76, kept)
    note = session.scalars(select(ReadingNote)).one()
    assert note.content == {"proposed": kept, "abstained": 16 - kept}
    first, second, third, *_others = rows = waiting(session)
    service.answer(session, consultation, [first, first], "accept", **facts)
    service.answer(session, consultation, [second], "refuse", **facts)
    assert worn(session)[first.statement_id] == first.tag_id
    session.commit()
    assert search(session, consultation, now) <= kept - 2 + 4
    again = {(one.statement_id, one.tag_id) for one in waiting(session)}
    assert (second.statement_id, second.tag_id) not in again
    assert first.statement_id not in {one for one, _tag in again}
    refuses("proposal-none", 422, service.answer, session, consultation, [], "accept", **facts)
    refuses("proposal-answer", 422, service.answer, session, consultation, rows, "x", **facts)
    assert len(session.scalars(select(RefusedTag)).all()) == 1


def test_what_changed_meanwhile_is_said_and_nothing_is_kept(session, room, now):
    consultation, by, tags, texts = room
    facts = {"by": by, "now": now}
    search(session, consultation, now)
    first, second, third, fourth, fifth, *_others = waiting(session)
    held = {text.id: text for text in texts}
    held[first.statement_id].version = 2
    service.put(session, held[second.statement_id], second, "", **facts)
    session.delete(session.get_one(ProposedTag, third.statement_id))
    session.commit()
    before = worn(session)
    gone = service.Seen("0" * 18, fourth.tag_id, 1)
    asked = [first, second, third, fourth, gone]
    for said in rules.ANSWERS:
        broken = refuses(
            "proposals-changed", 409, service.answer, session, consultation, asked, said, **facts
        )
        why = [(row.id if row else None, reason) for row, reason in broken.facts["changed"]]
        assert why == [
            (first.statement_id, rules.CHANGED),
            (second.statement_id, rules.TAKEN),
            (third.statement_id, rules.GONE),
            (None, rules.CHANGED),
        ]
        assert broken.facts["number"] == 4
    session.rollback()
    assert worn(session) == before and fourth in waiting(session)
    service.answer(session, consultation, [fourth, fifth], "accept", **facts)
    assert len(worn(session)) == len(before) + 2


def test_a_job_keeps_to_what_people_did_meanwhile(session, room, now):
    consultation, by, tags, texts = room
    facts = {"by": by, "now": now}
    found = kind.compute(session, consultation.id, lambda *_: None)
    refused, taken = found.rows[0], found.rows[1]
    row = {"statement_id": refused["statement_id"], "tag_id": refused["tag_id"]}
    session.add(RefusedTag(**row, refused_at=now))
    text = next(one for one in texts if one.id == taken["statement_id"])
    service.put(session, text, service.Seen(text.id, tags["soin"].id, 1), "", **facts)
    service.remove(session, tags["train"], confirmed=True, **facts)
    kept = kind.keep(session, consultation.id, found, now)
    session.commit()
    assert kept == len(waiting(session)) < len(found.rows)
    assert {one.tag_id for one in waiting(session)} <= {tags["soin"].id}
    assert worn(session)[text.id] == tags["soin"].id
    found = service.counts(session, consultation.id)
    assert sum(found.of.values()) == found.total == 76


def test_the_rest_is_asked_for_once_enough_is_tagged(session, room, now):
    consultation, by, tags, _texts = room
    facts = {"by": by, "now": now}
    key = worn(session).popitem()[0]
    session.delete(session.get_one(TaggedStatement, key))
    session.flush()
    broken = refuses("tag-more-texts", 409, aids.ask, session, consultation, "tags", **facts)
    assert broken.facts["number"] == 1
    session.rollback()
    aid = aids.ask(session, consultation, "tags", **facts)
    session.commit()
    claimed = aids.claim(session, now=now)
    assert claimed.id == aid.id
    aids.cancel(session, consultation, "tags", **facts)
    session.commit()
    with pytest.raises(aids.Cancelled):
        kind.compute(
            session,
            consultation.id,
            lambda done, total: aids.beat(session, aid, done, total, now=now),
        )
    session.rollback()
    assert waiting(session) == []
    aids.ask(session, consultation, "tags", by=by, now=now + timedelta(minutes=1))
