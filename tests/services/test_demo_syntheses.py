"""The synthesis of the demonstration: on the day it was promised, then with what is kept."""

from collections import Counter
from random import Random

from consult import demo as said
from consult.services import composing, demo, taken_back
from consult.services.demo import syntheses
from consult.services.demo.frames import FrameWriter
from consult.services.demo.people import People


def test_a_closed_consultation_is_summed_up_as_promised_then_with_what_is_kept(session, now):
    people = People(session, now)
    people.gather()
    people.open_accounts(said.read("people")["account"])
    whole = said.consultation("horaires")
    owner = people.accounts[syntheses.BY]
    frame = FrameWriter(session, now, owner_id=owner).write(whole)
    demo._fill(session, frame, whole, people, Random(1))
    syntheses.write(session, frame, whole["synthesis"], owner)
    session.commit()
    slug = frame.consultation.slug
    version, after = composing.published(session, slug)
    first, before = composing.published(session, slug, 1)
    assert (version.number, first.published_at) == (2, frame.consultation.synthesis_at)
    assert version.reason and "reply" not in {part.kind for part in before.parts}
    kinds = Counter(part.kind for part in after.parts)
    assert (kinds["reply"], kinds["figure"], kinds["proposition"]) == (2, 3, 2)
    assert len(taken_back.statements_of(after)) == 2
