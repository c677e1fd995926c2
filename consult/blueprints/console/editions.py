"""Local editions: a consultation offered to rooms, taken up by those who run them."""

from collections.abc import Sequence

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import phases
from ...domain import rooms as levels
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, ngettext, sentence
from ...models import Consultation, Room
from ...queries import editions as queries
from ...queries import rooms as room_queries
from ...services import editions
from ..rooms import load as rooms
from .blueprint import bp, key_or_404, managed
from .rooms import held


@bp.route("/consultations/<slug>/editions", methods=["GET", "POST"])
@requires("consultation.manage")
def editions_of(slug: str) -> ResponseReturnValue:
    """Offer a consultation to rooms, and see which have opened their own edition."""
    found = managed(slug)
    if request.method == "GET":
        return _offers(found)
    reader = rooms.reader()
    offered = {row.id for row in db.session.execute(queries.unoffered(found.id, reader))}
    ticked = request.form.getlist("room")
    try:
        count = editions.offer(
            db.session(), found, _among(ticked, offered), account=account(), now=clock.now()
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _offers(found, sentence(broken), ticked), broken.status
    flash(_said(count), "success")
    return htmx.see_other("console.editions_of", slug=slug)


@bp.post("/consultations/<slug>/editions/<room_id>/delete")
@requires("consultation.manage")
def take_offer_back(slug: str, room_id: str) -> ResponseReturnValue:
    """Take back an offer that was not taken up."""
    found, key = managed(slug), key_or_404(room_id)
    try:
        editions.take_back(db.session(), found, key, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _offers(found, sentence(broken)), broken.status
    flash(gettext("The offer is taken back."), "success")
    return htmx.see_other("console.editions_of", slug=slug)


@bp.get("/rooms/<slug>/consultations")
@requires("edition.open")
def offered_to_room(slug: str) -> ResponseReturnValue:
    """List what is offered to a room, with the way to open its edition or to pass it on."""
    return _room_page(held(slug, "edition.open"))


@bp.post("/rooms/<slug>/consultations/<consultation_id>/edition")
@requires("edition.open")
def open_edition(slug: str, consultation_id: str) -> ResponseReturnValue:
    """Open the local edition of a room."""
    room = held(slug, "edition.open")
    source = _offered(room, consultation_id)
    try:
        made = editions.open_one(db.session(), source, room, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _room_page(room, sentence(broken)), broken.status
    flash(
        gettext("Your local edition is ready. Add your own questions, then publish it."), "success"
    )
    return htmx.see_other("console.consultation", slug=made.slug)


@bp.route("/rooms/<slug>/consultations/<consultation_id>/rooms", methods=["GET", "POST"])
@requires("edition.open")
def pass_on(slug: str, consultation_id: str) -> ResponseReturnValue:
    """Pass on to the rooms below what is offered to one's room."""
    room = held(slug, "edition.open")
    source = _offered(room, consultation_id)
    below = db.session.execute(queries.unoffered(source.id, rooms.reader(), room.id)).all()
    ticked = request.form.getlist("room")
    refusal, status = "", 200
    if request.method == "POST":
        try:
            chosen = _among(ticked, {row.id for row in below})
            count = editions.offer(db.session(), source, chosen, account=account(), now=clock.now())
            db.session.commit()
        except RuleBroken as broken:
            db.session.rollback()
            refusal, status = sentence(broken), broken.status
        else:
            flash(_said(count), "success")
            return htmx.see_other("console.offered_to_room", slug=slug)
    page = render_template(
        "console/pass_on.html",
        room=room,
        source=source,
        rows=below,
        labels=levels.LABELS,
        ticked=ticked,
        refusal=refusal,
    )
    return page, status


def _among(ticked: Sequence[str], offered: set[str]) -> list[str]:
    """Return the rooms ticked; one that is not offered here does not exist."""
    if not set(ticked) <= offered:
        abort(404)
    return list(ticked)


def _offered(room: Room, consultation_id: str) -> Consultation:
    """Return a consultation that is offered to a room, or answer 404."""
    rows = db.session.execute(queries.offered_to(room.id, clock.now(), account().id))
    if key_or_404(consultation_id) not in {row.id for row in rows}:
        abort(404)
    return db.session.get_one(Consultation, consultation_id)


def _said(count: int) -> str:
    return ngettext("Offered to %(num)s room.", "Offered to %(num)s rooms.", count)


def _offers(found: Consultation, refusal: str = "", ticked: Sequence[str] = ()) -> str:
    reader = rooms.reader()
    source = editions.source_of(db.session(), found)
    return render_template(
        "console/editions.html",
        consultation=found,
        source=source,
        offers=db.session.execute(queries.offers(found.id, reader)).all(),
        rows=db.session.execute(queries.unoffered(found.id, reader)).all(),
        labels=levels.LABELS,
        may_offer=_may_offer(found),
        ticked=ticked,
        refusal=refusal,
    )


def _may_offer(found: Consultation) -> str:
    """Return why a consultation cannot be offered, "" when it can."""
    try:
        editions.check_offerable(db.session(), found, clock.now())
    except RuleBroken as broken:
        return sentence(broken)
    return ""


def _room_page(room: Room, refusal: str = "") -> str:
    now = clock.now()
    rows = db.session.execute(queries.offered_to(room.id, now, account().id)).all()
    below = room_queries.below(room.id, rooms.reader()).limit(1)
    return render_template(
        "console/offered.html",
        room=room,
        offers=[(row, phases.of(row, now)) for row in rows],
        phases=phases,
        has_below=db.session.execute(below).first() is not None,
        refusal=refusal,
    )
