"""Many small forms on one page, sent together: each line is saved, or all come back as typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from ...domain import clean
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import sentence
from ...services import consultations, drafts
from .fields import Stored

LONGEST = 25_000  # of what is given back: longer is refused, and no page has to show it


@dataclass
class Line:
    """One form: what it is about, what is stored, what was typed, what was refused of it."""

    key: str
    subject: Any
    title: str
    path: str
    label: str = ""
    note: str = ""
    values: dict[str, str] = field(default_factory=dict)
    version: str = ""
    ticked: bool = False
    error: str = ""
    theirs: Sequence[tuple[str, str]] = ()
    said: dict[str, str] = field(default_factory=dict)  # what is sent to be saved

    @property
    def is_changed(self) -> bool:
        """Tell whether something else is sent than what was shown."""
        return self.ticked or consultations.stamp(_canonical(self.said)) != self.version


def show(lines: Sequence[Line], stored: Mapping[str, Mapping[str, Any]]) -> None:
    """Fill each line with what is stored."""
    for line in lines:
        line.values = dict(stored[line.key])
        line.version = consultations.stamp(line.values)


def take(lines: Sequence[Line], names: Sequence[str], shared: Mapping[str, str]) -> None:
    """Fill each line with what was sent; those that are ticked say what is shared."""
    form = request.form
    for line in lines:
        if f"version-{line.key}" not in form:
            continue
        typed = {name: form.get(f"{name}-{line.key}", "") for name in names}
        line.values = {name: drafts.plain(text[:LONGEST]) for name, text in typed.items()}
        line.version = form[f"version-{line.key}"]
        line.ticked = f"tick-{line.key}" in form
        line.said = dict(shared) if line.ticked else typed


def save(
    lines: Sequence[Line], act: Callable[[Line], Any], stored: Callable[[Line], Stored]
) -> tuple[int, int]:
    """Save what changed, all or nothing; return how many and the status of a refusal, else 0.

    A line that someone else changed meanwhile (409) shows what is stored beside what was typed,
    and sending it again replaces that.
    """
    changed = [line for line in lines if line.said and line.is_changed]
    refused: list[tuple[Line, RuleBroken]] = []
    for line in changed:
        try:
            act(line)
        except RuleBroken as broken:
            line.error = sentence(broken)
            refused.append((line, broken))
    if not refused:
        db.session.commit()
        return len(changed), 0
    db.session.rollback()
    for line, refusal in refused:
        if refusal.code == "stale":
            _compare(line, *stored(line))
    statuses = {refusal.status for _line, refusal in refused}
    return 0, 422 if statuses == {422} else max(statuses - {422})


def _compare(line: Line, values: Mapping[str, Any], version: str) -> None:
    line.version = version
    line.theirs = [
        (name, str(value)) for name, value in values.items() if value != line.said.get(name)
    ]


def _canonical(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed as it would be stored; what cannot be stays as it is."""
    try:
        return {name: clean.text(text) for name, text in typed.items()}
    except RuleBroken:
        return dict(typed)
