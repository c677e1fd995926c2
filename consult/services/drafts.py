"""Texts being written: kept on the server at each exchange, one for each person and target."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..models import Draft
from . import inserting

FIELDS_LIMIT = 200
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Form = Mapping[str, Sequence[str]]


def target(question_id: str) -> str:
    """Return what a draft of an answer is filed under."""
    return f"question:{question_id}"


def find(session: Session, participant_id: str | None, target: str) -> Draft | None:
    """Return the draft of a person for a target, if there is one."""
    if participant_id is None:
        return None
    return session.get(Draft, (participant_id, target), populate_existing=True)


def save(
    session: Session, *, participant_id: str, target: str, form: Form, now: datetime
) -> Draft | None:
    """Keep what is typed as it is, mistakes included; an empty form forgets the draft."""
    kept = storable(form)
    if not kept:
        discard(session, participant_id=participant_id, target=target)
        return None
    values = {"participant_id": participant_id, "target": target, "form": kept}
    inserting.once(session, Draft, {**values, "created_at": now, "updated_at": now})
    session.execute(
        update(Draft)
        .where(Draft.participant_id == participant_id, Draft.target == target)
        .values(form=kept, updated_at=now)
    )
    return find(session, participant_id, target)


def begin(session: Session, *, participant_id: str, target: str, form: Form, now: datetime) -> bool:
    """Keep a text to go on with; False for someone who has begun one there, which stays."""
    values = {"participant_id": participant_id, "target": target, "form": storable(form)}
    return inserting.once(session, Draft, {**values, "created_at": now, "updated_at": now})


def discard(session: Session, *, participant_id: str, target: str) -> None:
    """Forget a draft, once it is sent or when the person starts again."""
    session.execute(
        delete(Draft).where(Draft.participant_id == participant_id, Draft.target == target)
    )


def beginnings(session: Session, participant_id: str | None) -> list[str]:
    """Return the beginnings of the texts that a person has not sent, the latest first."""
    if participant_id is None:
        return []
    query = select(Draft.form).where(Draft.participant_id == participant_id)
    forms = session.scalars(query.order_by(Draft.updated_at.desc()).limit(20))
    return [max((v for values in form.values() for v in values), key=len)[:200] for form in forms]


def take_up(session: Session, *, source: str, participant_id: str, targets: Sequence[str]) -> None:
    """Give drafts to another participant, but for those this one has begun too."""
    mine = select(Draft.target).where(Draft.participant_id == participant_id)
    session.execute(
        update(Draft)
        .where(
            Draft.participant_id == source,
            Draft.target.in_(targets),
            Draft.target.not_in(mine),
        )
        .values(participant_id=participant_id)
        .execution_options(synchronize_session=False)
    )


def plain(text: str) -> str:
    """Return a text without what no database and no page can hold."""
    return _UNSTORABLE.sub("", text)


def storable(form: Form) -> dict[str, list[str]]:
    """Return the fields that say something, without what no database and no page can hold."""
    fields = {
        plain(name): [plain(value) for value in values]
        for name, values in list(form.items())[:FIELDS_LIMIT]
    }
    return {name: values for name, values in fields.items() if any(v.strip() for v in values)}
