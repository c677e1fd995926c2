"""Publishing a synthesis: read as everyone will, proposed by one and published by another."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import follow_ups, phases
from ...domain.errors import RuleBroken
from ...domain.syntheses import composed
from ...extensions import db
from ...i18n import gettext, locale, ngettext, sentence
from ...models import Account, Consultation, Synthesis
from ...services import drafts, quoting
from ...services import synthesis_publication as publication
from ...speech import Speech
from ..syntheses import letters, wording
from .blueprint import bp
from .synthesis import HERE, RIGHT, begun

DIGITS = 6


@bp.get(f"{HERE}/publish")
@requires(RIGHT)
def prepare_synthesis(slug: str) -> ResponseReturnValue:
    """Show the synthesis as everyone will read it, and what publishing does."""
    return _page(*begun(slug))


@bp.post(f"{HERE}/propose")
@requires(RIGHT)
def propose_synthesis(slug: str) -> ResponseReturnValue:
    """Ask another person to publish what is on the page."""
    consultation, found = begun(slug)
    try:
        publication.propose(db.session(), found, _wanted(), by=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        return _refused(broken, consultation, found)
    flash(gettext("It is proposed. Another person can publish it now."), "success")
    return htmx.see_other("console.prepare_synthesis", slug=slug)


@bp.post(f"{HERE}/publish")
@requires(RIGHT)
def publish_synthesis(slug: str) -> ResponseReturnValue:
    """Publish what is on the page, and tell those whose words are quoted."""
    consultation, found = begun(slug)
    try:
        version = publication.publish(db.session(), found, _wanted(), by=account(), now=clock.now())
        told = letters.quoted(consultation, found, version)
        db.session.commit()
    except RuleBroken as broken:
        return _refused(broken, consultation, found)
    flash(gettext("The summary is published."), "success")
    if told:
        words = ngettext("%(num)s person is told.", "%(num)s people are told.", told)
        flash(words, "success")
    return htmx.see_other("syntheses.show", slug=found.slug)


def _wanted() -> publication.Wanted:
    number = request.form.get("number", "")
    plain = number.isascii() and number.isdecimal() and len(number) <= DIGITS
    return publication.Wanted(
        request.form.get("digest", ""),
        int(number) if plain else 0,
        request.form.get("reason", ""),
    )


def _refused(
    broken: RuleBroken, consultation: Consultation, found: Synthesis
) -> ResponseReturnValue:
    db.session.rollback()
    db.session.refresh(found)
    return _page(consultation, found, sentence(broken)), broken.status


def _page(consultation: Consultation, found: Synthesis, refusal: str = "") -> str:
    now = clock.now()
    whole, digest = publication.draft(db.session(), found, now=now)
    whole = wording.in_words_of(whole, Speech(locale(), consultation.time_zone))
    proposer = None
    if found.by_two and found.proposed_digest == digest and found.proposed_by_id:
        proposer = db.session.get(Account, found.proposed_by_id)
    return render_template(
        "console/synthesis_publish.html",
        consultation=consultation,
        synthesis=found,
        whole=whole,
        by_part={one.part: one for one in whole.outcomes if one.part},
        no_news=sum(one.state == follow_ups.NO_NEWS for one in whole.follow_up),
        unproven=composed.unproven(whole),
        digest=digest,
        refusal=refusal,
        typed=drafts.plain(request.form.get("reason", "")),
        is_closed=phases.may("publish_synthesis", phases.of(consultation, now)),
        proposer=proposer,
        is_mine=proposer is not None and proposer.id == account().id,
        waiting=quoting.waiting(db.session(), found.id, now),
    )
