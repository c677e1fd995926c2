"""The notebook of a synthesis: begun already filled, its blocks in order, what surrounds them."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import blocks, phases, positions
from ...domain.syntheses import arranged, picks
from ...extensions import db
from ...i18n import gettext, locale
from ...models import Consultation, Synthesis
from ...queries import blocks as queries
from ...services import consultations, sides, syntheses, synthesis_drafting, synthesis_publication
from .blueprint import bp, managed
from .fields import Stored, attempt
from .synthesis_forms import SynthesisForm

RIGHT = "synthesis.write"
HERE = "/consultations/<slug>/synthesis"


def begun(slug: str) -> tuple[Consultation, Synthesis]:
    """Return a consultation and its synthesis for whoever writes it, or answer 404."""
    consultation = managed(slug, RIGHT)
    found = syntheses.find(db.session(), consultation)
    if found is None:
        abort(404)
    return consultation, found


@bp.get(HERE)
@requires(RIGHT)
def synthesis(slug: str) -> ResponseReturnValue:
    """Show the blocks in order, or the button that opens the notebook."""
    consultation = managed(slug, RIGHT)
    return page(consultation, syntheses.find(db.session(), consultation))


@bp.post(HERE)
@requires(RIGHT)
def begin_synthesis(slug: str) -> ResponseReturnValue:
    """Open the notebook, filled with what people sent."""
    consultation = managed(slug, RIGHT)
    synthesis_drafting.begin(
        db.session(), consultation, locale=locale(), account=account(), now=clock.now()
    )
    db.session.commit()
    flash(gettext("The notebook is open. It is filled with what people sent."), "success")
    return htmx.see_other("console.synthesis", slug=slug)


@bp.post(f"{HERE}/delete")
@requires(RIGHT)
def delete_synthesis(slug: str) -> ResponseReturnValue:
    """Take away a notebook that was never published."""
    _consultation, found = begun(slug)
    syntheses.remove(db.session(), found, account=account(), now=clock.now())
    db.session.commit()
    flash(gettext("The notebook is gone. You can open a new one."), "success")
    return htmx.see_other("console.synthesis", slug=slug)


@bp.route(f"{HERE}/about", methods=["GET", "POST"])
@requires(RIGHT)
def about_synthesis(slug: str) -> ResponseReturnValue:
    """Change what surrounds the blocks."""
    consultation, found = begun(slug)
    if request.method == "GET":
        stored, version = _stored(found)
        return _about(SynthesisForm(data={**stored, "version": version}), consultation)
    form = SynthesisForm(request.form)

    def act() -> None:
        syntheses.revise(
            db.session(),
            found,
            values=form.values(),
            version=form.version.data or "",
            account=account(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(found)):
        return _about(form, consultation), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.synthesis", slug=slug)


def page(consultation: Consultation, found: Synthesis | None) -> str:
    """Render the notebook, or only its blocks for htmx."""
    now = clock.now()
    return htmx.render(
        "console/synthesis.html",
        "console/_blocks.html" if found else "console/synthesis.html",
        consultation=consultation,
        synthesis=found,
        small=picks.SMALL,
        may_begin=phases.may("synthesise", phases.of(consultation, now)),
        version=synthesis_publication.latest(db.session(), found) if found else None,
        left_out=sides.left_out(db.session(), found) if found else [],
        sides=positions.SIDE_LABELS,
        kinds=[(name, gettext(kind.LABEL)) for name, kind in blocks.ordered()],
        **listed(found),
    )


def listed(found: Synthesis | None) -> dict[str, object]:
    """Return the blocks of a synthesis with their numbers, extracts and notes."""
    if found is None:
        return {"blocks": [], "notes": 0}
    rows = db.session.scalars(queries.of_synthesis(found.id)).all()
    joined = {row.id: row for row in db.session.execute(queries.joined(found.id))}
    numbers = arranged.numbers([blocks.rank(row.kind) for row in rows])
    shown = [
        {
            "row": row,
            "number": number,
            "rank": blocks.rank(row.kind),
            "label": gettext(blocks.kind(row.kind).LABEL),
            "extracts": joined[row.id].extracts,
            "notes": joined[row.id].notes,
        }
        for row, number in zip(rows, numbers, strict=True)
    ]
    return {"blocks": shown, "notes": sum(one.notes for one in joined.values())}


def _stored(found: Synthesis) -> Stored:
    db.session.refresh(found)
    stored = syntheses.values_of(found)
    return stored, consultations.stamp(stored)


def _about(form: SynthesisForm, consultation: Consultation) -> str:
    return render_template("console/synthesis_about.html", form=form, consultation=consultation)
