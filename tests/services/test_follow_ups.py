"""What happened since to what the last edition left open."""

import pytest

from consult.domain.errors import RuleBroken
from consult.domain.follow_ups import Said
from consult.domain.syntheses.composed import Part, Quote
from consult.models import FollowUp
from consult.services import composing, consultations, follow_ups, taken_back
from consult.speech import Speech
from tests import syntheses, synthesising

SAY = Speech("fr", "Europe/Paris")


@pytest.fixture
def editions(session, make, now):
    """A last edition whose synthesis leaves two points open, and the one that follows it."""
    last = make.consultation(title="L'an dernier")
    quoted = make.answer(make.question(make.theme(last)), body="La nuit.")
    parts = (
        Part("c", "chapter", "Chapitre", "1", "Le soir"),
        Part("q1", "open_question", "Question ouverte", "1.1", "Qui garde les clés ?"),
        Part(
            "p1", "perspective", "Perspective", "1.2", "", "Ouvrir La nuit.",
            quotes=(Quote("La nuit.", statement=quoted.id),),
        ),
    )  # fmt: skip
    syntheses.publish(make, syntheses.usual(number=1, parts=parts), last)
    world = synthesising.closed(make, follows_id=last.id)
    world.last, world.quoted = last, quoted
    return world


def say(session, world, part="q1", words=None, version=None):
    words = words or Said("done", "Les clés sont à la mairie.", "/rooms/salle")
    follow_ups.say(
        session,
        follow_ups.Point(world.consultation, part),
        words=words,
        version=version or consultations.stamp(follow_ups.NOTHING),
        account=world.owner,
        now=world.now,
    )
    session.commit()


def held(session, world):
    edition = follow_ups.last(session, world.consultation)
    return edition, follow_ups.said(session, world.consultation, edition)


def test_the_points_left_open_come_up_and_are_said_changed_and_taken_back(session, editions):
    edition, said = held(session, editions)
    assert [part.id for part in edition.parts] == ["q1", "p1"] and not said
    say(session, editions)
    stamp = consultations.stamp(follow_ups.values_of(held(session, editions)[1]["q1"]))
    say(session, editions, words=Said("going_on", "Bientôt."), version=stamp)
    edition, said = held(session, editions)
    assert follow_ups.values_of(said["q1"]) == {"state": "going_on", "body": "Bientôt.", "link": ""}
    stamp = consultations.stamp(follow_ups.values_of(said["q1"]))
    say(session, editions, words=Said("going_on", "Bientôt."), version=stamp)
    say(session, editions, words=Said(), version=stamp)
    assert not session.query(FollowUp).all()
    say(session, editions, words=Said())
    assert not session.query(FollowUp).all()


@pytest.mark.parametrize(
    ("part", "words", "version", "code"),
    [
        ("zz", Said("done"), None, "follow-up-unknown"),
        ("c", Said("done"), None, "follow-up-unknown"),
        ("q1", Said("done"), "old", "stale"),
    ],
)
def test_what_cannot_be_said_is_refused(session, editions, part, words, version, code):
    with pytest.raises(RuleBroken, match=code):
        say(session, editions, part, words, version)


def test_a_synthesis_shows_each_point_and_no_news_plainly(session, editions):
    say(session, editions)
    made = synthesising.begun(session, editions)
    whole = composing.compose(session, made, locale="fr", now=editions.now)
    assert whole.followed == ("Carnet de l'été", "/syntheses/carnet")
    rows = [(one.title, one.label, one.body, one.path) for one in whole.follow_up]
    assert rows == [
        ("Qui garde les clés ?", "Fait", "Les clés sont à la mairie.", "/syntheses/carnet#b-q1"),
        ("Ouvrir La nuit.", "Pas de nouvelles", "", "/syntheses/carnet#b-p1"),
    ]
    editions.quoted.state = "hidden"
    session.commit()
    edition, _said = held(session, editions)
    assert edition.parts[1].body == "Ouvrir […]"


def test_nothing_comes_up_of_an_edition_that_is_not_published_or_not_public(
    session, make, editions
):
    alone = synthesising.closed(make)
    assert follow_ups.last(session, alone.consultation) is None
    unpublished = synthesising.closed(make, follows_id=alone.consultation.id)
    assert follow_ups.last(session, unpublished.consultation) is None
    editions.last.access = "listed"
    session.commit()
    assert follow_ups.composed(session, editions.consultation, SAY, editions.now) == {}
    assert follow_ups.last(session, editions.consultation) is not None


def test_a_composition_without_anything_taken_back_stays_itself():
    whole = syntheses.usual()
    assert taken_back.without(whole, ()) is whole
