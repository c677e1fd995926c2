"""The page of a project: for whom, what, where, how much, by whom, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires, viewer
from ...domain import assessments as rules
from ...domain import open_calls
from ...domain import projects as words
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Assessment, Organisation, Principle, Territory
from ...queries import projects as queries
from ...services import assessments, call_conditions, drafts, project_carriers
from ..second_readings import reasons
from ..splits import load as splits
from . import load
from .routes import bp


@dataclass(frozen=True)
class Read:
    """A principle, what was said of it, and the verdict of those who read it last."""

    principle: Principle
    said: Assessment | None
    agreed: str | None


@dataclass(frozen=True)
class Standing:
    """Where a project stands: in a word, principle by principle, and what the platform lacks."""

    reached: str
    read: Sequence[Read]
    lacks: Sequence[tuple[str, Sequence[str]]]
    changed: bool

    @property
    def to_mend(self) -> list[Read]:
        """What was found to complete or lacking, the last time someone read it."""
        return [one for one in self.read if one.agreed in (rules.TO_COMPLETE, rules.NO)]


def standing(found: load.Found) -> Standing:
    """Return where a project stands."""
    project, call = found.project, found.call
    principles = db.session.scalars(queries.principles(call.id)).all()
    rows = db.session.scalars(queries.readings([project.id])).all()
    said = {one.principle_id: one for one in rows}
    readings = {
        key: rules.Reading(one.verdict, one.second_verdict, one.version >= project.version)
        for key, one in said.items()
    }
    reached = rules.standing([one.id for one in principles], readings)
    code = project.territory_code or call.territory_code or ""
    missing = assessments.unmet(db.session(), call, {code}, now=clock.now()).get(code, {})
    return Standing(
        reached=rules.with_conditions(reached, unmet=bool(missing)),
        read=[
            Read(one, said.get(one.id), readings[one.id].agreed if one.id in readings else None)
            for one in principles
        ],
        lacks=conditions(call.conditions, missing),
        changed=any(one.version < project.version for one in rows),
    )


def conditions(
    names: Sequence[str], missing: dict[str, list[call_conditions.Missing]]
) -> list[tuple[str, Sequence[str]]]:
    """Return the conditions of a call, said in words, each with what it lacks."""
    known = [name for name in names if name in call_conditions.CONDITIONS]
    return [
        (
            gettext(call_conditions.CONDITIONS[name].LABEL),
            [_lack(one) for one in missing.get(name, ())],
        )
        for name in known
    ]


def _lack(one: call_conditions.Missing) -> str:
    facts = {
        name: gettext(value) if name == "college" else value for name, value in one.facts.items()
    }
    return gettext(one.sentence) % facts


@bp.get("/projects/<project_id>")
@requires("call.read")
def show(project_id: str) -> ResponseReturnValue:
    """Show a project to anyone, and to those who carry it what is for them alone."""
    return page(load.visible_or_404(project_id))


def page(
    found: load.Found, broken: RuleBroken | None = None, wrong: str = ""
) -> ResponseReturnValue:
    """Render the page, with what was refused and what was typed beside `wrong`."""
    project, call = found.project, found.call
    code = project.territory_code
    shares = found.reads_contacts
    participant = viewer().participant_id
    phase = open_calls.phase(call, clock.now())
    text = render_template(
        "projects/show.html",
        project=project,
        call=call,
        found=found,
        phase=phase,
        received=splits.received(call.id, project.id) if phase == open_calls.CLOSED else None,
        standing=standing(found),
        standings=rules.STANDINGS,
        verdicts=rules.VERDICTS,
        states=words.STATES,
        help_kinds=words.HELP,
        territory=db.session.get(Territory, code) if code else None,
        files=db.session.scalars(queries.files(project.id)).all() if shares else [],
        offers=db.session.scalars(queries.offers(project.id)).all() if found.may_write else [],
        own_offers=(
            db.session.scalars(queries.offers(project.id, participant)).all() if participant else []
        ),
        shares=shares,
        given=reasons.of_project(project, call) if found.is_mine or found.may_decide else None,
        deciding=_deciding(found),
        error=sentence(broken) if broken else "",
        wrong=wrong,
        typed=drafts.plain(request.form.get("words", "")),
    )
    return text, broken.status if broken else 200


def _deciding(found: load.Found) -> str:
    """Return where whoever looks after the texts decides about a project, "" for others."""
    if not found.may_decide:
        return ""
    state = found.project.moderation
    return url_for("moderation.queue", state=state, one=found.project.id)


@bp.post("/projects/<project_id>/principles/<principle_id>/reply")
@requires("project.write")
@limiter.limit("60 per hour")
def reply(project_id: str, principle_id: str) -> ResponseReturnValue:
    """Answer in writing what was said of a principle."""
    found = load.written_or_refuse(project_id)
    if not load.ID.fullmatch(principle_id):
        abort(404)
    said = request.form.get("words", "")
    try:
        assessments.reply(
            db.session(), found.project, principle_id, said, by=account(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return page(load.written_or_refuse(project_id), broken, principle_id)
    db.session.commit()
    flash(gettext("Your answer is noted. Those who check the project read it."), "success")
    return htmx.see_other("projects.show", project_id=project_id)


@bp.post("/projects/<project_id>/carriers/<organisation_id>/leave")
@requires("project.write")
def leave(project_id: str, organisation_id: str) -> ResponseReturnValue:
    """Take one's organisation off a project that another one leads."""
    found = load.visible_or_404(project_id)
    if not load.ID.fullmatch(organisation_id):
        abort(404)
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        abort(404)
    project_carriers.leave(db.session(), found.project, organisation, by=account(), now=clock.now())
    db.session.commit()
    flash(gettext("Your organisation no longer carries this project."), "success")
    return htmx.see_path(f"/open-calls/{found.call.slug}")
