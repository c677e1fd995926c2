"""The forms of who is in a room: a seat, who is given it, whom an institution names."""

from functools import partial

from ...domain import clean, colleges, days, seats
from ...domain.kinds import N_
from ...services import seats as services
from .fields import Choice, ConsoleForm, Line, Radios, Tick


class SeatForm(ConsoleForm):
    """A new seat."""

    PLACES = {"seat-single": "kind", "seats-too-many": "title"}
    title = Line(
        N_("Name of the seat"), partial(clean.line, limit=120, required="seat-title-missing")
    )
    kind = Radios(N_("What is it for?"), offered=list(seats.LABELS.items()))


class AppointForm(ConsoleForm):
    """Whom a seat is given to, from one day to another."""

    PLACES = {
        "holder-missing": "name",
        "member-unknown": "account_id",
        "mandate-ends-first": "ends_on",
        "mandate-begins-first": "begins_on",
    }
    account_id = Choice(N_("Someone of the room"))
    name = Line(
        N_("Or the name of someone else"),
        partial(clean.line, limit=120),
        optional=True,
        description=N_("Someone who has no account here gets no right on the site."),
    )
    appointed_by = Line(N_("Who named them?"), partial(clean.line, limit=200), optional=True)
    deputy = Line(N_("Name of the deputy"), partial(clean.line, limit=120), optional=True)
    begins_on = Line(N_("From"), partial(days.read, required="day-missing"))
    ends_on = Line(N_("Until"), days.read, optional=True)
    stays = Tick(N_("The one who leaves stays named, to help"))

    def appointment(self) -> services.Appointment:
        """Return what was read."""
        values = self.values()
        return services.Appointment(**values)


class OfficialForm(ConsoleForm):
    """Whom an institution names to answer the room."""

    PLACES = {"mandate-ends-first": "ends_on", "officials-too-many": "name"}
    name = Line(N_("Name"), partial(clean.line, limit=120, required="official-name-missing"))
    institution = Line(
        N_("Institution"), partial(clean.line, limit=200, required="institution-missing")
    )
    theme = Line(N_("Subject"), partial(clean.line, limit=200), optional=True)
    phone = Line(N_("Telephone"), partial(clean.line, limit=40), optional=True)
    email = Line(N_("E-mail address"), clean.email, optional=True)
    begins_on = Line(N_("From"), days.read, optional=True)
    ends_on = Line(N_("Until"), days.read, optional=True)


class CollegesForm(ConsoleForm):
    """How many people of each college the room wants."""

    resident = Line(colleges.LABELS["resident"], colleges.wanted, optional=True)
    place = Line(colleges.LABELS["place"], colleges.wanted, optional=True)
    local_authority = Line(colleges.LABELS["local_authority"], colleges.wanted, optional=True)
    state = Line(colleges.LABELS["state"], colleges.wanted, optional=True)
    company = Line(colleges.LABELS["company"], colleges.wanted, optional=True)
    other = Line(colleges.LABELS["other"], colleges.wanted, optional=True)
