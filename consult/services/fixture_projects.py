"""A known open call, with a project that was sent and the file joined to it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..domain import projects as rules
from ..models import Account, CallEnvelope, OpenCall, Principle, Project, new_id
from . import mandates, project_files, projects
from .stored_files import Upload

CONTENT = b"Un devis.\n"
SLUG = "appel-des-projets"


def things(
    session: Session, accounts: Mapping[str, Account], *, now: datetime
) -> Mapping[str, tuple[str, str]]:
    """Make the project of citizen_a's organisation; return the id and the page of each thing."""
    call, by = _call(session, now), accounts["citizen_a"]
    lead = mandates.declare(session, by, name="La Fabrique", function="", now=now)
    facts = rules.Facts(
        title="Un projet",
        for_whom="Les habitants",
        what="Des ateliers.",
        asked_cents=400_000,
        contact_email=by.email,
        lead=lead.id,
    )
    project = projects.draft(session, call, facts, form="known-project", by=by, now=now)
    projects.send(session, call, project, by=by, now=now)
    upload = Upload("devis.txt", CONTENT, "Devis")
    file = project_files.add(session, call, project, upload, by=by, now=now)
    here = _page(project)
    return {
        "project_open": (project.id, here),
        "attachment_private": (file.id, f"{here}/files/{file.id}"),
    }


def _page(project: Project) -> str:
    return f"/projects/{project.id}"


def _call(session: Session, now: datetime) -> OpenCall:
    call = OpenCall(
        id=new_id(),
        slug=SLUG,
        title="Un appel à envies",
        opened_by="La communauté de communes",
        territory_code="R-44",
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=30),
        published_at=now - timedelta(days=11),
        created_at=now - timedelta(days=12),
        seed="0" * 64,
        terms={"rule": "equal_awards"},
        terms_digest="0" * 64,
    )
    session.add(call)
    session.flush()
    of_call = {"call_id": call.id, "position": 1}
    session.add(CallEnvelope(**of_call, funder="La région", amount_cents=1_000_000))
    session.add(Principle(**of_call, title="Le projet est ouvert à tous"))
    session.flush()
    return call
