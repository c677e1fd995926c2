"""Groupings of territories, and whom to call in each territory: for those who run the site."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import places
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import PARIS, gettext
from ...models import Territory
from ...queries import groupings as queries
from ...services import consultations, contacts, groupings
from . import choices
from .blueprint import actor, bp
from .fields import Stored, attempt
from .site_forms import ContactForm, GroupingForm, MemberForm


@bp.route("/groupings", methods=["GET", "POST"])
@requires("platform.manage")
def list_groupings() -> ResponseReturnValue:
    """List the groupings, and make one from its name and its hour."""
    form = GroupingForm(request.form if request.method == "POST" else None)
    form.time_zone.offer(choices.named_zones())
    made: list[str] = []

    def act() -> None:
        name, zone = form.name.data, form.time_zone.data
        made.append(
            groupings.create(db.session(), name=name, time_zone=zone, by=actor(), now=clock.now())
        )

    if request.method == "GET":
        form.time_zone.data = PARIS
    elif not (status := attempt(form, act)):
        flash(gettext("The grouping is made. Say which territories it holds."), "success")
        return htmx.see_other("console.grouping", code=made[0])
    else:
        return _list(form), status
    return _list(form)


@bp.route("/groupings/<code>", methods=["GET", "POST"])
@requires("platform.manage")
def grouping(code: str) -> ResponseReturnValue:
    """Show a grouping with its territories; rename it or move it to another hour."""
    found = _grouping_or_404(code)
    if request.method == "GET":
        return _page(found)
    form = GroupingForm(request.form)
    form.time_zone.offer(choices.named_zones())

    def act() -> None:
        values = {name: form[name].data for name in (*groupings.FIELDS, "version")}
        groupings.change(db.session(), found, values=values, by=actor(), now=clock.now())

    if status := attempt(form, act, lambda: _stored(found)):
        return _page(found, form), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.grouping", code=code)


@bp.post("/groupings/<code>/members")
@requires("platform.manage")
def add_member(code: str) -> ResponseReturnValue:
    """Put in a grouping a territory that was typed."""
    found = _grouping_or_404(code)
    form = MemberForm(request.form)

    def act() -> None:
        member = db.session.get(Territory, form.member.clean)
        if member is None:
            raise RuleBroken("territory-unknown")
        groupings.add(db.session(), found, member, by=actor(), now=clock.now())

    if status := attempt(form, act):
        return _page(found, member=form), status
    return htmx.see_other("console.grouping", code=code, _anchor="members")


@bp.post("/groupings/<code>/members/<member>/delete")
@requires("platform.manage")
def remove_member(code: str, member: str) -> ResponseReturnValue:
    """Take a territory out of a grouping."""
    found = _grouping_or_404(code)
    if not places.CODE.fullmatch(member):
        abort(404)
    groupings.remove(db.session(), found, member, by=actor(), now=clock.now())
    db.session.commit()
    return htmx.see_other("console.grouping", code=code, _anchor="members")


@bp.post("/groupings/<code>/delete")
@requires("platform.manage")
def delete_grouping(code: str) -> ResponseReturnValue:
    """Delete a grouping that nothing uses."""
    found = _grouping_or_404(code)
    groupings.discard(db.session(), found, by=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The grouping is deleted."), "success")
    return htmx.see_other("console.list_groupings")


@bp.route("/territories/<code>/contact", methods=["GET", "POST"])
@requires("platform.manage")
def contact(code: str) -> ResponseReturnValue:
    """Say whom the people of a territory may call."""
    found = _territory_or_404(code)
    if request.method == "GET":
        stored, version = _contact(found)
        form = ContactForm(data={**stored, "version": version})
        return render_template("console/contact.html", territory=found, form=form)
    form = ContactForm(request.form)

    def act() -> None:
        contacts.save(
            db.session(),
            found,
            values={name: form[name].data for name in contacts.FIELDS},
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _contact(found)):
        return render_template("console/contact.html", territory=found, form=form), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("territories.show", code=code, _anchor="contact")


def _territory_or_404(code: str) -> Territory:
    found = db.session.get(Territory, code) if places.CODE.fullmatch(code) else None
    if found is None:
        abort(404)
    return found


def _grouping_or_404(code: str) -> Territory:
    found = _territory_or_404(code)
    if found.kind != places.GROUPING:
        abort(404)
    return found


def _stored(found: Territory) -> Stored:
    db.session.refresh(found)
    values: dict[str, Any] = {**groupings.values_of(found)}
    return values, consultations.stamp(values)


def _contact(found: Territory) -> Stored:
    values: dict[str, Any] = {**contacts.values_of(db.session(), found)}
    return values, consultations.stamp(values)


def _list(form: GroupingForm) -> str:
    rows = db.session.execute(queries.listed()).all()
    return render_template("console/groupings.html", form=form, groupings=rows)


def _page(
    found: Territory, form: GroupingForm | None = None, member: MemberForm | None = None
) -> str:
    if form is None:
        stored, version = _stored(found)
        form = GroupingForm(data={**stored, "version": version})
        form.time_zone.offer(choices.named_zones())
    return render_template(
        "console/grouping.html",
        grouping=found,
        form=form,
        member=member or MemberForm(),
        members=db.session.execute(queries.members(found.code)).all(),
        kinds=places.LABELS,
    )
