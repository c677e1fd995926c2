"""Minutes that become an answer: a draft of whoever runs the room, for a question that is open."""

from flask import abort, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires, viewer
from ...extensions import db, limiter
from ...i18n import gettext
from ...models import Room, RoomDocument
from ...queries import answers as queries
from ...services import drafts
from ..answers import load as questions
from ..consultations import load as consultations
from .blueprint import bp, key_or_404
from .room_held import held, part


@bp.route("/rooms/<slug>/documents/<paper_id>/answer", methods=["GET", "POST"])
@requires("room.run")
@limiter.limit("60 per hour", methods=["POST"])
def answer_with_paper(slug: str, paper_id: str) -> ResponseReturnValue:
    """Choose the question that minutes answer; their text waits there as a draft."""
    room = held(slug)
    paper = part(RoomDocument, room, paper_id)
    found = db.session.execute(queries.to_write(consultations.reader(), clock.now())).all()
    if request.method == "GET":
        return render_template("console/room_answer.html", room=room, paper=paper, rows=found)
    key = key_or_404(request.form.get("question", ""))
    chosen = next((row for row in found if row.id == key), None)
    if chosen is None:
        abort(404)
    target, form = drafts.target(chosen.id), {"value": [_text(room, paper)]}
    person, now = viewer().take_part(), clock.now()
    if drafts.begin(db.session(), participant_id=person, target=target, form=form, now=now):
        said = gettext("Your minutes are below. Read them again, then send your answer.")
    else:
        said = gettext("You have begun an answer here already. Send it or start again first.")
    db.session.commit()
    flash(said, "info")
    path = questions.address(chosen.slug, chosen.theme_number, chosen.number)
    return redirect(f"{path}#answer-form", 303)


def _text(room: Room, paper: RoomDocument) -> str:
    """Return what an answer says: the minutes, and where everyone reads them if they may."""
    text = paper.body or paper.title
    if room.is_private:
        return text
    url = f"{current_app.config['BASE_URL']}/rooms/{room.slug}/documents/{paper.id}"
    return f"{text}\n\n{room.name}, {paper.title} : {url}"
