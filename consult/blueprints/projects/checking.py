"""Checking the projects of a call against its principles: one project a row, in two clicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires, viewer
from ...domain import assessments as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Assessment, OpenCall, Principle, Project
from ...queries import paging
from ...queries import projects as queries
from ...services import assessments, drafts
from ..open_calls import load as calls
from . import letters, load, showing
from .routes import bp

ALL = "all"


@dataclass(frozen=True)
class Desk:
    """A call at hand for whoever checks: all of it, or only the second reading of a "no"."""

    call: OpenCall
    is_officer: bool


@dataclass(frozen=True)
class Row:
    """A project to read: its facts, what was said of it, whether it is one's own."""

    project: Any
    said: dict[str, Assessment]
    seen: str
    is_own: bool
    waiting: Sequence[str]
    lacks: Sequence[tuple[str, Sequence[str]]]
    standing: str


def _desk(slug: str) -> Desk:
    """Return the call, for those who check it or read a "no" again; 403 for anyone else."""
    call = calls.visible_or_404(slug)
    if viewer().may("project.assess", call=call):
        return Desk(call, is_officer=True)
    room = load.room_of(call.territory_code)
    if not viewer().may("project.second_read", call=call, room=room):
        abort(403)
    return Desk(call, is_officer=False)


@bp.get("/open-calls/<slug>/principles")
@requires("project.second_read")
def reading(slug: str) -> ResponseReturnValue:
    """List the projects, the first sent first, each with its principles."""
    return _page(_desk(slug))


def _page(
    desk: Desk, broken: RuleBroken | None = None, wrong: str = "", second: str = ""
) -> ResponseReturnValue:
    """Show a page of projects, with what was typed of the one that is `wrong`.

    It is about a principle that was read a `second` time, or about all of them.
    """
    call, by = desk.call, account()
    cursor = request.args.get("cursor")
    chosen = db.session.execute(queries.to_read(call.id, cursor)).all()
    found, after = paging.cut(chosen, lambda row: (row.number,))
    principles = db.session.scalars(queries.principles(call.id)).all()
    text = render_template(
        "projects/reading.html",
        desk=desk,
        call=call,
        rows=_rows(call, found, by.id),
        principles=principles,
        verdicts=rules.VERDICTS,
        standings=rules.STANDINGS,
        typed=_typed(principles) if wrong and not second else {},
        wrong=wrong,
        second=second,
        reason=drafts.plain(request.form.get("reason", "")) if second else "",
        page=urlencode({"cursor": cursor}) if cursor else "",
        error=sentence(broken) if broken else "",
        me=by.id,
        next_url=f"/open-calls/{call.slug}/principles?cursor={after}" if after else None,
    )
    return text, broken.status if broken else 200


def _rows(call: OpenCall, found: Sequence[Any], account_id: str) -> list[Row]:
    said: dict[str, dict[str, Assessment]] = {}
    for one in db.session.scalars(queries.readings([row.id for row in found])):
        said.setdefault(one.project_id, {})[one.principle_id] = one
    own = set(db.session.scalars(queries.conflicting(account_id, call.id)))
    places = {row.id: row.territory_code or call.territory_code or "" for row in found}
    missing = assessments.unmet(db.session(), call, set(places.values()), now=clock.now())
    return [
        Row(
            project=row,
            said=said.get(row.id, {}),
            seen=assessments.seen(list(said.get(row.id, {}).values())),
            is_own=row.id in own,
            waiting=[
                key
                for key, one in said.get(row.id, {}).items()
                if one.verdict == rules.NO
                and one.second_verdict is None
                and one.version == row.version
            ],
            lacks=showing.conditions(call.conditions, missing.get(places[row.id], {})),
            standing=rules.with_conditions(row.standing, unmet=places[row.id] in missing),
        )
        for row in found
    ]


