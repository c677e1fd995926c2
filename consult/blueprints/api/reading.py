"""What anyone may read: consultations, their published texts, territories."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import marshmallow as ma
from flask import request

from ... import clock
from ...access import public
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...models import Consultation, Question
from ...queries import consultations, editions, outlines, paging, published, statements
from ...services import participation
from ..consultations import load
from . import given, sent, shapes
from .bp import bp, reads

Query = dict[str, Any]
Answer = tuple[dict[str, Any], dict[str, str]]
DETAILS = (Question.context, Question.why, Question.help, Question.example, Question.options)


@bp.get("/consultations")
@reads(N_("List the consultations."), given.Consultations, sent.ConsultationQuery)
@public
def list_consultations(query: Query) -> Answer:
    """List the consultations, the open ones first."""
    now, limit = clock.now(), query["limit"]
    filters = consultations.Filters(query.get("phase"), query.get("territory"))
    matching = consultations.matching(load.reader(), now, filters)
    chosen = paging.after(
        consultations.cards(matching, now),
        (consultations.openness(now), *consultations.LATEST),
        descending=True,
        cursor_text=query.get("cursor"),
        limit=limit,
    )
    rows, after = paging.cut(
        db.session.execute(chosen.add_columns(Consultation.territory_code)).all(),
        lambda row: (row.openness, row.published_at, row.id),
        limit,
    )
    places = [shapes.place(row.territory_code, row.territory) for row in rows]
    pairs = zip(rows, places, strict=True)
    return listed([shapes.consultation(row, now, place) for row, place in pairs], after)


@bp.get("/consultations/<slug>")
@reads(N_("Read a consultation, its themes and its questions."), given.WholeConsultation)
@public
def read_consultation(_query: Query, slug: str) -> dict[str, Any]:
    """Read a consultation, its themes and its questions."""
    found, now = load.visible_or_404(slug), clock.now()
    elsewhere = editions.answers_elsewhere(now).label("elsewhere")
    asked = outlines.questions(found.id, None).add_columns(*DETAILS, elsewhere)
    around = db.session.execute(outlines.surroundings(found, load.reader(), now)).all()
    by_kind = {what: [row for row in around if row.what == what] for what in ("territory", "tag")}
    places = [shapes.place(row.key, row.label) for row in by_kind["territory"]]
    same = ("will_decide", "will_not_decide", "access", "moderation", "results")
    return {
        **shapes.consultation(found, now, places[0] if places else None),
        **{name: getattr(found, name) for name in same},
        "tags": sorted(row.label for row in by_kind["tag"]),
        "follows": next((row.key for row in around if row.what == "follows"), None),
        "edition_of": next((row.key for row in around if row.what == "edition_of"), None),
        "editions": sorted(row.key for row in around if row.what == "edition"),
        "themes": shapes.themes(db.session.execute(asked).all(), found.slug),
    }


def _listing(kind: str, answer: type[ma.Schema], summary: str) -> None:
    """Serve the list of the published texts of one kind."""

    def list_texts(query: Query, slug: str) -> Answer:
        found, limit = load.visible_or_404(slug), query["limit"]
        scope = statements.Scope(
            kind,
            found.id,
            question_id=_question_id(found, query.get("question")),
            territories=published.inside(query.get("territory")),
        )
        chosen = published.texts(scope, cursor=query.get("cursor"), limit=limit)
        rows, after = statements.page(db.session.execute(chosen).all(), limit=limit)
        shown = participation.shows_counts(found, clock.now())
        return listed([shapes.text(row, shown) for row in rows], after)

    list_texts.__name__ = f"list_{kind}s"
    list_texts.__doc__ = f"List the published {kind}s of a consultation, the newest first."
    described = reads(summary, answer, sent.TextQuery)(public(list_texts))
    bp.get(f"/consultations/<slug>/{kind}s")(described)


_listing("answer", given.Answers, N_("List the published answers."))
_listing("proposal", given.Proposals, N_("List the published proposals."))
_listing("argument", given.Arguments, N_("List the published arguments."))
_listing("amendment", given.Amendments, N_("List the published amendments."))


@bp.get("/territories")
@reads(N_("List the territories."), given.Territories, sent.TerritoryQuery)
@public
def list_territories(query: Query) -> Answer:
    """List the territories, in the order of their codes."""
    limit = query["limit"]
    places = published.places(
        query.get("parent"),
        query.get("kind"),
        query.get("q"),
        cursor=query.get("cursor"),
        limit=limit,
    )
    rows, after = paging.cut(db.session.scalars(places).all(), lambda row: (row.code,), limit)
    return listed([shapes.territory(row) for row in rows], after)


def listed(items: Sequence[dict[str, Any]], after: str | None) -> Answer:
    """Return a page of a list, with the address of the next one as a header too."""
    headers = {}
    if after is not None:
        values = [(name, value) for name, value in request.args.items() if name != "cursor"]
        address = f"{request.path}?{urlencode([*values, ('cursor', after)], errors='replace')}"
        headers["Link"] = f'<{shapes.url(address)}>; rel="next"'
    return {"items": items, "next": after}, headers


def _question_id(found: Consultation, name: str | None) -> str | None:
    """Return the question a list is narrowed to, or 404 for one that the consultation lacks."""
    if name is None:
        return None
    question_id = db.session.scalar(published.question_id(found.id, name))
    if question_id is None:
        raise RuleBroken("question-unknown", 404)
    return question_id
