"""Writing to the people of a room: typed, looked at, then sent; so many letters a week."""

import secrets

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...domain import clean, colleges
from ...domain import room_letters as rules
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext, ngettext
from ...models import Room
from ...queries import room_letters as queries
from ...services import announcements, room_letters
from ..console.fields import ConsoleForm, Line, Radios, Text, attempt
from ..rooms import load
from . import mail
from .routes import bp

DAY = 86_400
LABELS = {
    rules.EVERYONE: N_("Everyone in the room"),
    "role:facilitator": N_("Those who run the room"),
    "role:member": N_("The members"),
    **{f"college:{name}": label for name, label in colleges.LABELS.items()},
}


class LetterForm(ConsoleForm):
    """A letter: to whom, its title, its words."""

    PLACES = {
        "title-missing": "title",
        "announcement-empty": "body",
        "room-part-unknown": "part",
        "room-letter-to-nobody": "part",
    }
    part = Radios(N_("To whom?"))
    title = Line(
        N_("Title"),
        lambda raw: clean.line(raw, announcements.TITLE_LIMIT, required="title-missing"),
        description=N_("It is the subject of the letter. Say a fact."),
    )
    body = Text(
        N_("Your message"),
        lambda raw: clean.text(raw, announcements.BODY_LIMIT, required="announcement-empty"),
    )

    def offer(self, room: Room) -> None:
        """Offer whom one may write to, each with how many people would get the letter."""
        rows = db.session.execute(queries.parts(room.id)).all()
        self.numbers = {row.part: row.number for row in rows if row.number}
        self.part.offer([(part, self._label(part)) for part in self.numbers])
        if not self.part.data:
            self.part.data = rules.EVERYONE

    def _label(self, part: str) -> str:
        number = self.numbers[part]
        people = ngettext("%(num)s person", "%(num)s people", number)
        return f"{gettext(LABELS.get(part, part))} ({people})"


@bp.route("/rooms/<slug>/write", methods=["GET", "POST"])
@requires("room.write")
@limiter.limit("30 per hour", methods=["POST"])
def write(slug: str) -> ResponseReturnValue:
    """Write to a room: the first button shows the letter, the second one sends it."""
    room = _room(slug)
    form = LetterForm(request.form if request.method == "POST" else None)
    form.offer(room)
    if request.method == "GET":
        return _page(form, room)
    if "send" not in request.form:
        is_good = form.validate()
        return _page(form, room, shown=is_good), 200 if is_good else 422
    sent: list[int] = []

    def act() -> None:
        words = announcements.read(form.title.data, form.body.data)
        draft = room_letters.Draft(words, form.part.data, request.form.get("key"))
        writer = account()
        letter, people = room_letters.send(db.session(), room, draft, by=writer, now=clock.now())
        sent.append(letter.people)
        mail.room_letter(letter, room, writer, people)

    if status := attempt(form, act):
        headers = {"Retry-After": str(DAY)} if status == 429 else {}
        return _page(form, room), status, headers
    said = ngettext(
        "Your letter leaves for %(num)s person.", "Your letter leaves for %(num)s people.", sent[0]
    )
    flash(said, "success")
    return htmx.see_other("room_letters.letters", slug=slug)


def _room(slug: str) -> Room:
    """Return a room that the reader may write to: 404 when it is not visible, else 403."""
    row = load.visible_or_404(slug)
    access.check("room.write", room=row)
    return db.session.get_one(Room, row.id)


def _page(form: LetterForm, room: Room, *, shown: bool = False) -> str:
    return render_template(
        "room_letters/write.html",
        form=form,
        room=room,
        shown=shown,
        number=form.numbers.get(form.part.data, 0),
        most=rules.A_WEEK,
        key=secrets.token_urlsafe(16),
    )
