"""The lines of an open call: its envelopes, its instalments, its principles."""

from collections.abc import Sequence
from typing import Any

from ...domain import days
from ...domain.kinds import N_
from .call_forms import amount, share
from .fields import Choice, ConsoleForm, Line, Read, Text, Tick

Column = tuple[str, type[Any], str, dict[str, Any]]


class RowsForm(ConsoleForm):
    """A form of numbered lines; a line left empty is left out."""

    COLUMNS: Sequence[Column] = ()
    LINES = 0

    def lines(self) -> list[list[Any]]:
        """Return the fields, line by line."""
        names = [column[0] for column in self.COLUMNS]
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, self.LINES + 1)]

    def rows(self) -> list[dict[str, Any]]:
        """Return the lines where something was typed."""
        names = [column[0] for column in self.COLUMNS]
        filled = [line for line in self.lines() if any(_is_typed(field) for field in line)]
        return [
            {name: field.clean for name, field in zip(names, line, strict=True)} for line in filled
        ]


def _is_typed(field: Any) -> bool:
    return isinstance(field, Read) and bool((field.data or "").strip())


def rows_form(columns: Sequence[Column], lines: int) -> type[RowsForm]:
    """Return the class of a form with so many lines of these columns."""
    fields = {
        f"{name}_{line}": kind(label, **options)
        for line in range(1, lines + 1)
        for name, kind, label, options in columns
    }
    return type("LinesForm", (RowsForm,), {**fields, "COLUMNS": columns, "LINES": lines})


def any_text(raw: Any) -> str:
    """Take a text as it is; the service reads it."""
    return raw or ""


ENVELOPE: Sequence[Column] = (
    ("funder", Line, N_("Who gives the money?"), {"read": any_text, "optional": True}),
    ("amount_cents", Line, N_("Amount"), {"read": amount, "optional": True}),
    ("territory_code", Choice, N_("Kept for a place"), {}),
    ("priority", Choice, N_("Kept for a priority"), {}),
    ("pot_id", Choice, N_("Taken from a common pot"), {}),
)
INSTALMENT: Sequence[Column] = (
    ("label", Line, N_("Name of the payment"), {"read": any_text, "optional": True}),
    ("share", Line, N_("Share of the award (percentage)"), {"read": share, "optional": True}),
    ("due_on", Line, N_("Planned day"), {"read": days.read, "optional": True}),
    ("after_report", Tick, N_("Once the account of what was done is received"), {}),
)
PRINCIPLE: Sequence[Column] = (
    ("title", Line, N_("Principle"), {"read": any_text, "optional": True}),
    ("hint", Text, N_("How to see that it is respected"), {"read": any_text, "optional": True}),
)
