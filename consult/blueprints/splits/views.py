"""The result of a split: totals, who receives what and why, how to make it again."""

from flask import Response, abort, request

from ... import access, cache
from ...access import requires
from ...domain import sharing
from . import load, words
from .routes import bp


@bp.get("/open-calls/<slug>/split")
@requires("call.read")
def show(slug: str) -> Response:
    """Show what each project receives, and why; before it is published, that it is not."""
    call, found = load.decided(slug)
    may_publish = access.viewer().may("split.publish", call=call)
    if found is None:
        return cache.page("splits/waiting.html", call=call, may_publish=may_publish)
    decision, sort = found.decision, request.args.get("sort", "number")
    if sort not in load.SORTS:
        abort(404)
    rows, after = load.lines(decision, sort, request.args.get("cursor"))
    envelopes, parts = load.envelopes(decision), load.parts(decision, rows)
    told = {
        row.project_id: words.why(decision, envelopes, row, parts[row.project_id]) for row in rows
    }
    again = [
        {
            "funder": one.funder,
            "amount": one.amount_cents,
            "awarded": one.awarded_cents,
            "csv": found.address(
                ".csv", **({"envelope": one.position} if len(envelopes) > 1 else {})
            ),
            "command": words.command(decision, one, words.file_name(slug, one, len(envelopes))),
        }
        for one in envelopes
    ]
    order = {} if sort == "number" else {"sort": sort}
    return cache.page(
        "splits/show.html",
        call=call,
        decision=decision,
        others=found.others,
        in_force=found.in_force,
        total=words.total(decision, call.surplus),
        rule=sharing.kind(decision.rule).LABEL,
        rows=rows,
        told=told,
        most=max((row.asked_cents for row in rows), default=0) or 1,
        again=again,
        json=found.address(".json"),
        sort=sort,
        sorts={
            name: found.address(**({} if name == "number" else {"sort": name}))
            for name in load.SORTS
        },
        next_url=found.address(**order, cursor=after) if after else None,
        is_first=not request.args.get("cursor"),
        may_publish=may_publish,
    )
