"""Keys that press buttons: a letter between brackets on each, on or off for a browser."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import session

from .i18n import gettext

_OFF = "keys_off"


class Button(NamedTuple):
    """A button: what it says, and the key that presses it, none when keys are off."""

    label: str
    key: str


def are_on() -> bool:
    """Tell whether keys press buttons in this browser."""
    return not session.get(_OFF)


def switch(*, on: bool) -> None:
    """Switch the keys on or off, for this browser."""
    if on:
        session.pop(_OFF, None)
    else:
        session[_OFF] = 1


def buttons(messages: Mapping[str, str]) -> dict[str, Button]:
    """Return buttons by their names, in the reader's language: each has letters of its own.

    A message ends with its letter, as in "Publish (P)".
    """
    keys, found = are_on(), {}
    for name, message in messages.items():
        label = gettext(message)
        words, _, letter = label.rpartition(" (")
        found[name] = Button(label, letter[:-1].lower()) if keys else Button(words, "")
    return found
