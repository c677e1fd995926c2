"""The console: things to do, each consultation from opening to outcome, the rooms."""

from . import (
    answers,
    articles,
    carrying,
    documents,
    editing,
    home,
    journal,
    lifecycle,
    opening,
    organisers,
    outcomes,
    participation,
    questions,
    role_holders,
    rooms,
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
    "home",
    "journal",
    "lifecycle",
    "opening",
    "organisers",
    "outcomes",
    "participation",
    "questions",
    "role_holders",
    "rooms",
    "settings",
    "themes",
]
