"""The pages of a room, as plain links: a topic that brings one adds its line here."""

from typing import NamedTuple

from flask import request, url_for

from ...domain.kinds import N_
from ...i18n import gettext

PAGES = (
    ("rooms.show", N_("The room")),
    ("matters.of_room", N_("Matters")),
    ("polls.of_room", N_("Votes")),
    ("rooms.agenda", N_("Agenda")),
    ("rooms.frames", N_("Common frames")),
    ("rooms.documents", N_("Documents")),
    ("rooms.decisions", N_("Decisions")),
)


class Tab(NamedTuple):
    """A link: where it leads, what it says, whether it is the page one reads."""

    url: str
    label: str
    is_here: bool


def of(slug: str) -> list[Tab]:
    """Return the links between the pages of a room, for `rooms/_tabs.html` as `tabs`."""
    return [
        Tab(url_for(endpoint, slug=slug), gettext(label), request.endpoint == endpoint)
        for endpoint, label in PAGES
    ]
