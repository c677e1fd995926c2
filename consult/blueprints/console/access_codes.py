"""Letters with a code, for the people on a list who have no e-mail address."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, ngettext
from ...models import Consultation
from ...queries import access_codes as queries
from ...queries import paging
from ...services import access_codes
from ..answers import forms as answer_forms
from ..answers import qr
from ..consultations import load
from .blueprint import actor, bp, managed
from .forms import LettersForm


@bp.get("/consultations/<slug>/codes")
@requires("consultation.manage")
def codes(slug: str) -> ResponseReturnValue:
    """Show how many codes were printed and used, and each of them."""
    return _page(LettersForm(), managed(slug))


@bp.post("/consultations/<slug>/codes")
@requires("consultation.manage")
@limiter.limit("60 per hour")
def print_letters(slug: str) -> ResponseReturnValue:
    """Make codes and show the letters to print, this once."""
    consultation, form = managed(slug), LettersForm(request.form)
    try:
        printing = access_codes.wanted(
            key=form.key.data or answer_forms.new_key(),
            number=form.number.data,
            names=form.names.data,
            keeps_names=form.keeps_names.clean,
        )
        letters = access_codes.make(
            db.session(), consultation, printing, actor=actor(), now=clock.now()
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        form.refuse(broken)
        return _page(form, consultation), broken.status
    return render_template(
        "console/code_letters.html",
        consultation=consultation,
        letters=[(letter, qr.picture(f"/code?code={letter.code}")) for letter in letters],
    )


@bp.post("/consultations/<slug>/codes/<code_id>/delete")
@requires("consultation.manage")
def revoke_code(slug: str, code_id: str) -> ResponseReturnValue:
    """Take one code back."""
    consultation = managed(slug)
    if not load.KEY.fullmatch(code_id):
        abort(404)
    access_codes.revoke(db.session(), consultation, code_id, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("This code no longer works."), "success")
    return htmx.see_other("console.codes", slug=slug)


@bp.post("/consultations/<slug>/codes/printings/<batch>/delete")
@requires("consultation.manage")
def revoke_printing(slug: str, batch: str) -> ResponseReturnValue:
    """Take back the codes of a printing that nobody has used."""
    consultation = managed(slug)
    if not load.KEY.fullmatch(batch):
        abort(404)
    number = access_codes.revoke_unused(
        db.session(), consultation, batch, actor=actor(), now=clock.now()
    )
    db.session.commit()
    told = ngettext("%(num)s code no longer works.", "%(num)s codes no longer work.", number)
    flash(told, "success")
    return htmx.see_other("console.codes", slug=slug)


def _page(form: LettersForm, consultation: Consultation) -> str:
    query = queries.codes(consultation.id, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.number,))
    form.key.data = answer_forms.new_key()
    here = f"/console/consultations/{consultation.slug}/codes"
    return render_template(
        "console/codes.html",
        form=form,
        consultation=consultation,
        batches=db.session.execute(queries.batches(consultation.id)).all(),
        codes=rows,
        next_url=f"{here}?cursor={after}" if after else None,
    )
