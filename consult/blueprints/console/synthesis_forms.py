"""The forms of a synthesis: what surrounds it, and a form for each kind of block."""

from functools import partial
from typing import Any

from wtforms import FileField, HiddenField

from ...domain import blocks, clean
from ...domain import hearings as rules
from ...domain.blocks import _fields
from ...domain.kinds import N_
from ...services import hearings, syntheses
from .fields import Choice, ConsoleForm, Line, Text, Tick
from .room_work_forms import as_typed

_RULES = syntheses.FIELDS
FILE = "file"  # what sends a picture


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


class HearingForm(ConsoleForm):
    """A person heard: who, when, what they said, whether they agree to be named."""

    PLACES = {
        **dict.fromkeys(("hearing-later", "hearing-day-missing", "day-unreadable"), "held_on"),
        **dict.fromkeys(("hearing-empty", "hearing-both", "text-too-long"), "body"),
        **dict.fromkeys(("file-kind", "file-wordless", "file-missing", "file-too-large"), "file"),
    }
    speaker = Line(N_("Who spoke? First name and name"), hearings.READ["speaker"])
    function = Line(N_("What they do"), hearings.READ["function"], optional=True)
    organisation = Line(N_("Their organisation"), hearings.READ["organisation"], optional=True)
    held_on = Line(N_("Heard on"), as_typed)
    body = Text(
        N_("What they said"),
        partial(clean.text, limit=rules.BODY_LIMIT),
        description=N_("Type it or paste it. It can be long."),
    )
    file = FileField(
        N_("Or a file"),
        description=N_("A text, an OpenDocument text or a Word file. Only its words are kept."),
    )
    agrees = Tick(
        N_("This person agrees: their name and their words are public"),
        description=N_(
            "Ask them first. Without it, passages are quoted as those of “a person heard”."
        ),
    )


class BlockForm(ConsoleForm):
    """The fields that every block may have; each kind adds its own."""

    PLACES = dict.fromkeys(("photo-kind", "file-too-large", "picture-unknown"), FILE)
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
        name = FILE if one.control == _fields.PICTURE else key
        fields[name] = _field(one, optional=key not in kind.NEEDS)
    return type("BlockForm", (BlockForm,), {**fields, "own": tuple(fields)})


def _field(one: blocks.Field, *, optional: bool) -> Any:
    if one.control == _fields.CHOICE:
        return Choice(one.label, [("", N_("Not said yet")), *one.choices])
    if one.control == _fields.PICTURE:
        return FileField(one.label, description=one.hint)
    made = Text if one.control in (_fields.TEXT, _fields.TABLE) else Line
    return made(one.label, one.read, optional=optional, description=one.hint)
