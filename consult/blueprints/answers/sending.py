"""The check page and the sending of an answer; nothing typed is lost on the way."""

from collections.abc import Sequence
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import phases, signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Statement
from ...services import answers, contributions, drafts, participation
from ..territories import naming
from . import asking, followed, forms, load
from .routes import QUESTION, bp


@bp.post(f"{QUESTION}/check")
@requires("answer.write")
def check(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Keep the draft and go to the check page, if the answer can be read."""
    seen = load.question_or_404(slug, theme, number)
    raw = forms.sent()
    try:
        answers.may_send(db.session(), seen.asked, load.actor(), now=clock.now())
        forms.value_of(seen.question, raw)
    except RuleBroken as broken:
        return refuse(seen, raw, broken)
    keep_draft(seen, raw)
    return htmx.see_other(
        "answers.show_check",
        slug=seen.consultation.slug,
        theme=seen.theme.number,
        number=seen.question.number,
    )


@bp.get(f"{QUESTION}/check")
@requires("answer.write")
def show_check(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Show what will be sent, how it is signed and what is public."""
    seen = load.question_or_404(slug, theme, number)
    if seen.draft is None or not seen.is_open:
        return redirect(seen.url, 303)
    raw: forms.Raw = dict(seen.draft.form)
    try:
        value = forms.value_of(seen.question, raw)
    except RuleBroken as broken:
        return asking.page(seen, raw, broken)
    return check_page(seen, raw, value)


def check_page(
    seen: load.Seen, raw: forms.Raw, value: Any, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the check page, with what is wrong when something is."""
    signing = forms.offered(raw)
    more = {
        "text": answers.text_of(seen.question, value),
        "signing": signing,
        "signature_kinds": _labels(signatures.LABELS),
        "actor_kinds": _labels(signatures.ACTOR_LABELS),
        "places": naming.meant(signing, broken),
        "others": other_questions(seen),
        "further": raw.get("further", []),
        "number": drafts.plain((raw.get("tracking_number") or [""])[0]),
        "error": sentence(broken) if broken else "",
        "code": broken.code if broken else "",
    }
    shown = asking.context(seen, forms.own(raw), **more)
    text = htmx.render("answers/check.html", "answers/_check_form.html", **shown)
    return text, broken.status if broken else 200


def _labels(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, gettext(label)) for name, label in labels.items()]


def other_questions(seen: load.Seen) -> Sequence[Any]:
    """Return the questions that a long text may also be addressed to."""
    if seen.question.kind not in answers.TEXTS:
        return []
    return [
        row for row in seen.outline if row.kind == seen.question.kind and row.id != seen.question.id
    ]


@bp.post(f"{QUESTION}/send")
@requires("answer.write")
def send(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Take the answer, once, and show its receipt."""
    seen = load.question_or_404(slug, theme, number)
    raw = forms.sent()
    try:
        answer = answers.send(
            db.session(),
            seen.asked,
            author(seen, raw),
            forms.writing(seen.question, raw),
            key=forms.key(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        return refuse(seen, raw, broken)
    forms.remember(raw, answer.territory_code)
    if forms.one(raw, "tracking_number").strip():
        join(seen, answer)
    db.session.commit()
    return htmx.see_other("answers.receipt", statement_id=answer.id)


def author(seen: load.Seen, raw: forms.Raw) -> participation.Actor:
    """Return who sends: this browser, or the person whose tracking number was given."""
    actor = load.actor()
    if not (number := forms.one(raw, "tracking_number").strip()):
        return actor
    participant = contributions.joined_by_number(db.session(), seen.consultation, number)
    return participation.Actor(participant, actor.reader)


def join(seen: load.Seen, answer: Statement) -> None:
    """Follow the contribution that the answer joined; its draft was this browser's."""
    followed.add(answer.contribution_id or "")
    drafts.discard(
        db.session(),
        participant_id=viewer().take_part(),
        target=drafts.target(seen.question.id),
    )


def keep_draft(seen: load.Seen, raw: forms.Raw) -> None:
    """Keep what was typed, once the consultation has opened."""
    if seen.phase != phases.PREPARATION and forms.own(raw):
        asking.keep_fields(seen, forms.own(raw))


def refuse(seen: load.Seen, raw: forms.Raw, broken: RuleBroken) -> ResponseReturnValue:
    """Keep what was typed, then show it again with what is wrong."""
    db.session.rollback()
    if broken.status == 403:
        raise broken
    keep_draft(seen, raw)
    if broken.status == 409:
        raise broken
    if broken.code in forms.ON_CHECK_PAGE:
        return check_page(seen, raw, forms.value_of(seen.question, raw), broken)
    return asking.page(seen, forms.own(raw), broken)
