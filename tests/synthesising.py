"""A closed consultation with texts, and its notebook: what the tests of syntheses begin from."""

from datetime import timedelta
from types import SimpleNamespace

from consult.services import synthesis_drafting, synthesis_publication

DAY = timedelta(days=1)


def closed(make, **facts):
    """A closed consultation and its organiser, beside another one with texts of its own."""
    other = make.question(make.theme())
    make.answer(other, body="D'ailleurs.", declared_agree=99)
    owner = make.account("organiser")
    facts = {"closes_at": make.now - DAY, "owner_id": owner.id, "title": "Nos horaires"} | facts
    consultation = make.consultation(**facts)
    theme = make.theme(consultation, title="Le soir")
    question = make.question(theme, wording="Quand venez-vous ?")
    return SimpleNamespace(
        owner=owner, consultation=consultation, theme=theme, question=question, now=make.now
    )


def begun(session, world, locale="fr"):
    """Open the notebook."""
    found = synthesis_drafting.begin(
        session, world.consultation, locale=locale, account=world.owner, now=world.now
    )
    session.commit()
    return found


def publish(session, synthesis, by, now, reason=""):
    """Publish what stands."""
    whole, digest = synthesis_publication.draft(session, synthesis, now=now)
    wanted = synthesis_publication.Wanted(digest, whole.number, reason)
    version = synthesis_publication.publish(session, synthesis, wanted, by=by, now=now)
    session.commit()
    return version
