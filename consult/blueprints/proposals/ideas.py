"""A participant's idea: written, compared with those already there, signed, sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires, viewer
from ...domain import phases, signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Consultation, Draft, Theme
from ...prose import readable
from ...queries import contributions as owned
from ...queries import proposals as queries
from ...services import proposals
from ...services.participation import Actor
from ..answers import forms, keeping, load, qr
from ..consultations.load import reader, visible_or_404
from ..territories import naming
from .routes import bp

PLACE = "/consultations/<slug>/proposals"
TYPED = ("title", "body")
OWN = ("theme", *TYPED)
REPLACED = "\ufffd"  # what a browser's broken bytes become when the form is read


@dataclass
class Place:
    """Where an idea is proposed: the consultation, and its themes in order."""

    consultation: Consultation
    themes: Sequence[Theme]

    @property
    def url(self) -> str:
        """The address that the forms of an idea begin with."""
        return f"/consultations/{self.consultation.slug}/proposals"

    @property
    def target(self) -> str:
        """What the draft of an idea is filed under."""
        return proposals.draft_target(self.consultation.id)

    def theme(self, theme_id: str) -> Theme:
        """Return the theme asked for, else the first one."""
        return next((theme for theme in self.themes if theme.id == theme_id), self.themes[0])


def place_or_404(slug: str) -> Place:
    """Return where ideas are proposed, or answer 404 where there are none."""
    consultation = visible_or_404(slug)
    themes = db.session.scalars(queries.themes(consultation.id)).all()
    if not consultation.allows_ideas or not themes:
        abort(404)
    return Place(consultation, themes)


@bp.get(f"{PLACE}/new")
@requires("proposal.write")
def new(slug: str) -> ResponseReturnValue:
    """Show the form of an idea, with the draft if there is one."""
    place = place_or_404(slug)
    actor = Actor(viewer().participant_id or "", reader())
    draft = keeping.found(place.target)
    try:
        proposals.may_propose(db.session(), place.consultation, actor, now=clock.now())
    except RuleBroken as broken:
        if draft is None:
            raise
        return keeping.closed(draft, place.consultation, broken, TYPED)
    raw = dict(draft.form) if draft else {"theme": [request.args.get("theme", "")]}
    return form_page(place, raw, draft=draft)


@bp.post(f"{PLACE}/draft")
@requires("proposal.write")
def keep_draft(slug: str) -> ResponseReturnValue:
    """Keep what is typed so far."""
    place = place_or_404(slug)
    proposals.may_propose(db.session(), place.consultation, load.actor(), now=clock.now())
    draft = keeping.keep(place.target, own(forms.sent()))
    return keeping.kept(draft, place.consultation, f"{place.url}/new#idea")


@bp.post(f"{PLACE}/start-again")
@requires("proposal.write")
def start_again(slug: str) -> ResponseReturnValue:
    """Forget the draft."""
    place = place_or_404(slug)
    keeping.forget(place.target)
    return redirect(f"{place.url}/new", 303)


@bp.post(f"{PLACE}/new")
@requires("proposal.write")
def write(slug: str) -> ResponseReturnValue:
    """Keep the draft, then go to the check page."""
    place = place_or_404(slug)
    raw = forms.sent()
    proposals.may_propose(db.session(), place.consultation, load.actor(), now=clock.now())
    draft = keeping.keep(place.target, own(raw))
    try:
        read(raw)
    except RuleBroken as broken:
        return form_page(place, raw, broken, draft=draft)
    return redirect(f"{place.url}/check", 303)


@bp.get(f"{PLACE}/check")
@requires("proposal.write")
def show_check(slug: str) -> ResponseReturnValue:
    """Show the idea as it will be sent, and the proposals that look like it."""
    place = place_or_404(slug)
    draft = keeping.found(place.target)
    if draft is None or not phases.may("propose", phases.of(place.consultation, clock.now())):
        return redirect(f"{place.url}/new", 303)
    try:
        return check_page(place, dict(draft.form))
    except RuleBroken as broken:
        return form_page(place, dict(draft.form), broken, draft=draft)


@bp.post(f"{PLACE}/send")
@requires("proposal.write")
def send(slug: str) -> ResponseReturnValue:
    """Take the idea, once, and show its receipt."""
    place = place_or_404(slug)
    raw = forms.sent()
    theme = place.theme(one(raw, "theme"))
    try:
        title, body = read(raw)
        proposal = proposals.propose(
            db.session(),
            theme,
            proposals.Idea(title, body, forms.signing(raw)),
            load.actor(),
            key=forms.key(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        return refuse(place, raw, broken)
    forms.remember(raw, proposal.territory_code)
    db.session.commit()
    flash(_("Thank you, your proposal is sent."), "success")
    return redirect(f"/proposals/{proposal.id}/receipt", 303)


def refuse(place: Place, raw: forms.Raw, broken: RuleBroken) -> ResponseReturnValue:
    """Keep what was typed, then show it again with what is wrong."""
    db.session.rollback()
    if broken.status != 422:
        raise broken
    draft = keeping.keep(place.target, own(raw))
    if broken.code in forms.ON_CHECK_PAGE:
        return check_page(place, raw, broken)
    return form_page(place, raw, broken, draft=draft)


@bp.get("/proposals/<proposal_id>/receipt")
@requires("contribution.follow_up")
def receipt(proposal_id: str) -> ResponseReturnValue:
    """Show the receipt of an idea to its author."""
    load.key_or_404(proposal_id)
    mine = db.session.execute(
        owned.one_owned(proposal_id, viewer().participant_id, [])
    ).one_or_none()
    if mine is None or mine.Statement.kind != "proposal":
        abort(404)
    contribution = db.session.scalars(owned.contribution_of(proposal_id)).one()
    return render_template(
        "proposals/receipt.html",
        statement=mine.Statement,
        consultation=mine.Consultation,
        number=contribution.tracking_number,
        picture=qr.of_number(contribution.tracking_number or ""),
    )


def one(raw: forms.Raw, name: str) -> str:
    """Return what was typed in a field, to show it again."""
    return readable("".join(raw.get(name, [])[:1]))


def own(raw: forms.Raw) -> forms.Raw:
    """Return the fields of the idea itself; a theme alone is nothing typed."""
    if not any(one(raw, name).strip() for name in TYPED):
        return {}
    return {name: raw[name][:1] for name in OWN if name in raw}


def read(raw: forms.Raw) -> tuple[str, str]:
    """Return the title and the text of an idea, or raise what is wrong with them."""
    if any(REPLACED in value for values in raw.values() for value in values):
        raise RuleBroken("text-unreadable")
    return proposals.read(forms.one(raw, "title"), forms.one(raw, "body"))


def form_page(
    place: Place,
    raw: forms.Raw,
    broken: RuleBroken | None = None,
    *,
    draft: Draft | None = None,
) -> ResponseReturnValue:
    """Render the form, with what is wrong when something is."""
    text = render_template(
        "proposals/new.html",
        place=place,
        consultation=place.consultation,
        theme=place.theme(one(raw, "theme")),
        started=draft,
        typed={name: one(raw, name) for name in OWN},
        limit=20_000,
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def check_page(
    place: Place, raw: forms.Raw, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the check page, with what is wrong when something is."""
    title, body = read(raw)
    alike = proposals.alike(db.session(), place.consultation.id, f"{title} {body}")
    signing = forms.offered(raw)
    text = render_template(
        "proposals/check.html",
        place=place,
        consultation=place.consultation,
        theme=place.theme(one(raw, "theme")),
        title=title,
        body=body,
        typed={name: one(raw, name) for name in OWN},
        alike=look_alikes(alike),
        key=forms.new_key(),
        signing=signing,
        signature_kinds=[(name, _(label)) for name, label in signatures.LABELS.items()],
        actor_kinds=[(name, _(label)) for name, label in signatures.ACTOR_LABELS.items()],
        places=naming.meant(signing, broken),
        error=sentence(broken) if broken else "",
        code=broken.code if broken else "",
    )
    return text, broken.status if broken else 200


def look_alikes(ids: Sequence[str]) -> list[Any]:
    """Return the proposals of these ids, in their order."""
    if not ids:
        return []
    rows = {row.id: row for row in db.session.execute(queries.titles(ids))}
    return [rows[name] for name in ids if name in rows]
