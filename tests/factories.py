"""Makers of objects for tests: each fills in what the test does not care about, and commits."""

from datetime import timedelta
from itertools import count

from consult.domain import searching
from consult.domain.roles import STRONG
from consult.models import (
    Account,
    Amendment,
    Answer,
    Argument,
    Comment,
    Consultation,
    Contribution,
    Organisation,
    Participant,
    Proposal,
    Question,
    Room,
    RoomMember,
    Source,
    Theme,
)
from consult.services import accounts


class Maker:
    """Makes objects on a session."""

    def __init__(self, session, now):
        self.session = session
        self.now = now
        self.numbers = count(1)

    def save(self, thing):
        self.session.add(thing)
        self.session.commit()
        return thing

    def account(self, *roles, **facts):
        number = next(self.numbers)
        facts = {
            "email": f"personne{number}@exemple.fr",
            "name": f"Personne {number}",
            "confirmed_at": self.now,
            "created_at": self.now,
        } | facts
        if set(roles) & STRONG:
            facts.setdefault("second_step", "app")
        account = self.save(Account(**facts))
        for role in roles:
            accounts.grant(self.session, account, role, now=self.now)
        self.session.commit()
        return account

    def participant(self, **facts):
        return self.save(Participant(**({"created_at": self.now} | facts)))

    def organisation(self, **facts):
        number = next(self.numbers)
        facts = {
            "slug": f"structure-{number}",
            "name": f"Structure {number}",
            "name_key": f"structure {number}",
            "created_at": self.now,
        } | facts
        return self.save(Organisation(**facts))

    def consultation(self, **facts):
        """An open consultation, published, with live results."""
        number = next(self.numbers)
        facts = {
            "slug": f"consultation-{number}",
            "title": f"Consultation {number}",
            "asked_by": "La région",
            "purpose": "Pour préparer la stratégie.",
            "territory_code": "R-44",
            "opens_at": self.now - timedelta(days=10),
            "closes_at": self.now + timedelta(days=10),
            "published_at": self.now - timedelta(days=11),
            "created_at": self.now - timedelta(days=12),
        } | facts
        facts.setdefault("search", searching.normalise(facts["title"]))
        return self.save(Consultation(**facts))

    def room(self, level="local", territory_code=None, above=None, **facts):
        """A public room that reads its territory, when it has one."""
        number = next(self.numbers)
        facts = {
            "slug": f"salle-{number}",
            "name": f"Salle {number}",
            "level": level,
            "territory_code": territory_code,
            "parent_id": above.id if above else None,
            "moderates": territory_code is not None,
            "is_private": False,
            "version": 1,
            "created_at": self.now,
        } | facts
        return self.save(Room(**facts))

    def joins(self, account, room, role="facilitator", **facts):
        facts = {"role": role, "is_named": False, "created_at": self.now} | facts
        return self.save(RoomMember(account_id=account.id, room_id=room.id, **facts))

    def joined(self, table, **facts):
        """A file, without its bytes."""
        about = {"title": "Devis", "file_name": "devis.pdf", "media_type": "application/pdf"}
        kept = {"size": 1, "sha256": "f" * 64, "created_at": self.now}
        return self.save(table(**(about | kept | facts)))

    def theme(self, consultation=None, **facts):
        number = next(self.numbers)
        consultation = consultation or self.consultation()
        facts = {
            "number": number,
            "label": str(number),
            "position": number,
            "title": f"Thème {number}",
            "introduction": "Le diagnostic du territoire.",
        } | facts
        return self.save(Theme(consultation_id=consultation.id, **facts))

    def question(self, theme=None, **facts):
        number = next(self.numbers)
        theme = theme or self.theme()
        facts = {
            "number": number,
            "kind": "long_text",
            "wording": f"Que faut-il faire, question {number} ?",
            "options": {},
        } | facts
        facts.setdefault("search", searching.normalise(facts["wording"]))
        return self.save(
            Question(theme_id=theme.id, consultation_id=theme.consultation_id, **facts)
        )

    def contribution(self, consultation, participant=None, **facts):
        number = next(self.numbers)
        facts = {"tracking_number": f"TT-{number:04d}", "created_at": self.now} | facts
        participant = participant or self.participant()
        return self.save(
            Contribution(consultation_id=consultation.id, participant_id=participant.id, **facts)
        )

    def _statement(self, cls, **facts):
        number = next(self.numbers)
        facts = {
            "title": "",
            "body": f"Un texte numéro {number} sur la médiation numérique.",
            "created_at": self.now - timedelta(seconds=1000 - number),
            "updated_at": self.now,
            "published_at": self.now,
        } | facts
        facts.setdefault("search", searching.normalise(f"{facts['title']} {facts['body']}"))
        return self.save(cls(**facts))

    def answer(self, question, **facts):
        return self._statement(
            Answer,
            **{
                "consultation_id": question.consultation_id,
                "theme_id": question.theme_id,
                "question_id": question.id,
                "value": {"text": facts.get("body", "")},
            }
            | facts,
        )

    def proposal(self, theme, **facts):
        return self._statement(
            Proposal,
            **{
                "consultation_id": theme.consultation_id,
                "theme_id": theme.id,
                "title": "Une proposition",
            }
            | facts,
        )

    def _child(self, cls, parent, **facts):
        return self._statement(
            cls, **{"consultation_id": parent.consultation_id, "parent_id": parent.id} | facts
        )

    def argument(self, parent, **facts):
        return self._child(Argument, parent, **{"side": "for"} | facts)

    def source(self, parent, **facts):
        return self._child(Source, parent, **facts)

    def amendment(self, parent, **facts):
        return self._child(Amendment, parent, **facts)

    def comment(self, parent, **facts):
        return self._child(Comment, parent, **facts)
