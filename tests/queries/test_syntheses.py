"""Syntheses: who finds which, what proves them, who is told, what became of one's texts."""

from consult.models import Account, Credit, Extract, ListedPerson
from consult.queries import blocks
from consult.queries import syntheses as queries
from consult.queries.consultations import Reader
from consult.services import quoting
from tests import reading_rooms, synthesising

NOBODY = Reader()


def test_a_synthesis_is_found_once_published_by_those_who_know_its_consultation(session, make, now):
    world, kept = synthesising.closed(make), synthesising.closed(make, access="listed")
    whole, hidden = synthesising.begun(session, world), synthesising.begun(session, kept)
    assert session.execute(queries.published_to(whole.slug, NOBODY, now)).all() == []
    for synthesis, owner in ((whole, world.owner), (hidden, kept.owner)):
        synthesising.publish(session, synthesis, owner, now)
    found = session.execute(queries.published_to(whole.slug, NOBODY, now)).one()
    assert (found.Synthesis.id, found.Consultation.id) == (whole.id, world.consultation.id)
    assert session.execute(queries.published_to(hidden.slug, NOBODY, now)).all() == []
    make.save(ListedPerson(consultation_id=kept.consultation.id, email="a@exemple.fr"))
    known = queries.published_to(hidden.slug, Reader(email="a@exemple.fr"), now)
    assert len(session.execute(known).all()) == 1
    assert session.scalar(queries.of_consultation(world.consultation.id)).id == whole.id
    numbers = [row.number for row in session.execute(queries.versions(whole.id))]
    assert numbers == [one.number for one in session.scalars(queries.whole(whole.slug))] == [1]


def test_only_public_texts_prove(session, make, now):
    world = synthesising.closed(make)
    synthesis = synthesising.begun(session, world)
    block = session.scalars(blocks.of_synthesis(synthesis.id)).first()
    hidden = make.theme(world.consultation, hidden=True)
    idea, secret = make.proposal(world.theme), make.proposal(hidden)
    texts = [
        make.answer(world.question),
        make.argument(idea),
        make.argument(secret),
        make.answer(world.question, state="pending"),
        make.argument(make.proposal(world.theme, state="hidden")),
    ]
    passage = {"starts": 0, "ends": 2, "quote": "Un", "source_sha256": "0" * 64}
    for text in texts:
        make.save(Extract(block_id=block.id, statement_id=text.id, created_at=now, **passage))
    found = [row.statement_id for row in session.execute(queries.quotes(synthesis.id))]
    assert sorted(found) == sorted(text.id for text in texts[:2])
    among = session.scalars(queries.shown_among([one.id for one in texts])).all()
    assert sorted(among) == sorted(found)
    assert quoting.waiting(session, synthesis.id, now) == 0
    session.query(Extract).filter(Extract.statement_id == texts[0].id).one().named = True
    session.commit()
    assert quoting.waiting(session, synthesis.id, now) == 1


def test_people_are_told_where_they_asked_else_at_their_account(session, make):
    world = synthesising.closed(make)
    account = make.account(email="b@exemple.fr")
    author = make.participant(account_id=account.id)
    nobody = make.participant()
    sent = make.contribution(world.consultation, make.participant(), notify_email="a@exemple.fr")
    texts = [
        make.answer(world.question, contribution_id=sent.id),
        make.answer(world.question, participant_id=author.id),
        make.answer(world.question, participant_id=nobody.id),
    ]
    rows = session.execute(queries.to_tell([one.id for one in texts])).all()
    assert sorted((row.email, row.who) for row in rows) == [
        ("a@exemple.fr", sent.id),
        ("b@exemple.fr", texts[1].id),
    ]
    assert session.get(Account, account.id)


def test_thanks_and_what_became_of_ones_texts(session, make, now):
    world = synthesising.closed(make)
    synthesis = synthesising.begun(session, world)
    key = world.consultation.id
    for name, of in (("zoé", key), ("Amina", key), ("Bob", make.consultation().id)):
        person = make.participant()
        make.save(Credit(consultation_id=of, participant_id=person.id, name=name, created_at=now))
    assert session.scalars(queries.credits(key)).all() == ["Amina", "zoé"]
    assert set(session.scalars(queries.credits_of(synthesis.slug))) == {"Amina", "zoé"}
    sent = make.contribution(world.consultation)
    of = {"contribution_id": sent.id}
    mine = make.answer(world.question, **of)
    twin = make.answer(world.question, **of)
    gone = make.answer(world.question, state="withdrawn", **of)
    proposal = make.proposal(world.theme)
    others = [
        make.argument(proposal, **of),
        make.comment(mine, **of),
        make.amendment(proposal, **of),
        make.source(proposal, **of),
    ]
    reading_rooms.grouped(make, twin, mine)
    reading_rooms.grouped(make, gone, mine)
    reading_rooms.reading(make, others[0], "set_aside")
    reading_rooms.reading(make, others[1], version=2)  # of another wording: to be read again
    rows = session.execute(queries.texts_of(sent.id)).all()
    assert {row.id: (row.became, row.leader_id) for row in rows} == {
        mine.id: ("unread", None),
        twin.id: ("grouped", mine.id),
        gone.id: ("unread", mine.id),
        others[0].id: ("set_aside", None),
        **{one.id: ("unread", None) for one in others[1:]},
    }
