"""Projects of a call: which are public, where each stands, who carries them, who may read them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from ..domain import assessments as rules
from ..models import (
    Account,
    Assessment,
    HelpOffer,
    Mandate,
    OpenCall,
    Organisation,
    Principle,
    Project,
    ProjectCarrier,
    ProjectFile,
    Territory,
)
from . import open_calls, paging

Rows = Select[*tuple[Any, ...]]
LEAD = aliased(Organisation, name="lead")
LED_BY = aliased(ProjectCarrier, name="led_by")
MOST = 200
IN_ORDER: tuple[Any, ...] = (Project.number,)


def is_public() -> ColumnElement[bool]:
    """Tell which projects anyone may read: those that were sent, and that nobody hid."""
    return and_(Project.state == "submitted", Project.moderation == "published")


def settled() -> ColumnElement[Any]:
    """Give the verdict that counts: for a "no", what a second person said; null until then.

    Null too for what was said of an older version: the project, which the query joins, changed.
    """
    return case(
        (Assessment.version < Project.version, None),
        (Assessment.verdict != rules.NO, Assessment.verdict),
        else_=Assessment.second_verdict,
    )


def standings(call_id: str) -> Rows:
    """Select where each public project of a call stands, in the order of the numbers.

    The facts of the platform that a call may ask for come on top (`services.assessments`).
    """
    held = _tally(call_id)
    return (
        select(
            Project.id,
            Project.number,
            Project.territory_code,
            _standing(held, call_id).label("standing"),
        )
        .outerjoin(held, held.c.project_id == Project.id)
        .where(Project.call_id == call_id, is_public())
        .order_by(Project.number)
    )


def _tally(call_id: str) -> Any:
    said = settled()
    return (
        select(
            Assessment.project_id,
            _sum(said == rules.NO).label("refused"),
            _sum(said == rules.TO_COMPLETE).label("to_complete"),
            _sum(said == rules.YES).label("respected"),
            func.min(Assessment.version).label("oldest"),
        )
        .join(Project, Project.id == Assessment.project_id)
        .where(Project.call_id == call_id)
        .group_by(Assessment.project_id)
        .subquery()
    )


def _sum(of: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((of, 1), else_=0)), 0), Integer)


def _standing(held: Any, call_id: str) -> ColumnElement[str]:
    asked = select(func.count()).where(Principle.call_id == call_id).scalar_subquery()
    return case(
        (held.c.refused > 0, rules.REFUSED),
        (held.c.to_complete > 0, rules.TO_COMPLETE),
        (func.coalesce(held.c.respected, 0) >= asked, rules.RESPECTS),
        else_=rules.UNREAD,
    )


def listed(call_id: str, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the public projects of a call, in the order of their numbers."""
    held = _tally(call_id)
    rows = (
        _cards()
        .add_columns(_standing(held, call_id).label("standing"))
        .outerjoin(held, held.c.project_id == Project.id)
        .where(Project.call_id == call_id, is_public())
    )
    return paging.after(rows, IN_ORDER, descending=False, cursor_text=cursor, limit=limit)


def latest(call_id: str, limit: int) -> Rows:
    """Select the public projects sent last."""
    newest = (Project.submitted_at.desc(), Project.id.desc())
    return _cards().where(Project.call_id == call_id, is_public()).order_by(*newest).limit(limit)


def changed(call_id: str, limit: int) -> Rows:
    """Select the public projects that changed since a principle was read, by their numbers."""
    held = _tally(call_id)
    return (
        select(Project.id, Project.title)
        .join(held, held.c.project_id == Project.id)
        .where(Project.call_id == call_id, is_public(), held.c.oldest < Project.version)
        .order_by(Project.number)
        .limit(limit)
    )


