"""What was published without what its authors, or the moderation, have taken back since."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from ..domain.syntheses.composed import Composed, Part, Quote
from ..queries import hearings as hearing_queries
from ..queries import syntheses as queries
from ..queries import synthesis_sources

DOCUMENT, HEARING = "document", "hearing"  # what a quotation comes from, beside texts of the site


def readable(session: Session, whole: Composed) -> Composed:
    """Return a composition without what its authors or the moderation have taken back since."""
    if whole.credits:
        still = set(session.scalars(queries.credits_of(whole.slug)))
        whole = replace(whole, credits=tuple(one for one in whole.credits if one in still))
    quoted = sorted({*statements_of(whole), *answered_in(whole)})
    shown = set(session.scalars(queries.shown_among(quoted))) if quoted else set()
    papers = held_of(whole, DOCUMENT)
    shown |= set(session.scalars(synthesis_sources.public_papers(papers))) if papers else set()
    whole = without(whole, {*quoted, *papers} - shown)
    heard = held_of(whole, HEARING)
    named = set(session.scalars(hearing_queries.agreeing(heard))) if heard else set()
    return unnamed(whole, set(heard) - named)


def unnamed(whole: Composed, hearing_ids: Collection[str]) -> Composed:
    """Return a composition that no longer names the people of some hearings."""
    if not hearing_ids:
        return whole
    by = whole.labels.get("heard", "")

    def bare(quote: Quote) -> Quote:
        return replace(quote, by=by, path="") if quote.held in hearing_ids else quote

    parts = (replace(one, quotes=tuple(map(bare, one.quotes))) for one in whole.parts)
    return replace(whole, parts=tuple(parts))


def without(whole: Composed, gone: Collection[str]) -> Composed:
    """Return a composition without the quotations of some texts, nor their words elsewhere."""
    if not gone:
        return whole
    removed = whole.labels.get("removed", "[…]")
    return replace(
        whole,
        parts=tuple(_kept(part, gone, removed) for part in whole.parts),
        outcomes=tuple(one for one in whole.outcomes if one.statement not in gone),
    )


def statements_of(whole: Composed) -> list[str]:
    """Return the texts of the site that a composition quotes, each once."""
    found = [quote.statement for part in whole.parts for quote in part.quotes]
    return sorted({one for one in found if one})


def held_of(whole: Composed, source: str) -> list[str]:
    """Return the documents of rooms, or the hearings, that a composition quotes, each once."""
    quotes = (quote for part in whole.parts for quote in part.quotes)
    return sorted({one.held for one in quotes if one.held and one.source == source})


def answered_in(whole: Composed) -> list[str]:
    """Return the texts of the site that a composition says the outcome of."""
    return [one.statement for one in whole.outcomes if one.statement]


def _kept(part: Part, gone: Collection[str], removed: str) -> Part:
    taken = [one for one in part.quotes if (one.statement or one.held) in gone]
    if not taken:
        return part
    title, body = part.title, part.body
    for quote in taken:
        title, body = title.replace(quote.text, removed), body.replace(quote.text, removed)
    quotes = tuple(one for one in part.quotes if one not in taken)
    return replace(part, title=title, body=body, quotes=quotes)
