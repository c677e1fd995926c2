"""Help that anyone offers to a project; how to reach them is for those who carry it alone."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain import projects as rules
from ..domain.errors import RuleBroken
from ..models import HelpOffer, Project, new_id
from ..queries import projects as queries
from . import journal

NAME_LIMIT = 120
CONTACT_LIMIT = 254
WORDS_LIMIT = 2_000
MOST_EACH = 3
MOST = 100


def offer(
    session: Session,
    project: Project,
    participant_id: str,
    said: dict[str, object],
    *,
    now: datetime,
) -> HelpOffer:
    """Offer help to a project that is public; the same offer sent twice is one.

    Raises help-kind-unknown, help-name-missing, help-contact-missing, project-not-sent and
    help-enough (409).
    """
    values = _read(said)
    session.refresh(project, with_for_update=True)
    if project.state != "submitted" or project.moderation != "published":
        raise RuleBroken("project-not-sent", 409)
    held = session.scalars(queries.offers(project.id, participant_id)).all()
    for one in held:
        if all(getattr(one, name) == value for name, value in values.items()):
            return one
    all_of_it = select(func.count()).where(HelpOffer.project_id == project.id)
    if len(held) >= MOST_EACH or (session.scalar(all_of_it) or 0) >= MOST:
        raise RuleBroken("help-enough", 409)
    made = HelpOffer(
        id=new_id(),
        project_id=project.id,
        participant_id=participant_id,
        created_at=now,
        **values,
    )
    session.add(made)
    session.flush()
    _record(session, "help.offered", made, now)
    return made


def withdraw(session: Session, offered: HelpOffer, *, now: datetime) -> None:
    """Take one's offer back: nobody reads how to reach them any more."""
    gone = {"withdrawn_at": now, "body": "", "name": "", "contact": ""}
    session.execute(
        update(HelpOffer)
        .where(HelpOffer.id == offered.id)
        .values(**gone)
        .execution_options(synchronize_session=False)
    )
    _record(session, "help.withdrawn", offered, now)


def _read(said: dict[str, object]) -> dict[str, str]:
    return {
        "kind": rules.kind_of_help(said.get("kind")),
        "body": clean.text(said.get("body"), WORDS_LIMIT),
        "name": clean.line(said.get("name"), NAME_LIMIT, required="help-name-missing"),
        "contact": clean.line(said.get("contact"), CONTACT_LIMIT, required="help-contact-missing"),
    }


def _record(session: Session, act: str, offered: HelpOffer, now: datetime) -> None:
    actor, subject = f"participant:{offered.participant_id}", f"project:{offered.project_id}"
    journal.record(session, act, subject, actor=actor, now=now)
