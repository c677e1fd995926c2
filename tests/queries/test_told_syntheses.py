"""Who is told of a synthesis: whoever took part and whoever follows at once, each one time."""

from sqlalchemy import select

from consult.models import Follow, Mail, Subscriber, Synthesis, SynthesisVersion
from consult.queries import told_syntheses
from tests import syntheses


def test_each_is_told_once(session, make, now):
    version = syntheses.publish(make)
    synthesis = session.get_one(Synthesis, version.synthesis_id)
    ids = (synthesis.consultation_id, synthesis.id)
    theme = make.theme(session.get_one(type(make.consultation()), ids[0]))
    idea = make.proposal(theme)
    for name in ("amina", "bilal", "chloe"):
        account = make.account(email=f"{name}@exemple.fr")
        author = make.participant(account_id=account.id)
        state = "withdrawn" if name == "chloe" else "published"
        for _number in range(2):
            if name == "amina":
                make.comment(idea, participant_id=author.id)
            else:
                make.proposal(theme, participant_id=author.id, state=state)
    facts = {"time_zone": "Europe/Paris", "locale": "fr", "next_digest_at": now, "told_until": now}
    facts |= {"created_at": now, "confirmed_at": now}
    for name, letters in (("bilal", "none"), ("chloe", "at_once"), ("dora", "weekly")):
        person = make.save(Subscriber(email=f"{name}@exemple.fr", letters=letters, **facts))
        subject = f"consultation:{ids[0]}"
        make.save(Follow(subscriber_id=person.id, subject=subject, confirmed_at=now))

    def told():
        took_part = session.execute(told_syntheses.contributors(*ids, most=9)).all()
        follow = session.scalars(told_syntheses.followers(*ids, most=9)).all()
        return [row.email for row in took_part], [person.email for person in follow]

    assert told() == (["amina@exemple.fr"], ["chloe@exemple.fr"])
    assert session.scalars(told_syntheses.untold()).all() == [version]
    for name in ("amina", "chloe"):
        letter = {"recipient": f"{name}@exemple.fr", "subject": "s", "body": "b"}
        key = f"{told_syntheses.prefix(synthesis.id)}c:{name}"
        make.save(Mail(dedup_key=key, attempts=0, created_at=now, **letter))
    assert told() == ([], [])
    for name, is_told in (("amina", True), ("dora", False)):
        query = select(told_syntheses.is_told(f"{name}@exemple.fr")).select_from(Synthesis)
        assert bool(session.scalar(query)) is is_told
    session.get_one(SynthesisVersion, version.id).told_at = now
    session.commit()
    assert session.scalars(told_syntheses.untold()).all() == []
