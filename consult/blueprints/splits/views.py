"""The result of a split: totals, who receives what and why, how to make it again."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request

from ... import access, cache
from ...access import requires
from ...documents import offered
from ...domain import sharing
from ...models import SplitEnvelope
from . import files, load, words
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
        since=load.since([row.project_id for row in rows] if found.in_force else []),
        most=max((row.asked_cents for row in rows), default=0) or 1,
        again=_again(found, envelopes),
        json=found.address(".json"),
        files=_files(found),
        sort=sort,
        sorts={name: found.address(**_sorted(name)) for name in load.SORTS},
        next_url=found.address(**_sorted(sort), cursor=after) if after else None,
        is_first=not request.args.get("cursor"),
        may_publish=may_publish,
    )


def _files(found: load.Found) -> list[dict[str, str]]:
    """Return the files that may be kept or printed, for a list that paper can hold."""
    if found.decision.projects > files.MOST_PRINTED:
        return []
    return [{"name": kind, "address": found.address(f".{kind}")} for kind in offered("pdf", "ods")]


def _sorted(name: str) -> dict[str, str]:
    """Return what the address says of an order: nothing of the usual one."""
    return {} if name == "number" else {"sort": name}


def _again(found: load.Found, envelopes: Sequence[SplitEnvelope]) -> list[dict[str, Any]]:
    """Return for each envelope its sum, its table and the command that shares it again."""
    slug, count = found.call.slug, len(envelopes)
    return [
        {
            "funder": one.funder,
            "amount": one.amount_cents,
            "awarded": one.awarded_cents,
            "csv": found.address(".csv", **({"envelope": one.position} if count > 1 else {})),
            "command": words.command(found.decision, one, words.file_name(slug, one, count)),
        }
        for one in envelopes
    ]
