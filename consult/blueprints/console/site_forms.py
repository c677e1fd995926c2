"""The forms of what holds for the whole site: its settings, its groupings, whom to call."""

from ...domain.kinds import N_
from ...services import contacts, groupings, site_settings
from .fields import Choice, ConsoleForm, Line, Place, Text


class GroupingForm(ConsoleForm):
    """A grouping: its name and its hour."""

    PLACES = {"grouping-name-taken": "name", "grouping-name-missing": "name"}
    name = Line(
        N_("Name of the grouping"),
        groupings.FIELDS["name"],
        description=N_("A hub, an ocean zone or a network. For example: Indian Ocean."),
    )
    time_zone = Choice(N_("Time zone"))


class MemberForm(ConsoleForm):
    """A territory to put in a grouping."""

    PLACES = {
        "territory-unknown": "member",
        "grouping-in-grouping": "member",
        "grouping-full": "member",
    }
    member = Place(N_("Add a territory"), optional=False)


class ContactForm(ConsoleForm):
    """Whom to call in a territory; nothing typed leaves the contact of a wider one."""

    PLACES = {"contact-unreachable": "phone"}
    name = Line(N_("Person who helps"), contacts.FIELDS["name"], optional=True)
    phone = Line(N_("Their telephone"), contacts.FIELDS["phone"], optional=True)
    email = Line(N_("Their e-mail address"), contacts.FIELDS["email"], optional=True)
    hours = Line(
        N_("When they answer"),
        contacts.FIELDS["hours"],
        optional=True,
        description=N_("For example: Monday to Friday, 9 to 12."),
    )


class SiteForm(ConsoleForm):
    """The site itself."""

    site_name = Line(N_("Name of the site"), site_settings.FIELDS["site_name"])
    publisher = Line(N_("Publisher"), site_settings.FIELDS["publisher"], optional=True)
    publication_director = Line(
        N_("Publication director"), site_settings.FIELDS["publication_director"], optional=True
    )
    publisher_address = Text(
        N_("Address of the publisher"), site_settings.FIELDS["publisher_address"], optional=True
    )
    host_name = Line(N_("Host"), site_settings.FIELDS["host_name"], optional=True)
    host_address = Text(
        N_("Address of the host"), site_settings.FIELDS["host_address"], optional=True
    )
    help_name = Line(N_("Person who helps"), site_settings.FIELDS["help_name"], optional=True)
    help_phone = Line(N_("Their telephone"), site_settings.FIELDS["help_phone"], optional=True)
    help_email = Line(N_("Their e-mail address"), site_settings.FIELDS["help_email"], optional=True)
    moderation_hours = Line(
        N_("Texts are read within"),
        site_settings.FIELDS["moderation_hours"],
        description=N_("A number of hours, 48 if you leave it empty."),
    )
    watched_words = Text(
        N_("Watched words"),
        site_settings.FIELDS["watched_words"],
        optional=True,
        description=N_("One on each line. A text that holds one is shown first, never hidden."),
    )