def _typed(principles: Sequence[Principle]) -> dict[str, dict[str, str]]:
    """Return what was typed of each principle, fit to be shown."""
    return {
        one.id: {
            name: drafts.plain(request.form.get(f"{name}-{one.id}", ""))
            for name in ("verdict", "reason", "fix")
        }
        for one in principles
    }


@bp.post("/open-calls/<slug>/principles/<project_id>")
@requires("project.assess")
def assess(slug: str, project_id: str) -> ResponseReturnValue:
    """Keep what one says of a project; one button says yes to all."""
    desk, project = _at(slug, project_id)
    if not desk.is_officer:
        abort(403)
    by = account()
    said = _seen(_said(db.session.scalars(queries.principles(desk.call.id)).all()))
    try:
        told = assessments.read(db.session(), desk.call, project, said, by=by, now=clock.now())
    except RuleBroken as broken:
        return _refused(desk, broken, project_id)
    letters.to_complete(desk.call, project, told)
    _tell_if_whole(desk.call, project)
    db.session.commit()
    flash(gettext("Project %(n)s is read.", n=project.number), "success")
    return _back(slug, project)


@bp.post("/open-calls/<slug>/principles/<project_id>/<principle_id>/second")
@requires("project.second_read")
def second(slug: str, project_id: str, principle_id: str) -> ResponseReturnValue:
    """Read a "no" a second time."""
    desk, project = _at(slug, project_id)
    if not load.ID.fullmatch(principle_id):
        abort(404)
    about = rules.Verdict(
        principle_id, request.form.get("verdict", ""), request.form.get("reason", "")
    )
    said = _seen([about])
    try:
        done = assessments.second(
            db.session(), desk.call, project, said, by=account(), now=clock.now()
        )
    except RuleBroken as broken:
        return _refused(desk, broken, project_id, principle_id)
    if done.second_verdict == rules.NO:
        letters.refused(desk.call, project, done)
    elif done.second_verdict == rules.TO_COMPLETE:
        letters.to_complete(desk.call, project, [done])
    _tell_if_whole(desk.call, project)
    db.session.commit()
    flash(gettext("Your second reading is noted."), "success")
    return _back(slug, project)


def _back(slug: str, project: Project) -> ResponseReturnValue:
    """Lead back to the project, on the page of the list where it was read."""
    cursor, place = request.args.get("cursor"), f"p{project.number}"
    return htmx.see_other("projects.reading", slug=slug, cursor=cursor, _anchor=place)


def _tell_if_whole(call: OpenCall, project: Project) -> None:
    now = clock.now()
    if assessments.standing(db.session(), call, project, now=now) == rules.RESPECTS:
        letters.respected(call, project)


def _at(slug: str, project_id: str) -> tuple[Desk, Project]:
    """Return the desk and a public project of its call, or answer 404."""
    desk = _desk(slug)
    found = load.visible_or_404(project_id)
    if found.call.id != desk.call.id:
        abort(404)
    return desk, found.project


def _said(principles: Sequence[Principle]) -> list[rules.Verdict]:
    sent = request.form
    everything = sent.get(ALL) == rules.YES
    return [
        rules.Verdict(
            one.id,
            rules.YES if everything else sent.get(f"verdict-{one.id}", ""),
            sent.get(f"reason-{one.id}", ""),
            sent.get(f"fix-{one.id}", ""),
        )
        for one in principles
        if everything or sent.get(f"verdict-{one.id}")
    ]


def _seen(verdicts: Sequence[rules.Verdict]) -> assessments.Said:
    """Return what is said, with the version and the reading that the form showed."""
    version = request.form.get("version", "")
    number = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    return assessments.Said(number, request.form.get("seen", ""), verdicts)


def _refused(
    desk: Desk, broken: RuleBroken, project_id: str, second: str = ""
) -> ResponseReturnValue:
    db.session.rollback()
    if broken.status == 403:
        raise broken
    return _page(_desk(desk.call.slug), broken, project_id, second)
