"""The templates an open call starts from, one module each: its rule, its bounds, its principles."""

import sys
from collections.abc import Mapping
from typing import Any, Protocol, cast

from ..errors import RuleBroken
from ..kinds import N_, discover

WORDS = ("about", "may_apply", "surplus")
MAY_APPLY = N_("Associations, local authorities, groups of people hosted by one of them.")
SURPLUS = N_("What remains is kept for the next call.")
LOCAL_PRINCIPLES = (
    N_("The project serves people who live here"),
    N_("It is open to everyone, without any condition of income or diploma"),
    N_("It is built with the people it is for"),
    N_("What it makes is shared: others can use it again"),
)


class CallTemplate(Protocol):
    """What a module of this package provides; its words are English msgids.

    `SETTINGS` holds columns of the call, `PRINCIPLES` the sentences of its checklist.
    """

    LABEL: str
    DESCRIPTION: str
    ORDER: int
    SETTINGS: Mapping[str, Any]
    PRINCIPLES: tuple[str, ...]


TEMPLATES = cast(Mapping[str, CallTemplate], discover(sys.modules[__name__]))


def in_order() -> list[tuple[str, CallTemplate]]:
    """Return the templates as the console offers them, the most usual first."""
    return sorted(TEMPLATES.items(), key=lambda named: (named[1].ORDER, named[0]))


def template(name: str) -> CallTemplate:
    """Return the template of this name, or raise template-unknown."""
    if name not in TEMPLATES:
        raise RuleBroken("template-unknown")
    return TEMPLATES[name]
