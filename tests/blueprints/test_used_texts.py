"""Every kind of text says where a published synthesis uses it: on pages, and by number."""

from random import Random

from consult.domain import tracking
from consult.domain.syntheses import composed
from consult.models import SynthesisSource
from tests import reading_rooms, syntheses, synthesising

USED = "Reprise dans la synthèse"


def sent_texts(session, make):
    """Someone's texts of each kind, one of them hidden and one that says the same as another."""
    world = synthesising.closed(make, slug="forum")
    account = make.account()
    author = make.participant(account_id=account.id)
    number = tracking.new_number("GE", Random(1))
    sent = make.contribution(world.consultation, author, tracking_number=number)
    of = {"contribution_id": sent.id, "participant_id": author.id}
    proposal = make.proposal(world.theme, title="Le bus", **of)
    below = [
        make.argument(proposal, body="Un argument.", **of),
        make.comment(proposal, body="Un commentaire.", **of),
        make.amendment(proposal, body="Un autre bus.", **of),
        make.source(proposal, body="Une source.", **of),
    ]
    hidden = make.argument(proposal, body="Caché.", state="hidden", **of)
    answer = make.answer(world.question, body="Le soir.", **of)
    twin = make.answer(world.question, body="Le soir !", **of)
    reading_rooms.grouped(make, twin, answer)
    for one in (proposal, world.consultation):
        session.refresh(one)
    proposal.arguments = proposal.comments = proposal.amendments = proposal.sources = 1
    session.commit()
    world.quoted = [proposal, *below, answer, hidden]
    world.proposal, world.answer, world.sent, world.account = proposal, answer, sent, account
    return world


def publish(make, world):
    """Publish a synthesis that quotes each of them."""
    parts = [
        composed.Part(
            f"b{place}", "finding", "Constat", f"1.{place}", f"Titre {place}",
            quotes=(composed.Quote("x", source=one.kind, statement=one.id),),
        )
        for place, one in enumerate(world.quoted, 1)
    ]  # fmt: skip
    whole = syntheses.usual(slug="forum", parts=tuple(parts), credits=())
    syntheses.publish(make, whole, world.consultation)


def test_each_kind_of_text_leads_to_where_it_is_used(browser, session, make, statements):
    world = sent_texts(session, make)
    proposal, answer, sent = world.proposal, world.answer, world.sent
    with statements() as before:
        browser.get(f"/proposals/{proposal.id}")
    publish(make, world)
    page = browser.get(f"/proposals/{proposal.id}")
    with statements() as after:
        browser.get(f"/proposals/{proposal.id}")
    assert len(after) <= len(before) + 1
    assert page.words().count(USED) == 5  # the proposal, and each text under it
    for place in range(1, 6):
        assert f"/syntheses/forum#b-b{place}" in page.links()
    assert "/syntheses/forum#b-b3" not in browser.get(f"/answers/{answer.id}").links()
    for path in ("/account", f"/follow-up/{sent.id}", "/follow-up"):
        reader = browser.again().as_(world.account)
        assert reader.get(path).words().count(USED) == 6, path
    page = browser.get("/syntheses/forum")
    page = browser.submit(page, "/syntheses/forum/find", number=sent.tracking_number)
    assert page.words().count("Oui. Elle est citée ici") == 6
    assert "Il est cité ici : 1.6" in page.words()
    assert "Ce texte n’est pas public" in page.words()


def test_a_text_of_another_consultation_is_found_by_its_number(plain, make):
    world = synthesising.closed(make, slug="forum")
    other = make.consultation()
    number = tracking.new_number("GE", Random(2))
    sent = make.contribution(other, tracking_number=number)
    text = make.answer(make.question(make.theme(other)), contribution_id=sent.id)
    quote = composed.Quote("x", source="answer", statement=text.id)
    part = composed.Part("b1", "finding", "Constat", "1.1", "Titre", quotes=(quote,))
    whole = syntheses.usual(slug="forum", parts=(part,), credits=())
    version = syntheses.publish(make, whole, world.consultation)
    page = plain.get("/syntheses/forum")
    assert plain.submit(page, "/syntheses/forum/find", number=number).status == 404
    assert USED not in plain.get(f"/answers/{text.id}").words()
    make.save(SynthesisSource(synthesis_id=version.synthesis_id, consultation_id=other.id))
    found = plain.submit(page, "/syntheses/forum/find", number=number)
    assert "Oui. Elle est citée ici : 1.1" in found.words()
    assert "/syntheses/forum#b-b1" in plain.get(f"/answers/{text.id}").links()
