"""What a call says of itself, its envelopes, its instalments, its principles."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import call_examples, call_terms
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import euros, gettext, sentence
from ...models import CallEnvelope, Instalment, OpenCall, Principle, Territory
from ...queries import pots, territories
from ...services import call_conditions, call_parts, consultations, open_calls
from . import call_forms, call_rows, choices
from .blueprint import actor, bp
from .call_forms import CallForm, PublishedCallForm
from .call_rows import RowsForm
from .calls import managed_call
from .fields import ConsoleForm, Stored, attempt
from .pots import owner

SPARE = 2  # empty lines under those that are filled
MOST_LINES = 32
NO_POT = ("", N_("No common pot"))


@bp.route("/open-calls/<slug>/edit", methods=["GET", "POST"])
@requires("call.manage")
def edit_call(slug: str) -> ResponseReturnValue:
    """Change what a call says; once it is published, its words and its contact only."""
    call = managed_call(slug)
    kind = CallForm if call.published_at is None or "title" in request.form else PublishedCallForm
    if request.method == "GET":
        stored, version = _stored(call)
        form: ConsoleForm = kind(data={**stored, "version": version})
        return _edit(form, call)
    form = kind(request.form)
    _offer(form)

    def act() -> None:
        open_calls.revise(
            db.session(),
            call,
            values=_given(form),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(call)):
        return _edit(form, call), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.open_call", slug=slug)


@bp.post("/open-calls/<slug>/examples")
@requires("call.manage")
def try_terms(slug: str) -> ResponseReturnValue:
    """Show what made-up projects would receive by the rule as it is typed; nothing is stored."""
    call = managed_call(slug)
    call_parts.require_draft(call)
    form = CallForm(request.form)
    _offer(form)
    form.validate()
    typed = {name: form[name] for name in call_terms.Bounds.__dataclass_fields__}
    wrong = " ".join(error for field in typed.values() for error in field.errors)
    examples: Sequence[call_examples.Example] = []
    try:
        if not wrong:
            given = {name: field.clean for name, field in typed.items()}
            bounds = call_terms.Bounds(**given | {"floor_cents": given["floor_cents"] or 0})
            call_terms.check(bounds)
            examples = _examples(call, bounds)
    except RuleBroken as broken:
        wrong = sentence(broken)
    return _edit(form, call, examples=examples, wrong=wrong), 422 if wrong else 200


def _examples(call: OpenCall, bounds: call_terms.Bounds) -> Sequence[call_examples.Example]:
    amounts = [row["amount_cents"] for row in call_parts.rows(db.session(), call, CallEnvelope)]
    return call_examples.examples(amounts, bounds) if any(amounts) else []


def _given(form: ConsoleForm) -> dict[str, Any]:
    values = form.values()
    if not isinstance(form, CallForm):
        return values
    zone = choices.zone_of(form.territory_code.clean or None, form.time_zone.data)
    dates = call_forms.dates(form, zone)
    return values | dates | {"time_zone": zone}


def _stored(call: OpenCall) -> Stored:
    stored = open_calls.values_of(call)
    typed = CallForm.typed(stored)
    own = choices.zone_of(call.territory_code, choices.OWN_ZONE)
    typed["time_zone"] = choices.OWN_ZONE if call.time_zone == own else call.time_zone
    return typed, consultations.stamp(stored)


def _offer(form: ConsoleForm) -> None:
    if isinstance(form, CallForm):
        form.time_zone.offer(choices.zones())
        form.conditions.choices = [
            (name, gettext(one.LABEL)) for name, one in call_conditions.CONDITIONS.items()
        ]


def _edit(form: ConsoleForm, call: OpenCall, **more: Any) -> str:
    _offer(form)
    advanced = list(form)[8:] if isinstance(form, CallForm) else []
    hints = {name: gettext(one.HINT) for name, one in call_conditions.CONDITIONS.items()}
    shown = {"examples": [] if call.published_at else _examples(call, call_parts.bounds(call))}
    return htmx.render(
        "console/call_edit.html",
        "open_calls/_examples.html" if more else "console/call_edit.html",
        **shown | more,
        hints=hints,
        form=form,
        call=call,
        whole=isinstance(form, CallForm),
        is_open=bool(more) or any(field.errors for field in advanced),
    )


class Kind(NamedTuple):
    """A page of lines: its rows, its columns, who writes them, its words."""

    model: type[Any]
    columns: Sequence[call_rows.Column]
    save: Callable[..., None]
    heading: str
    about: str
    add: str


KINDS: Mapping[str, Kind] = {
    "envelopes": Kind(
        CallEnvelope,
        call_rows.ENVELOPE,
        call_parts.set_envelopes,
        N_("Envelopes"),
        N_("One line for each funder. They are shared in this order."),
        N_("Envelope %(n)s"),
    ),
    "instalments": Kind(
        Instalment,
        call_rows.INSTALMENT,
        call_parts.set_instalments,
        N_("Payments"),
        N_("Paid at once? Leave this page empty. If not, the shares make 100 together."),
        N_("Payment %(n)s"),
    ),
    "principles": Kind(
        Principle,
        call_rows.PRINCIPLE,
        call_parts.set_principles,
        N_("Principles"),
        N_("Each project is read with this list. Nobody ranks the projects."),
        N_("Principle %(n)s"),
    ),
}


def _serve(name: str, kind: Kind) -> None:
    """Serve the page of one kind of lines."""

    @bp.route(f"/open-calls/<slug>/{name}", methods=["GET", "POST"], endpoint=name)
    @requires("call.manage")
    def page(slug: str) -> ResponseReturnValue:
        """Show the lines, or replace them."""
        call = managed_call(slug)
        stored, version = _lines(call, kind)
        if request.method == "GET":
            form = _form(kind, call, len(stored) + SPARE)
            filled = _typed(stored) | {"version": version}
            return _page(form(data=filled), call, name)
        many = sum(1 for field in request.form if field.startswith(f"{kind.columns[0][0]}_"))
        form_class = _form(kind, call, min(max(many, 1), MOST_LINES))
        typed = form_class(request.form)

        def act() -> None:
            given, stamp = _rows(typed), typed.version.data or ""
            kind.save(
                db.session(), call, given=given, version=stamp, actor=actor(), now=clock.now()
            )

        def again() -> Stored:
            rows, fresh = _lines(call, kind)
            return _typed(rows), fresh

        if status := attempt(typed, act, again):
            return _page(typed, call, name), status
        flash(gettext("Saved."), "success")
        return htmx.see_other("console.open_call", slug=slug)


def _lines(call: OpenCall, kind: Kind) -> tuple[list[dict[str, Any]], str]:
    session = db.session()
    return call_parts.rows(session, call, kind.model), call_parts.stamp(session, call, kind.model)


def _typed(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write lines as someone would type them, each field with its number."""
    write: Mapping[str, Callable[[Any], Any]] = {
        "amount_cents": call_forms.as_amount,
        "share": call_forms.as_share,
        "due_on": lambda day: day.isoformat() if day else "",
        "territory_code": lambda code: code or "",
        "priority": lambda number: str(number or ""),
        "pot_id": lambda key: key or "",
    }
    return {
        f"{name}_{line}": write.get(name, lambda value: value)(value)
        for line, row in enumerate(rows, start=1)
        for name, value in row.items()
    }


