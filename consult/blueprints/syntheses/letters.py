"""The letter to those whose words a published synthesis quotes: once each."""

from ... import clock, i18n
from ...extensions import db
from ...models import Consultation, Synthesis, SynthesisVersion
from ...services import notifications, synthesis_publication
from ..accounts.letters import write


def quoted(consultation: Consultation, synthesis: Synthesis, version: SynthesisVersion) -> int:
    """Put in the outbox a letter to each person quoted, once; return how many were put."""
    spoken = i18n.locale()
    i18n.use("fr")
    subject, body = write("quoted", consultation=consultation, synthesis=synthesis)
    i18n.use(spoken)
    letters = [
        notifications.Letter(row.email, subject, body, f"synthesis:{synthesis.id}:{row.who}")
        for row in synthesis_publication.to_tell(db.session(), version)
    ]
    return notifications.put_all(db.session(), letters, now=clock.now())
