"""Who is told that a synthesis is published: those who took part, and those who follow."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select

from ..domain import follows, readings
from ..models import (
    Follow,
    Mail,
    Statement,
    Subscriber,
    Synthesis,
    SynthesisVersion,
)
from .extracts import address, may_be_told, with_authors

Rows = Select[*tuple[Any, ...]]
TOLD = (*readings.KINDS, "source")
SENT = ("published", "pending", "to_correct")


def untold() -> Select[SynthesisVersion]:
    """Select the versions that are still to be told, the oldest first."""
    return (
        select(SynthesisVersion)
        .where(SynthesisVersion.told_at.is_(None))
        .order_by(SynthesisVersion.published_at, SynthesisVersion.id)
    )


def prefix(synthesis_id: str) -> str:
    """Return how the keys of the letters about a synthesis begin."""
    return f"synthesis:{synthesis_id}:"


def contributors(consultation_id: str, synthesis_id: str, *, most: int) -> Rows:
    """Select where those who took part are told, each once: (email, locale), not told yet.

    Who wants no letter gets one where they asked to be told of a text.
    """
    email = address()
    locale = func.max(func.coalesce(Subscriber.locale, "fr")).label("locale")
    return (
        with_authors(select(email.label("email"), locale).select_from(Statement))
        .where(
            Statement.consultation_id == consultation_id,
            Statement.kind.in_(TOLD),
            Statement.state.in_(SENT),
            may_be_told(),
            email.not_in(_told(synthesis_id)),
        )
        .group_by(email)
        .order_by(email)
        .limit(most)
    )


def followers(consultation_id: str, synthesis_id: str, *, most: int) -> Select[Subscriber]:
    """Select those who follow a consultation and want to know at once, not told yet."""
    return (
        select(Subscriber)
        .join(Follow, Follow.subscriber_id == Subscriber.id)
        .where(
            Follow.subject == literal("consultation:") + consultation_id,
            Follow.confirmed_at.is_not(None),
            Subscriber.confirmed_at.is_not(None),
            Subscriber.letters == follows.AT_ONCE,
            Subscriber.email.not_in(_told(synthesis_id)),
        )
        .order_by(Subscriber.id)
        .limit(most)
    )


def is_told(email: str) -> ColumnElement[bool]:
    """Tell whether an address had a letter about a synthesis: write it beside `Synthesis`."""
    key = cast(literal("synthesis:") + Synthesis.id + literal(":%"), String)
    return (
        select(Mail.id)
        .where(Mail.recipient == email, Mail.dedup_key.like(key))
        .correlate(Synthesis)
        .exists()
    )


def _told(synthesis_id: str) -> Select[str]:
    return select(Mail.recipient).where(
        Mail.dedup_key.startswith(prefix(synthesis_id), autoescape=True)
    )
