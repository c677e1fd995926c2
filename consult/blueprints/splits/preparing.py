"""Computing a split, proposing it to another person, publishing it: for those who run the call."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...domain import assessments, clean, sharing
from ...domain import open_calls as phases
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Account, OpenCall
from ...queries import projects
from ...queries import splits as queries
from ...services import drafts, splits
from ..accounts import confirming
from ..open_calls import load
from .routes import bp

SHOWN = 100
TRIES = "30 per minute"
_ACT = Callable[..., object]


@bp.get("/open-calls/<slug>/split/prepare")
@requires("split.publish")
def prepare(slug: str) -> ResponseReturnValue:
    """Compute the split as things stand; nobody outside sees it and nothing is written."""
    return _page(_managed(slug))


@bp.post("/open-calls/<slug>/split/propose")
@requires("split.publish")
@limiter.limit(TRIES)
def propose(slug: str) -> ResponseReturnValue:
    """Ask another person to publish what is on the page."""
    said = gettext("The split is proposed. Another person can publish it.")
    return _act(_managed(slug), splits.propose, said, "splits.prepare")


@bp.post("/open-calls/<slug>/split/publish")
@requires("split.publish")
@limiter.limit(TRIES)
def publish(slug: str) -> ResponseReturnValue:
    """Decide what is on the page: it never changes, and the carriers get a letter."""
    said = gettext("The split is published. The carriers get a letter.")
    return _act(_managed(slug), splits.publish, said, "splits.show")


def _managed(slug: str) -> OpenCall:
    call = load.visible_or_404(slug)
    access.check("split.publish", call=call)
    return call


def _act(call: OpenCall, act: _ACT, said: str, goes_to: str) -> ResponseReturnValue:
    by, slug = account(), call.slug
    try:
        confirming.shown()
        act(db.session(), call, _wanted(), by=by, now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _page(call, broken)
    flash(said, "success")
    return htmx.see_other(goes_to, slug=slug)


def _wanted() -> splits.Wanted:
    return splits.Wanted(
        digest=request.form.get("digest", ""),
        number=clean.whole(request.form.get("number"), 8),
        reason=request.form.get("reason", ""),
    )


def _page(call: OpenCall, broken: RuleBroken | None = None) -> ResponseReturnValue:
    now, me = clock.now(), account()
    try:
        draft = splits.compute(db.session(), call, now=now)
    except RuleBroken as refused:
        text = render_template("splits/too_early.html", call=call, error=sentence(refused))
        return text, refused.status
    before = splits.latest(db.session(), call.id)
    text = render_template(
        "splits/prepare.html",
        call=call,
        draft=draft,
        rule=sharing.kind(call.rule).LABEL,
        rows=_rows(draft),
        shown=SHOWN,
        to_complete=draft.left_out.get(assessments.TO_COMPLETE, []),
        refused=draft.left_out.get(assessments.REFUSED, []),
        hidden=db.session.execute(queries.hidden(call.id, SHOWN)).all(),
        changed=db.session.execute(projects.changed(call.id, SHOWN)).all(),
        is_closed=phases.phase(call, now) == phases.CLOSED,
        conflict=splits.has_conflict(db.session(), call, me),
        before=before,
        changes=_changes(draft, before.id) if before else [],
        proposal=_proposal(call),
        me=me,
        fresh=confirming.is_fresh(),
        error=sentence(broken) if broken else "",
        typed=drafts.plain(request.form.get("reason", "")),
    )
    return text, broken.status if broken else 200


def _rows(draft: splits.Draft) -> list[dict[str, Any]]:
    """Return the first projects by their numbers, with what each would receive."""
    shared = draft.shared
    pairs = zip(shared.claims, shared.series.awards, strict=True)
    first = sorted(pairs, key=lambda pair: pair[0].number)[:SHOWN]
    return [
        {"number": claim.number, "title": draft.titles[claim.project], "id": claim.project}
        | {"asked": claim.asked, "award": award}
        for claim, award in first
    ]


def _changes(draft: splits.Draft, decision_id: str) -> list[dict[str, Any]]:
    """Return the projects that would receive another amount than by the split in force."""
    had = {
        row.project_id: row.awarded_cents
        for row in db.session.execute(queries.amounts(decision_id))
    }
    pairs = zip(draft.shared.claims, draft.shared.series.awards, strict=True)
    has = {claim.project: award for claim, award in pairs}
    changed = [key for key in {**had, **has} if had.get(key) != has.get(key)]
    known = [
        {
            "title": draft.titles.get(key, ""),
            "id": key,
            "before": had.get(key),
            "after": has.get(key),
        }
        for key in changed[:SHOWN]
    ]
    return sorted(known, key=lambda one: (one["after"] is not None, one["title"]))


def _proposal(call: OpenCall) -> dict[str, Any] | None:
    found = splits.proposed(db.session(), call)
    if found is None:
        return None
    by = db.session.get(Account, found.account_id)
    return {
        "digest": found.digest,
        "reason": found.reason,
        "account_id": found.account_id,
        "name": by.name if by else "",
        "at": found.proposed_at,
    }
