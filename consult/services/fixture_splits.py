"""The published split of the known objects: a call that is over, and its two projects."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from ..domain import chain, searching
from ..models import (
    Account,
    CallEnvelope,
    CallOfficer,
    OpenCall,
    Organisation,
    Project,
    ProjectCarrier,
    new_id,
)
from . import organisations, splits

DAY = timedelta(days=1)
ASKED = (50_000, 90_001)


def things(
    session: Session, people: Mapping[str, Account], *, now: datetime
) -> Mapping[str, tuple[str, str]]:
    """Publish a split; return its call and a project of it, each with its page."""
    by = people["administrator"]
    call = _call(session, now)
    session.add(CallOfficer(call_id=call.id, account_id=by.id, created_at=now))
    made = []
    for number, asked in enumerate(ASKED, start=1):
        lead = organisations.named(session, f"Porteur {number}", now=now)
        made.append(_project(session, call, lead, (number, asked), now))
    call.projects = len(made)
    session.flush()
    digest = splits.compute(session, call, now=now).digest
    splits.publish(session, call, splits.Wanted(digest, 1), by=by, now=now)
    return {
        "open_call_published": (call.id, f"/open-calls/{call.slug}"),
        "project_funded": (made[0].id, f"/projects/{made[0].id}"),
    }


def _call(session: Session, now: datetime) -> OpenCall:
    title = "Appel partagé"
    terms: dict[str, Any] = {"rule": "equal_awards", "envelope": 100_000}
    call = OpenCall(
        id=new_id(),
        slug="appel-partage",
        title=title,
        opened_by="La communauté de communes",
        about="Pour vérifier.",
        territory_code="R-44",
        opens_at=now - 40 * DAY,
        closes_at=now - 10 * DAY,
        published_at=now - 41 * DAY,
        created_at=now - 42 * DAY,
        seed="0" * 64,
        terms=terms,
        terms_digest=sha256(chain.encode(terms).encode()).hexdigest(),
        search=searching.normalise(title),
    )
    session.add(call)
    session.flush()
    given = {"funder": "Le département", "amount_cents": 100_000}
    session.add(CallEnvelope(call_id=call.id, position=1, **given))
    return call


def _project(
    session: Session, call: OpenCall, lead: Organisation, said: tuple[int, int], now: datetime
) -> Project:
    number, asked = said
    title = f"Projet financé {number}"
    project = Project(
        id=new_id(),
        call_id=call.id,
        number=number,
        state="submitted",
        title=title,
        for_whom="Les habitants",
        what="Des ateliers.",
        asked_cents=asked,
        search=searching.normalise(title),
        **dict.fromkeys(("created_at", "updated_at", "submitted_at"), now - 20 * DAY),
    )
    session.add(project)
    session.flush()
    once = {"leads": True, "once_call_id": call.id}
    session.add(ProjectCarrier(project_id=project.id, organisation_id=lead.id, **once))
    return project
