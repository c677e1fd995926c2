"""A published synthesis: its blocks, each with the passages that prove it, and its digest."""

from typing import Any

import marshmallow as ma
from marshmallow import fields

from ...access import requires
from ...domain import follow_ups
from ...domain import outcomes as verdicts
from ...domain.kinds import N_
from ...domain.syntheses.composed import Composed, Followed, Given, Part, Picture, Quote
from ...extensions import db
from ...i18n import locale
from ...services import given_outcomes
from ...speech import Speech
from ..syntheses import load
from . import reading, shapes
from .bp import bp, reads


class SynthesisExtract(ma.Schema):
    """A passage: its words, where it is read, who is said to have written it, "" for nobody."""

    text = fields.String(required=True)
    url = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)
    place = fields.String(required=True)
    source = fields.String(required=True)


class SynthesisDetail(ma.Schema):
    """What a kind of block alone says: a label and its words."""

    label = fields.String(required=True)
    text = fields.String(required=True)


class SynthesisRow(ma.Schema):
    """A row of a table of figures."""

    label = fields.String(required=True)
    number = fields.Integer(required=True)


class SynthesisPicture(ma.Schema):
    """A picture: where it is read, the digest of its bytes (SHA-256), what it shows in words."""

    url = fields.String(required=True)
    sha256 = fields.String(required=True)
    alternative = fields.String(required=True)
    credit = fields.String(required=True)


class SynthesisOutcome(ma.Schema):
    """What became of something: the verdict, why, what it led to, where that is read.

    `block` is the block it answers; for a question or a proposal, `title` and `url` say which.
    """

    block = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    url = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True, validate=ma.validate.OneOf(verdicts.VERDICTS))
    text = fields.String(required=True)
    decision = fields.String(required=True)
    link = fields.String(required=True)


class SynthesisFollowUp(ma.Schema):
    """Where something that the last edition left open stands today."""

    title = fields.String(required=True)
    url = fields.String(required=True)
    state = fields.String(required=True, validate=ma.validate.OneOf(follow_ups.STATES))
    text = fields.String(required=True)
    link = fields.String(required=True)


class SynthesisBlock(ma.Schema):
    """A block, in its place: "2" is a chapter, "2.1" is in it."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    details = fields.List(fields.Nested(SynthesisDetail), required=True)
    link = fields.String(required=True)
    figures = fields.List(fields.Nested(SynthesisRow), required=True)
    extracts = fields.List(fields.Nested(SynthesisExtract), required=True)
    picture = fields.Nested(SynthesisPicture, required=True, allow_none=True)


class Synthesis(ma.Schema):
    """A version of a synthesis; `digest` is that of its content as it was published (SHA-256)."""

    slug = fields.String(required=True)
    url = fields.String(required=True)
    consultation = fields.String(required=True)
    title = fields.String(required=True)
    language = fields.String(required=True)
    number = fields.Integer(required=True)
    reason = fields.String(required=True)
    published_at = fields.DateTime(required=True)
    digest = fields.String(required=True)
    journal_head = fields.String(required=True)
    method = fields.String(required=True)
    foreword = fields.String(required=True)
    foreword_by = fields.String(required=True)
    notes = fields.String(required=True)
    glossary = fields.String(required=True)
    imprint = fields.String(required=True)
    credits = fields.List(fields.String(), required=True)
    counts = fields.List(fields.Nested(SynthesisRow), required=True)
    blocks = fields.List(fields.Nested(SynthesisBlock), required=True)
    outcomes = fields.List(fields.Nested(SynthesisOutcome), required=True)
    follow_up = fields.List(fields.Nested(SynthesisFollowUp), required=True)


SAME = ("slug", "title", "number", "journal_head", "method", "foreword", "foreword_by")
AROUND = ("notes", "glossary", "imprint", "credits")


@bp.get("/syntheses/<slug>")
@reads(N_("Read a published synthesis, its blocks and what proves each."), Synthesis)
@requires("synthesis.read")
def read_synthesis(_query: reading.Query, slug: str) -> dict[str, Any]:
    """Read the synthesis in force, whole, with what is said today of its blocks."""
    found, consultation = load.visible_or_404(slug)
    version, whole = load.version_or_404(slug)
    say = Speech(locale(), consultation.time_zone)
    given = given_outcomes.today(db.session(), found, whole, say)
    return {
        **{name: getattr(whole, name) for name in (*SAME, *AROUND)},
        "url": shapes.url(f"/syntheses/{slug}"),
        "consultation": consultation.slug,
        "language": whole.locale,
        "reason": version.reason,
        "published_at": version.published_at,
        "digest": version.digest,
        "counts": _rows(whole),
        "blocks": [_block(part) for part in whole.parts],
        "outcomes": [_outcome(one) for one in given],
        "follow_up": [_followed(one) for one in whole.follow_up],
    }


def _outcome(one: Given) -> dict[str, Any]:
    return {
        "block": one.part or None,
        "title": one.title,
        "url": shapes.url(one.path) if one.path else None,
        "verdict": one.verdict,
        "text": one.body,
        "decision": one.decision,
        "link": shapes.url(one.link) if one.link.startswith("/") else one.link,
    }


def _followed(one: Followed) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": shapes.url(one.path),
        "state": one.state,
        "text": one.body,
        "link": shapes.url(one.link) if one.link.startswith("/") else one.link,
    }


def _rows(whole: Composed) -> list[dict[str, Any]]:
    return [{"label": label, "number": number} for label, number in whole.counts]


def _block(part: Part) -> dict[str, Any]:
    rows = part.figures.rows if part.figures else ()
    return {
        "id": part.id,
        "kind": part.kind,
        "number": part.number,
        "title": part.title,
        "text": part.body,
        "details": [{"label": label, "text": words} for label, words in part.details],
        "link": part.link,
        "figures": [{"label": label, "number": number} for label, number in rows],
        "extracts": [_extract(quote) for quote in part.quotes],
        "picture": _picture(part.picture) if part.picture else None,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "url": shapes.url(picture.path),
        "sha256": picture.sha256,
        "alternative": picture.alternative,
        "credit": picture.credit,
    }


def _extract(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "url": shapes.url(quote.path) if quote.path else None,
        "by": quote.by,
        "place": quote.place,
        "source": quote.source,
    }
