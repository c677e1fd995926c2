"""The forms of the rooms: one to open or change a room, one to invite someone to it."""

from functools import partial
from typing import Any

from wtforms import Form

from ...access import viewer
from ...domain import clean, colleges, places, room_templates
from ...domain import roles as rights
from ...domain import rooms as rules
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Room, Territory
from ...queries import rooms as queries
from ...queries import territories
from ...services import rooms
from ..rooms import load
from .fields import Choice, ConsoleForm, Line, Radios, Text, Tick

MOST_PLACES = 20
NO_PLACE = N_("No place has this postcode or this name. Check the spelling.")
WHICH_PLACE = N_("Several places have this name. Choose one of them.")


class Places(Radios):
    """The places that a name may mean; none of them until the name leads to several."""

    def pre_validate(self, form: Form) -> None:
        """Refuse what the list does not offer, once there is a choice."""
        if self.data:
            super().pre_validate(form)


class RoomForm(ConsoleForm):
    """What is said of a room."""

    PLACES = {
        "room-name-missing": "name",
        "parent-below": "parent_id",
        "parent-not-above": "parent_id",
        "parent-unknown": "parent_id",
        "territory-unknown": "territory",
        "moderator-without-place": "territory",
        "moderator-taken": "moderates",
        "place-not-held": "moderates",
    }
    name = Line(
        N_("Name of the room"),
        partial(clean.line, limit=rooms.NAME_LIMIT, required="room-name-missing"),
    )
    template = Choice(N_("What kind of room?"))
    purpose = Text(
        N_("What is this room for?"),
        partial(clean.text, limit=rooms.PURPOSE_LIMIT),
        optional=True,
        description=N_("Two lines, for someone who has never heard of it."),
    )
    level = Radios(N_("Level"))
    parent_id = Choice(N_("Room above"))
    territory = Line(
        N_("Territory"),
        partial(clean.line, limit=places.TYPED_LIMIT),
        optional=True,
        description=N_("A postcode, or the name of a region, a département or a commune."),
    )
    territory_code = Places(N_("Which of these places?"))
    moderates = Tick(N_("This room reads what is written about this territory"))
    is_private = Tick(N_("Private room: only its members see its page"))

    def offer(self, room: Room | None = None) -> None:
        """Offer the levels and the rooms above that this person may choose, and the places.

        A room that exists is not offered itself, nor what stands below it.
        """
        below = set(db.session.scalars(queries.under(room.id))) if room else set()
        held = viewer().roles()
        kinds = [(name, one.LABEL) for name, one in room_templates.in_order()]
        self.template.offer([("", N_("An empty room")), *kinds])
        if self.template.data is None:
            self.template.data = ""
        levels = [
            level
            for level in rules.LEVELS
            if any(rights.allowed(role, "room.manage", level) for role in held)
        ]
        self.level.offer([(level, rules.LABELS[level]) for level in levels])
        if self.level.raw_data is None and len(levels) == 1:
            self.level.data = levels[0]
        rows = db.session.execute(queries.managed(load.reader()))
        above = [(row.id, row.name) for row in rows if row.id not in below]
        none = [("", N_("None"))] if rights.ADMINISTRATOR in held else []
        self.parent_id.offer([*none, *above])
        self._offer_places()

    def _offer_places(self) -> None:
        typed = str(self.territory.data or "")
        self.rows = {row.code: row for row in self._meant(typed)}
        exact = [row.code for row in self.rows.values() if row.search == places.key(typed)]
        self.asks_which = len(self.rows) > 1 and exact != [self.territory_code.data]
        if self.territory_code.data not in self.rows:
            meant = exact or list(self.rows)
            self.territory_code.data = meant[0] if len(meant) == 1 else ""
            self.asks_which = len(meant) > 1
        labels = {code: gettext(places.LABELS[row.kind]) for code, row in self.rows.items()}
        self.territory_code.offer(
            [(code, f"{row.name} ({labels[code]})") for code, row in self.rows.items()]
        )

    @staticmethod
    def _meant(typed: str) -> list[Any]:
        if not typed:
            return []
        if places.CODE.fullmatch(typed):
            found = db.session.get(Territory, typed)
            return [found] if found else []
        return list(db.session.execute(territories.found(typed, limit=MOST_PLACES)).all())

    def validate(self, *extra: Any, **more: Any) -> bool:
        """Read the fields; a territory that was typed must lead to one place."""
        valid = bool(super().validate(*extra, **more))
        if self.territory.clean and not self.territory_code.data:
            said = gettext(WHICH_PLACE if self.rows else NO_PLACE)
            self.territory.errors = [*self.territory.errors, said]
            return False
        return valid

    def facts(self) -> rooms.Facts:
        """Return what was read."""
        values = self.values()
        for name in ("territory", "template"):
            values.pop(name)
        return rooms.Facts(**values)


class JoinForm(ConsoleForm):
    """Inviting someone to a room."""

    PLACES = dict.fromkeys(("member-already", "invitations-too-many", "invitations-today"), "email")
    email = Line(
        N_("Their e-mail address"),
        partial(clean.email, required="email-unreadable"),
        description=N_("They get a letter with a link. They need no account beforehand."),
    )
    college = Choice(
        N_("They are among the:"), offered=[("", N_("Not said")), *colleges.LABELS.items()]
    )
    role = Radios(N_("Role"), offered=[(name, label) for name, label in rules.ROLES.items()])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.college.data is None:
            self.college.data = ""
