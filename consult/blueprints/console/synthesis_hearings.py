"""The people heard for a synthesis: their words kept, corrected, taken away."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, joined_files
from ...access import account, requires
from ...domain import hearings as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...formats import written
from ...i18n import gettext, sentence
from ...models import Consultation, Hearing, Synthesis
from ...queries import hearings as queries
from ...services import consultations, extracts, hearings
from .blueprint import bp, key_or_404
from .fields import Stored, attempt
from .synthesis import HERE, RIGHT, begun
from .synthesis_forms import HearingForm

ONE = f"{HERE}/hearings/<hearing_id>"


def heard_or_404(slug: str, hearing_id: str) -> tuple[Consultation, Synthesis, Hearing]:
    """Return a hearing of the synthesis of a consultation, or answer 404."""
    consultation, whole = begun(slug)
    query = queries.one(whole.id, key_or_404(hearing_id))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        abort(404)
    return consultation, whole, found


@bp.route(f"{HERE}/hearings/new", methods=["GET", "POST"])
@requires(RIGHT)
@limiter.limit("60 per hour", methods=["POST"])
def new_hearing(slug: str) -> ResponseReturnValue:
    """Add what a person said when heard: typed, pasted, or the words of a file."""
    consultation, whole = begun(slug)
    if request.method == "GET":
        return _page(HearingForm(), consultation)
    form, made = HearingForm(request.form), list[Hearing]()

    def act() -> None:
        values, now = form.values(), clock.now()
        values["body"] = rules.body(values["body"], _words())
        made.append(hearings.add(db.session(), whole, values, account=account(), now=now))

    if status := attempt(form, act):
        return _page(form, consultation), status
    flash(gettext("The hearing is kept. You can take passages from it."), "success")
    return htmx.see_other("console.read_source", slug=slug, what="hearings", source_key=made[0].id)


@bp.route(ONE, methods=["GET", "POST"])
@requires(RIGHT)
def correct_hearing(slug: str, hearing_id: str) -> ResponseReturnValue:
    """Correct a hearing."""
    consultation, _whole, hearing = heard_or_404(slug, hearing_id)
    if request.method == "GET":
        stored, version = _stored(hearing)
        form = HearingForm(data={**stored, "version": version})
        return _page(form, consultation, hearing)
    form = HearingForm(request.form)

    def act() -> None:
        hearings.correct(
            db.session(),
            hearing,
            form.values(),
            version=form.version.data or "",
            account=account(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(hearing)):
        if status == 404:
            abort(404)
        return _page(form, consultation, hearing), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.synthesis_sources_of", slug=slug)


@bp.post(f"{ONE}/delete")
@requires(RIGHT)
def delete_hearing(slug: str, hearing_id: str) -> ResponseReturnValue:
    """Take a hearing away, unless something quotes it."""
    consultation, _whole, hearing = heard_or_404(slug, hearing_id)
    try:
        hearings.remove(db.session(), hearing, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        stored, version = _stored(hearing)
        form = HearingForm(data={**stored, "version": version})
        return _page(form, consultation, hearing, sentence(broken)), broken.status
    flash(gettext("The hearing is taken away."), "success")
    return htmx.see_other("console.synthesis_sources_of", slug=slug)


def _words() -> str:
    sent = joined_files.received()
    return written.words(sent.content, sent.name) if sent.name else ""


def _stored(hearing: Hearing) -> Stored:
    db.session.refresh(hearing)
    stored = hearings.values_of(hearing)
    return stored, consultations.stamp(stored)


def _page(
    form: HearingForm,
    consultation: Consultation,
    hearing: Hearing | None = None,
    refusal: str = "",
) -> str:
    held: Any = extracts.of_source(db.session(), hearing, clock.now()) if hearing else []
    return render_template(
        "console/synthesis_hearing.html",
        form=form,
        consultation=consultation,
        hearing=hearing,
        held=held,
        refusal=refusal,
        limit=rules.BODY_LIMIT,
    )
