"""The organiser's console: things to do, and each consultation from opening to outcome."""

from . import (
    answers,
    articles,
    carrying,
    documents,
    editing,
    groupings,
    home,
    lifecycle,
    moderation,
    opening,
    organisers,
    outcomes,
    participation,
    questions,
    role_holders,
    settings,
    themes,
)
from .blueprint import bp

__all__ = [
    "answers",
    "articles",
    "bp",
    "carrying",
    "documents",
    "editing",
    "groupings",
    "home",
    "lifecycle",
    "moderation",
    "opening",
    "organisers",
    "outcomes",
    "participation",
    "questions",
    "role_holders",
    "settings",
    "themes",
]
