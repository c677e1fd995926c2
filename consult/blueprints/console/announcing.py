"""Writing to those who follow a consultation: typed, looked at, then sent; once a day."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import clean
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext
from ...models import Consultation
from ...queries import follows as queries
from ...services import announcements
from .blueprint import bp, managed
from .fields import ConsoleForm, Line, Text, attempt

DAY = 86_400


class AnnouncementForm(ConsoleForm):
    """A message: its title, its words."""

    PLACES = {"title-missing": "title", "announcement-empty": "body"}
    title = Line(
        N_("Title"),
        lambda raw: clean.line(raw, announcements.TITLE_LIMIT, required="title-missing"),
        description=N_("It is the subject of the letter. Say a fact."),
    )
    body = Text(
        N_("Your message"),
        lambda raw: clean.text(raw, announcements.BODY_LIMIT, required="announcement-empty"),
    )


@bp.route("/consultations/<slug>/announcement", methods=["GET", "POST"])
@requires("consultation.manage")
@limiter.limit("30 per hour", methods=["POST"])
def announcement(slug: str) -> ResponseReturnValue:
    """Write to those who follow: the first button shows the letter, the second one sends it."""
    consultation = managed(slug)
    if request.method == "GET":
        return _page(AnnouncementForm(), consultation)
    form = AnnouncementForm(request.form)
    if "send" not in request.form:
        is_good = form.validate()
        return _page(form, consultation, shown=is_good), 200 if is_good else 422

    def act() -> None:
        words = announcements.read(form.title.data, form.body.data)
        announcements.send(db.session(), consultation, words, by=account(), now=clock.now())

    if status := attempt(form, act):
        headers = {"Retry-After": str(DAY)} if status == 429 else {}
        return _page(form, consultation), status, headers
    flash(gettext("Your message leaves for those who follow."), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _page(form: AnnouncementForm, consultation: Consultation, *, shown: bool = False) -> str:
    number = db.session.scalar(queries.followers(f"consultation:{consultation.id}"))
    return render_template(
        "console/announcement.html",
        form=form,
        consultation=consultation,
        number=number,
        shown=shown,
    )
