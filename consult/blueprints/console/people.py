"""The people on the list of a consultation: added from a file, written to, taken off."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import addresses
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import ngettext
from ...models import Consultation
from ...queries import listed as queries
from ...queries import paging
from ...services import drafts, listed
from ..accounts import letters
from .blueprint import actor, bp, managed
from .forms import ListedForm


@bp.get("/consultations/<slug>/people")
@requires("consultation.manage")
def people(slug: str) -> ResponseReturnValue:
    """Show who is on the list, who was written to and who took part."""
    return _page(ListedForm(), managed(slug))


@bp.post("/consultations/<slug>/people")
@requires("consultation.manage")
@limiter.limit("60 per hour")
def check_people(slug: str) -> ResponseReturnValue:
    """Show what a list would change, before anything does."""
    consultation, form = managed(slug), ListedForm(request.form)
    try:
        checked = listed.check(db.session(), consultation, _raw())
    except RuleBroken as broken:
        db.session.rollback()
        return _refused(consultation, form, broken)
    return render_template(
        "console/people_check.html",
        consultation=consultation,
        checked=checked,
        unreadable=[(line, drafts.plain(text)) for line, text in checked.unreadable[:200]],
        writes=listed.may_write(consultation, clock.now()),
    )


@bp.post("/consultations/<slug>/people/add")
@requires("consultation.manage")
@limiter.limit("60 per hour")
def add_people(slug: str) -> ResponseReturnValue:
    """Add the people of a list that was checked, and write to them once it is published."""
    consultation, now = managed(slug), clock.now()
    raw = request.form.get("people", "")
    try:
        added = listed.add(db.session(), consultation, raw=raw, actor=actor(), now=now)
        written = _write(consultation) if listed.may_write(consultation, now) else 0
    except RuleBroken as broken:
        db.session.rollback()
        return _refused(consultation, ListedForm(request.form), broken)
    db.session.commit()
    told = ngettext("%(num)s person added.", "%(num)s people added.", added)
    flash(f"{told} {_said(written)}" if written else told, "success")
    return htmx.see_other("console.people", slug=slug)


@bp.post("/consultations/<slug>/people/letters")
@requires("consultation.manage")
@limiter.limit("60 per hour")
def write_to_people(slug: str) -> ResponseReturnValue:
    """Write to those who have not taken part, once a day at most."""
    consultation = managed(slug)
    written = _write(consultation, again=True)
    db.session.commit()
    flash(_said(written), "success")
    return htmx.see_other("console.people", slug=slug)


@bp.post("/consultations/<slug>/people/delete")
@requires("consultation.manage")
def delete_person(slug: str) -> ResponseReturnValue:
    """Take someone off the list."""
    consultation = managed(slug)
    email = request.form.get("email", "")
    listed.remove(db.session(), consultation, email=email, actor=actor(), now=clock.now())
    db.session.commit()
    flash(_("%(address)s is no longer on the list.", address=email.strip()), "success")
    return htmx.see_other("console.people", slug=slug)


def _raw() -> str:
    """Return what was sent: the file, else what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return addresses.decode(file.stream.read(4 * addresses.TEXT_LIMIT))
    return request.form.get("people", "")


def _write(consultation: Consultation, *, again: bool = False) -> int:
    letter = letters.write("listed", consultation=consultation)
    return listed.write_to(
        db.session(), consultation, letter, again=again, actor=actor(), now=clock.now()
    )


def _said(written: int) -> str:
    if not written:
        return _("No letter to send: everyone has had one since yesterday, or took part.")
    return ngettext("%(num)s letter leaves.", "%(num)s letters leave.", written)


def _refused(
    consultation: Consultation, form: ListedForm, broken: RuleBroken
) -> ResponseReturnValue:
    form.refuse(broken)
    return _page(form, consultation), broken.status


def _page(form: ListedForm, consultation: Consultation) -> str:
    now = clock.now()
    query = queries.people(consultation.id, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.email,))
    here = f"/console/consultations/{consultation.slug}/people"
    writes = listed.may_write(consultation, now)
    return render_template(
        "console/people.html",
        form=form,
        consultation=consultation,
        people=rows,
        counts=db.session.execute(queries.counts(consultation.id)).one(),
        next_url=f"{here}?cursor={after}" if after else None,
        writes=writes,
        due=listed.number_to_write_to(db.session(), consultation, now=now) if writes else 0,
    )
