"""Writing a project: the form, the page where it is checked, sending, withdrawing."""

import secrets
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import money, open_calls
from ...domain import projects as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, locale, sentence
from ...models import OpenCall, Project
from ...queries import mandates
from ...queries import projects as queries
from ...services import drafts, project_carriers, project_texts, projects, splits
from ..console.fields import attempt
from ..open_calls import load as calls
from . import forms, letters, load
from .routes import bp


def _written(cents: int) -> str:
    """Write an amount as the field of a form takes it."""
    return money.written(cents, locale()).replace("€", "").strip("\u00a0 ")


def _held() -> Any:
    return db.session.execute(mandates.of_account(account().id)).all()


def _form(call: OpenCall, project: Project | None) -> forms.ProjectForm:
    """Return the form as it was sent, else as the project stands."""
    if request.method == "POST":
        form = forms.ProjectForm(request.form)
    elif project is None:
        start = {"key": secrets.token_urlsafe(16), "contact_email": account().email}
        form = forms.ProjectForm(data={**start, "contact_name": account().name})
    else:
        facts = project_texts.facts_of(db.session(), project)
        values = forms.of_facts(facts, _written)
        form = forms.ProjectForm(data={**values, "version": str(project.version)})
    form.offer(call, _held())
    if request.method == "GET" and project is not None:
        for side in form.rows:
            lines = [line for line in facts.lines if line.side == side]
            form.rows[side] = forms.padded([(one.label, _written(one.cents)) for one in lines])
    return form


def _page(form: forms.ProjectForm, call: OpenCall, project: Project | None = None) -> str:
    return render_template(
        "projects/write.html",
        form=form,
        call=call,
        project=project,
        own=len(form.lead.choices) > 1,
        action=f"/projects/{project.id}/edit"
        if project
        else f"/open-calls/{call.slug}/projects/new",
    )


@bp.route("/open-calls/<slug>/projects/new", methods=["GET", "POST"])
@requires("project.write")
@limiter.limit("60 per hour", methods=["POST"])
def new(slug: str) -> ResponseReturnValue:
    """Begin a project: what is typed is kept as a draft, then checked."""
    call = calls.visible_or_404(slug)
    open_calls.require(call, projects.OPEN, clock.now())
    form, made = _form(call, None), list[Project]()
    if request.method == "GET":
        return _page(form, call)

    def act() -> None:
        key, by = form.key.data or "", account()
        made.append(
            projects.draft(db.session(), call, form.facts(call), form=key, by=by, now=clock.now())
        )

    if status := attempt(form, act):
        return _page(form, call), status
    return htmx.see_other("projects.check", project_id=made[0].id)


@bp.route("/projects/<project_id>/edit", methods=["GET", "POST"])
@requires("project.write")
@limiter.limit("120 per hour", methods=["POST"])
def edit(project_id: str) -> ResponseReturnValue:
    """Change a project until the close."""
    found = load.written_or_refuse(project_id)
    call, project = found.call, found.project
    open_calls.require(call, projects.OPEN, clock.now())
    form = _form(call, project)
    if request.method == "GET":
        return _page(form, call, project)

    def act() -> None:
        change = projects.Change(form.facts(call), form.version.data)
        projects.correct(db.session(), call, project, change, by=account(), now=clock.now())

    def stored() -> tuple[dict[str, Any], str]:
        fresh = db.session.get_one(Project, project_id, populate_existing=True)
        facts = project_texts.facts_of(db.session(), fresh)
        return forms.of_facts(facts, _written), str(fresh.version)

    if status := attempt(form, act, stored):
        return _page(form, call, project), status
    if project.state == "submitted":
        flash(gettext("Your project is corrected."), "success")
        return htmx.see_other("projects.show", project_id=project_id)
    return htmx.see_other("projects.check", project_id=project_id)


@bp.get("/projects/<project_id>/check")
@requires("project.write")
def check(project_id: str) -> ResponseReturnValue:
    """Show the project as it will be sent, and what it lacks."""
    return _check(load.written_or_refuse(project_id))