def _rows(form: RowsForm) -> list[dict[str, Any]]:
    """Return the lines as their service takes them."""
    found = form.rows()
    for row in found:
        if "priority" in row:
            row["priority"] = int(row["priority"]) if row["priority"] else None
            row["pot_id"] = row.get("pot_id") or None
    return found


def _form(kind: Kind, call: OpenCall, lines: int) -> type[RowsForm]:
    """Return the form of a kind, its lists offering the places and the priorities of the call.

    Where there is no common pot, none is spoken of.
    """
    offered = {"territory_code": _places, "priority": _priorities, "pot_id": _pots}
    columns = []
    for name, field, label, options in kind.columns:
        listed = offered[name](call) if name in offered else None
        if name == "pot_id" and listed == [NO_POT]:
            continue
        columns.append((name, field, label, options if listed is None else {"offered": listed}))
    return call_rows.rows_form(columns, lines)


def _places(call: OpenCall) -> list[tuple[str, str]]:
    """Return the places that an envelope may be kept for: those that the call's is made of."""
    code = call.territory_code or territories.COUNTRY
    near = db.session.execute(territories.around_and_inside(code)).all()
    rows = [(row.code, row.name) for row in near if row.is_inside]
    known = {code for code, _name in rows}
    held = {row["territory_code"] for row in call_parts.rows(db.session(), call, CallEnvelope)}
    others = [code for code in held if code and code not in known]
    named = [(code, db.session.get_one(Territory, code).name) for code in sorted(others)]
    return [("", N_("Any place")), *rows, *named]


def _priorities(call: OpenCall) -> list[tuple[str, str]]:
    numbered = [(str(n), label) for n, label in enumerate(call.priorities, start=1)]
    return [("", N_("Any priority")), *numbered]


def _pots(call: OpenCall) -> list[tuple[str, str]]:
    """Return the pots that one looks after, and those that the call takes from already."""
    session = db.session()
    mine = session.execute(pots.standing(pots.looked_after(owner()))).all()
    held = session.execute(pots.of_call(call.id)).all()
    named = {row.Pot.id: _left(row) for row in (*mine, *held)}
    return [NO_POT, *named.items()]


def _left(row: Any) -> str:
    left = euros(row.received_cents - row.taken_cents)
    return gettext("%(pot)s (%(left)s left)", pot=row.Pot.title, left=left)


def _page(form: RowsForm, call: OpenCall, name: str) -> str:
    return render_template("console/call_lines.html", form=form, call=call, kind=KINDS[name])


for _name, _kind in KINDS.items():
    _serve(_name, _kind)
