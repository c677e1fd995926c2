"""The forms of a synthesis: what surrounds it, and a form for each kind of block."""

from functools import partial
from typing import Any

from wtforms import HiddenField

from ...domain import blocks, clean
from ...domain.blocks import _fields
from ...domain.kinds import N_
from ...services import syntheses
from .fields import Choice, ConsoleForm, Line, Text, Tick

_RULES = syntheses.FIELDS


class SynthesisForm(ConsoleForm):
    """What surrounds the blocks: method, foreword, notes, words, imprint."""

    PLACES = {"foreword-unsigned": "foreword_by"}
    title = Line(N_("Title"), _RULES["title"])
    method = Text(
        N_("How this summary was made"),
        _RULES["method"],
        optional=True,
        description=N_("Say what it cannot tell too. People read it first."),
    )
    foreword = Text(N_("Foreword"), _RULES["foreword"], optional=True)
    foreword_by = Line(N_("Who signs the foreword?"), _RULES["foreword_by"], optional=True)
    notes = Text(N_("Notes and sources"), _RULES["notes"], optional=True)
    glossary = Text(
        N_("The words used"),
        _RULES["glossary"],
        optional=True,
        description=N_("One word a paragraph, then what it means."),
    )
    imprint = Text(N_("Who made it"), _RULES["imprint"], optional=True)
    by_two = Tick(N_("Two people publish: one proposes, another one publishes"))


class BlockForm(ConsoleForm):
    """The fields that every block may have; each kind adds its own."""

    after = HiddenField()
    own: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """Return what was read, and behind which block it goes."""
        return super().values() | {"after": self.after.data or ""}


def block_form(name: str) -> type[BlockForm]:
    """Return the form of a kind of block."""
    kind = blocks.kind(name)
    fields: dict[str, Any] = {}
    if kind.TITLE:
        read = partial(clean.line, limit=blocks.TITLE_LIMIT)
        fields["title"] = Line(kind.TITLE, read, optional="title" not in kind.NEEDS)
    if kind.BODY:
        fields["body"] = Text(kind.BODY, clean.text, optional="body" not in kind.NEEDS)
    for key, one in kind.FIELDS.items():
        fields[key] = _field(one, optional=key not in kind.NEEDS)
    return type("BlockForm", (BlockForm,), {**fields, "own": tuple(fields)})


def _field(one: blocks.Field, *, optional: bool) -> Any:
    if one.control == _fields.CHOICE:
        return Choice(one.label, [("", N_("Not said yet")), *one.choices])
    made = Text if one.control in (_fields.TEXT, _fields.TABLE) else Line
    return made(one.label, one.read, optional=optional, description=one.hint)