def _check(found: load.Found, broken: RuleBroken | None = None) -> ResponseReturnValue:
    call, project = found.call, found.project
    lines = project_texts.budget(db.session(), project)
    text = render_template(
        "projects/check.html",
        project=project,
        call=call,
        carriers=found.carriers,
        lines=lines,
        lacks=[sentence(one) for one in projects.lacks(db.session(), call, project)],
        error=sentence(broken) if broken else "",
        leads=project_carriers.lead_of(db.session(), project) is not None,
    )
    return text, broken.status if broken else 200


@bp.post("/projects/<project_id>/send")
@requires("project.write")
@limiter.limit("60 per hour")
def send(project_id: str) -> ResponseReturnValue:
    """Send the project; sending it again changes nothing."""
    found = load.written_or_refuse(project_id)
    call, project = found.call, found.project
    try:
        is_new = projects.send(db.session(), call, project, by=account(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 403:
            raise
        return _check(load.written_or_refuse(project_id), broken)
    if is_new:
        letters.sent(call, project)
    db.session.commit()
    flash(gettext("Your project is sent. It has number %(n)s.", n=project.number), "success")
    return htmx.see_other("projects.show", project_id=project_id)


@bp.route("/projects/<project_id>/withdraw", methods=["GET", "POST"])
@requires("project.write")
def withdraw(project_id: str) -> ResponseReturnValue:
    """Ask, then withdraw."""
    found = load.written_or_refuse(project_id)
    broken = None
    if request.method == "POST":
        try:
            reason = request.form.get("reason", "")
            projects.withdraw(
                db.session(), found.call, found.project, reason, by=account(), now=clock.now()
            )
            letters.left(found.call, found.project)
            db.session.commit()
            flash(gettext("Your project is withdrawn."), "success")
            return htmx.see_other("projects.show", project_id=project_id)
        except RuleBroken as refused:
            db.session.rollback()
            if refused.status != 422:
                raise
            broken = refused
    closed = open_calls.phase(found.call, clock.now()) == open_calls.CLOSED
    text = render_template(
        "projects/withdraw.html",
        project=found.project,
        call=found.call,
        closed=closed,
        is_split=splits.latest(db.session(), found.call.id) is not None,
        typed=drafts.plain(request.form.get("reason", "")),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


@bp.post("/projects/<project_id>/reopen")
@requires("project.write")
def reopen(project_id: str) -> ResponseReturnValue:
    """Take a withdrawn project up again."""
    found = load.own_or_refuse(project_id)
    projects.reopen(db.session(), found.call, found.project, by=account(), now=clock.now())
    db.session.commit()
    flash(gettext("Your project is a draft again. Send it before the close."), "success")
    return htmx.see_other("projects.check", project_id=project_id)


@bp.route("/projects/<project_id>/complete", methods=["GET", "POST"])
@requires("project.write")
def complete(project_id: str) -> ResponseReturnValue:
    """Say what was missing, after the close; the amount does not change."""
    found = load.written_or_refuse(project_id)
    call, project = found.call, found.project
    projects.may_complete(db.session(), call, project, now=clock.now())
    if request.method == "GET":
        names = {name: getattr(project, name) for name in project_texts.TEXTS}
        form = forms.CompletingForm(data={**names, "version": str(project.version)})
        return _completing(form, found)
    form = forms.CompletingForm(request.form)

    def act() -> None:
        change = projects.Change(form.facts(), form.version.data)
        projects.complete(db.session(), call, project, change, by=account(), now=clock.now())

    if status := attempt(form, act):
        return _completing(form, found), status
    flash(gettext("It is noted. Your project will be read again."), "success")
    return htmx.see_other("projects.show", project_id=project_id)


def _completing(form: forms.CompletingForm, found: load.Found) -> str:
    return render_template(
        "projects/complete.html",
        form=form,
        call=found.call,
        project=found.project,
        is_split=splits.latest(db.session(), found.call.id) is not None,
    )


@bp.get("/account/projects")
@requires("account.manage")
def mine() -> ResponseReturnValue:
    """List the projects that one wrote or carries, with where each stands."""
    rows = db.session.execute(queries.of_account(account().id)).all()
    return render_template("projects/mine.html", rows=rows, states=rules.STATES)
