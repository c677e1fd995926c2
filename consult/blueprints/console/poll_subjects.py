"""What a vote that one opens is about: a matter or a seat, as its purpose shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from ... import clock
from ...domain import polls as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext
from ...models import Room
from ...queries import polls as queries
from ...services import poll_purposes
from .blueprint import key_or_404
from .poll_forms import SubjectPollForm, usual


@dataclass(frozen=True)
class Subject:
    """What a vote is about: the purpose, the subject, and what the form shows of it."""

    name: str
    about: str
    purpose: poll_purposes.Purpose
    draft: poll_purposes.Draft
    room: Room

    @property
    def path(self) -> str:
        """Where the subject is shown."""
        return self.purpose.PATH.format(subject=self.about, room=self.room.slug)

    @property
    def hint(self) -> str:
        """What follows from the vote."""
        return gettext(self.purpose.HINT)

    def facts(self) -> dict[str, str]:
        """Return what a vote says of its subject."""
        return {"purpose": self.name, "about": self.about}

    def form(self, posted: Any, now: datetime, zone: str) -> SubjectPollForm:
        """Return the form of the vote: as it was sent, or as it begins."""
        form = SubjectPollForm(posted, data=None if posted is not None else self._usual(now, zone))
        form.suit(self.purpose, self.draft)
        return form

    def _usual(self, now: datetime, zone: str) -> Mapping[str, Any]:
        """Return what the form begins with; a room that is large enough elects in secret."""
        question = gettext(self.purpose.QUESTION, title=self.draft.title)
        begun = usual(now, zone) | {"question": question[: rules.QUESTION_LIMIT]}
        if not self.draft.candidates:
            return begun
        voters = len(db.session.scalars(queries.entitled(self.room.id, now)).all())
        return begun | {"kind": "single", "is_secret": voters >= rules.LEAST_SECRET}


def asked(room: Room, account_id: str) -> Subject | None:
    """Return what the address says that a vote is about, None for nothing; may raise why not."""
    name, about = request.args.get("purpose", ""), request.args.get("about", "")
    if not name:
        return None
    purpose = poll_purposes.PURPOSES.get(name)
    if purpose is None or not purpose.ABOUT:
        raise RuleBroken("purpose-unknown", 404)
    asking = poll_purposes.Asked(key_or_404(about), account_id=account_id)
    draft = purpose.draft(db.session(), room, asking, now=clock.now())
    return Subject(name, about, purpose, draft, room)