def to_read(call_id: str, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the projects that whoever checks reads, as `listed`, with their texts."""
    held = _tally(call_id)
    rows = (
        _cards()
        .add_columns(
            _standing(held, call_id).label("standing"),
            Project.version,
            Project.account_id,
            (held.c.oldest < Project.version).label("changed"),
        )
        .outerjoin(held, held.c.project_id == Project.id)
        .where(Project.call_id == call_id, is_public())
    )
    return paging.after(rows, IN_ORDER, descending=False, cursor_text=cursor, limit=limit)


def _cards() -> Rows:
    """Select what a list says of a project."""
    return (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.for_whom,
            Project.place,
            Project.group_name,
            Project.what,
            Project.asked_cents,
            Project.cost_cents,
            Project.other_cents,
            Project.priority,
            Project.theme,
            Project.territory_code,
            Project.submitted_at,
            Project.updated_at,
            Territory.name.label("territory"),
            LEAD.name.label("carrier"),
            LEAD.slug.label("carrier_slug"),
        )
        .outerjoin(LED_BY, and_(LED_BY.project_id == Project.id, LED_BY.leads))
        .outerjoin(LEAD, LEAD.id == LED_BY.organisation_id)
        .outerjoin(Territory, Territory.code == Project.territory_code)
    )


def one(project_id: str, reader: open_calls.Reader) -> Select[Project, OpenCall]:
    """Select a project and its call, if the reader may know of the call."""
    query = select(Project, OpenCall).join(OpenCall, OpenCall.id == Project.call_id)
    return query.where(Project.id == project_id, reader.sees())


def carriers(project_id: str, account_id: str | None) -> Rows:
    """Select who carries a project, the lead first; `mine` where the account holds a mandate."""
    mine = exists().where(
        Mandate.organisation_id == Organisation.id,
        Mandate.account_id == (account_id or ""),
        Mandate.ended_at.is_(None),
    )
    return (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.slug,
            ProjectCarrier.leads,
            mine.label("mine"),
        )
        .join(ProjectCarrier, ProjectCarrier.organisation_id == Organisation.id)
        .where(ProjectCarrier.project_id == project_id)
        .order_by(ProjectCarrier.leads.desc(), Organisation.name, Organisation.id)
    )


def carried_by(account_id: str) -> Select[str]:
    """Select the projects carried by an organisation for which an account acts now."""
    return (
        select(ProjectCarrier.project_id)
        .join(Mandate, Mandate.organisation_id == ProjectCarrier.organisation_id)
        .where(Mandate.account_id == account_id, Mandate.ended_at.is_(None))
    )


def conflicting(account_id: str, call_id: str) -> Select[str]:
    """Select the projects of a call that an account may neither check nor pay: they are its own.

    It wrote them, or acts for an organisation that carries them.
    """
    theirs = or_(Project.account_id == account_id, Project.id.in_(carried_by(account_id)))
    query = select(Project.id).where(Project.call_id == call_id, theirs)
    return query.order_by(Project.id).correlate(None)


def of_account(account_id: str) -> Rows:
    """Select the projects that someone wrote or carries, the latest first."""
    led = exists().where(
        ProjectCarrier.project_id == Project.id,
        ProjectCarrier.project_id.in_(carried_by(account_id)),
    )
    drafted = and_(Project.state == "draft", Project.account_id == account_id)
    sent = and_(Project.state != "draft", or_(led, Project.account_id == account_id))
    return (
        _cards()
        .add_columns(
            Project.state,
            (Project.moderation != "published").label("is_hidden"),
            Project.call_id,
            OpenCall.title.label("call_title"),
            OpenCall.slug.label("call_slug"),
        )
        .join(OpenCall, OpenCall.id == Project.call_id)
        .where(or_(drafted, sent))
        .order_by(Project.created_at.desc(), Project.id)
        .limit(MOST)
    )


def readings(project_ids: list[str]) -> Select[Assessment]:
    """Select what was said of the principles, for some projects."""
    return (
        select(Assessment)
        .where(Assessment.project_id.in_(project_ids))
        .order_by(Assessment.project_id, Assessment.principle_id)
    )


def principles(call_id: str) -> Select[Principle]:
    """Select the principles of a call, in their order."""
    return select(Principle).where(Principle.call_id == call_id).order_by(Principle.position)


def told(project_id: str) -> Rows:
    """Select whom to write to about a project: those who act for who carries it."""
    return (
        select(Account.id, Account.email)
        .join(Mandate, Mandate.account_id == Account.id)
        .join(ProjectCarrier, ProjectCarrier.organisation_id == Mandate.organisation_id)
        .where(
            ProjectCarrier.project_id == project_id,
            Mandate.ended_at.is_(None),
            Account.active,
        )
        .distinct()
        .order_by(Account.id)
        .limit(MOST)
    )


def files(project_id: str) -> Select[ProjectFile]:
    """Select the files joined to a project, the oldest first."""
    query = select(ProjectFile).where(ProjectFile.project_id == project_id)
    return query.order_by(ProjectFile.created_at, ProjectFile.id)


def offers(project_id: str, participant_id: str | None = None) -> Select[HelpOffer]:
    """Select the help offered to a project, the latest first; one person's own where told."""
    query = select(HelpOffer).where(
        HelpOffer.project_id == project_id, HelpOffer.withdrawn_at.is_(None)
    )
    if participant_id is not None:
        query = query.where(HelpOffer.participant_id == participant_id)
    return query.order_by(HelpOffer.created_at.desc(), HelpOffer.id).limit(MOST)
