"""The templates a consultation opens from, one module each, and what each turns on."""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover

FEATURES = ("ideas", "articles", "arguments", "sources", "amendments", "comments")


class StarterQuestion(NamedTuple):
    """A question already there when the console opens: its kind, wording and options."""

    kind: str
    wording: str
    options: Mapping[str, Any] = {}


class StarterTheme(NamedTuple):
    """A theme already there when the console opens; its words are English msgids."""

    label: str
    title: str
    questions: tuple[StarterQuestion, ...] = ()


def turning_on(*names: str) -> dict[str, bool]:
    """Return every feature, on when it is named."""
    return {name: name in names for name in FEATURES}


class ConsultationTemplate(Protocol):
    """What a module of this package provides."""

    LABEL: str
    DESCRIPTION: str
    FEATURES: Mapping[str, bool]
    STARTER: tuple[StarterTheme, ...]
    ORDER: int


TEMPLATES = cast(Mapping[str, ConsultationTemplate], discover(sys.modules[__name__]))


def in_order() -> list[tuple[str, ConsultationTemplate]]:
    """Return the templates as the console offers them, the most usual first."""
    return sorted(TEMPLATES.items(), key=lambda named: (named[1].ORDER, named[0]))


def template(name: str) -> ConsultationTemplate:
    """Return the template of this name, or raise template-unknown."""
    if name not in TEMPLATES:
        raise RuleBroken("template-unknown")
    return TEMPLATES[name]
