"""The letters on a published synthesis and on what became of texts: one a person, never twice."""

import hashlib
from typing import Any

from flask import current_app

from ... import clock, i18n
from ...domain import outcomes as rules
from ...extensions import db
from ...models import Consultation, Subscriber, Synthesis, SynthesisVersion
from ...queries import told_syntheses
from ...services import notifications, synthesis_publication
from ...services.told_outcomes import News, Person
from ..accounts.letters import write
from ..follows.letters import stop_path

EXCERPT = 600


def quoted(consultation: Consultation, synthesis: Synthesis, version: SynthesisVersion) -> int:
    """Put in the outbox a letter to each person quoted, once; return how many were put."""
    spoken = i18n.locale()
    i18n.use("fr")
    subject, body = write("quoted", consultation=consultation, synthesis=synthesis)
    i18n.use(spoken)
    people = synthesis_publication.to_tell(db.session(), version)
    letters = {
        row.email: notifications.Letter(row.email, subject, body, _key(synthesis, "q", row.email))
        for row in people
    }
    return notifications.put_all(db.session(), list(letters.values()), now=clock.now())


def published(consultation: Consultation, synthesis: Synthesis, row: Any) -> bool:
    """Put in the outbox the letter to someone who took part."""
    i18n.use(row.locale)
    subject, body = write("summed_up", consultation=consultation, synthesis=synthesis)
    key = _key(synthesis, "c", row.email)
    letter = notifications.Letter(row.email, subject, body, key)
    return notifications.put(db.session(), letter, now=clock.now())


def followed(consultation: Consultation, synthesis: Synthesis, person: Subscriber) -> bool:
    """Put in the outbox the letter to someone who follows a consultation, and wants it at once."""
    i18n.use(person.locale)
    path = stop_path(person)
    stop = current_app.config["BASE_URL"] + path
    subject, body = write("summed_up", consultation=consultation, synthesis=synthesis, stop=stop)
    key = _key(synthesis, "c", person.email)
    letter = notifications.Letter(person.email, subject, body, key, path)
    return notifications.put(db.session(), letter, now=clock.now())


def became(news: News, person: Person) -> bool:
    """Put in the outbox the letter that tells someone what became of all their texts."""
    i18n.use(person.locale)
    subject, body = write(
        "outcomes",
        consultation=news.consultation,
        texts=_told(person),
        left=person.left,
        labels=rules.LABELS,
        excerpt=EXCERPT,
    )
    letter = notifications.Letter(person.email, subject, body, person.key(news))
    return notifications.put(db.session(), letter, now=clock.now())


def _told(person: Person) -> list[tuple[Any, list[tuple[Any, str, bool]]]]:
    """Return the texts with what is said of each; reasons already told are not told again."""
    seen: set[str] = set()
    found = []
    for text, said in person.texts:
        lines = [(outcome, path, outcome.id not in seen) for outcome, path in said]
        seen.update(outcome.id for outcome, _path in said)
        found.append((text, lines))
    return found


def _key(synthesis: Synthesis, kind: str, email: str) -> str:
    mark = hashlib.sha256(email.encode()).hexdigest()[:24]
    return f"{told_syntheses.prefix(synthesis.id)}{kind}:{mark}"
