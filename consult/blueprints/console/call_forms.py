"""The forms of open calls: seven fields to open one, the rest under Advanced."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ...domain import call_terms, clean, days, local_times, money
from ...domain.kinds import N_
from ...i18n import locale
from ...services import call_publication, open_calls, outside_calls
from .fields import Choice, ConsoleForm, Line, Place, Radios, Several, Text, Tick

_RULES = open_calls.FIELDS
_OUTSIDE = outside_calls.FIELDS
UTC = "UTC"
EXAMPLE = N_("In euros, with cents if you like.")
PROMISED: dict[str, Any] = {
    "optional": True,
    "description": N_("One promise a line. Left empty, the usual ones are printed."),
}


def amount(raw: str | None) -> int | None:
    """Read an amount as the reader's language writes it, None for nothing typed."""
    return money.read(raw, locale()) if raw and raw.strip() else None


def needed(raw: str | None) -> int:
    """Read an amount that must be there."""
    return money.read(raw or "", locale())


def share(raw: str | None) -> int | None:
    """Read a percentage, None for nothing typed."""
    return call_terms.share(raw, locale()) if raw and raw.strip() else None


def instant(raw: str | None) -> str:
    """Check that a day and an hour can be read; its zone is known later."""
    local_times.read(raw, UTC)
    return raw or ""


def as_amount(cents: int | None) -> str:
    """Write an amount as `amount` reads it back."""
    return "" if cents is None else money.written(cents, locale())


def as_share(part: int | None) -> str:
    """Write a percentage as `share` reads it back."""
    if part is None:
        return ""
    whole, rest = divmod(part, 100)
    sign = "," if locale() == "fr" else "."
    return f"{whole}{sign}{rest:02}" if rest else str(whole)


def dates(form: ConsoleForm, zone: str) -> dict[str, datetime | None]:
    """Return the dates typed in a form, in a zone."""
    names = ("opens_at", "closes_at")
    return {name: local_times.read(form[name].data, zone) for name in names}


class NewCallForm(ConsoleForm):
    """A call in at most seven fields."""

    PLACES = {
        "title-missing": "title",
        "opened-by-missing": "opened_by",
        "room-not-yours": "room_id",
        "date-missing": "closes_at",
        "dates-order": "closes_at",
        "hour-missing": "closes_at",
        "hour-twice": "closes_at",
        "territory-unknown": "territory_code",
    }
    title = Line(
        N_("Title"), _RULES["title"], description=N_("In a few words, as people would say it.")
    )
    room_id = Choice(N_("Which room opens this call?"))
    opened_by = Line(N_("Who opens this call?"), clean.line, optional=True)
    amount_cents = Line(N_("Envelope to share"), needed, description=EXAMPLE)
    territory_code = Place(N_("Territory"))
    opens_at = Line(N_("Opens on"), instant)
    closes_at = Line(N_("Closes on"), instant)


class CallForm(ConsoleForm):
    """All that a draft says of itself."""

    PLACES = NewCallForm.PLACES | {
        "cap-missing": "cap_cents",
        "cap-share-missing": "cap_share",
        "cap-of-nothing": "cap_cents",
        "floor-above-cap": "floor_cents",
        "priority-unknown": "priorities",
        "condition-unknown": "conditions",
    }
    title = Line(N_("Title"), _RULES["title"])
    opened_by = Line(N_("Who opens this call?"), _RULES["opened_by"])
    may_apply = Text(N_("Who may ask?"), _RULES["may_apply"])
    territory_code = Place(N_("Territory"))
    opens_at = Line(N_("Opens on"), instant, optional=True)
    closes_at = Line(N_("Closes on"), instant, optional=True)
    rule = Radios(N_("How is the envelope shared?"), offered=list(call_terms.RULES.items()))
    about = Text(N_("In a few words, what is it for?"), _RULES["about"], optional=True)
    cap_cents = Line(N_("Maximum for a project"), amount, optional=True, description=EXAMPLE)
    cap_share = Line(
        N_("Maximum share of what a project costs (percentage)"),
        share,
        optional=True,
        description=N_("For example 70: a project that costs €1,000 receives €700 at most."),
    )
    floor_cents = Line(
        N_("Minimum for a project"),
        amount,
        optional=True,
        description=N_("Each receives this first, within what it asks. Then the rule shares."),
    )
    one_per_carrier = Tick(N_("One project for each organisation"))
    carrier_cap_cents = Line(N_("Maximum for an organisation"), amount, optional=True)
    priorities = Text(
        N_("Priorities"),
        _RULES["priorities"],
        optional=True,
        description=N_("One on each line. The first is served before the next."),
    )
    themes = Text(
        N_("Themes"),
        _RULES["themes"],
        optional=True,
        description=N_("One on each line. A project names its own. The figures follow them."),
    )
    audience = Text(N_("Who does it help first?"), _RULES["audience"], optional=True)
    conditions = Several(
        N_("What the platform checks by itself"),
        description=N_("For the territory of each project. Its page says what is missing."),
    )
    surplus = Text(N_("What becomes of what remains?"), _RULES["surplus"], optional=True)
    lines_above_cents = Line(
        N_("Ask for the lines of the budget above"),
        amount,
        optional=True,
        description=N_("Below this amount, a project says its total only."),
    )
    needs_two = Tick(N_("Two persons publish the split"))
    fiscal_host = Line(
        N_("Who keeps the money?"),
        _RULES["fiscal_host"],
        optional=True,
        description=N_("A neutral third party, when it is not whoever opens the call."),
    )
    time_zone = Choice(N_("Time zone"))
    contact_name = Line(N_("Person to call"), _RULES["contact_name"], optional=True)
    contact_phone = Line(N_("Telephone number"), _RULES["contact_phone"], optional=True)
    promises = Text(N_("What do agreements promise?"), _RULES["promises"], **PROMISED)
    AMOUNTS = ("cap_cents", "floor_cents", "carrier_cap_cents", "lines_above_cents")

    def values(self) -> dict[str, Any]:
        """Return what was read; the dates are read in their zone, the lists by the service."""
        lists = {"priorities": self.priorities.data, "themes": self.themes.data}
        return super().values() | lists | {"territory_code": self.territory_code.clean or None}

    @staticmethod
    def typed(stored: Mapping[str, Any]) -> dict[str, Any]:
        """Write what is stored as someone would type it."""
        zone = stored["time_zone"]
        amounts = {name: as_amount(stored[name]) for name in CallForm.AMOUNTS}
        amounts["floor_cents"] = as_amount(stored["floor_cents"] or None)
        dates = {name: local_times.write(stored[name], zone) for name in ("opens_at", "closes_at")}
        more = {"cap_share": as_share(stored["cap_share"])}
        return {**stored, **amounts, **dates, **more}


class PublishedCallForm(ConsoleForm):
    """What may still be said once the terms are locked."""

    about = Text(N_("In a few words, what is it for?"), _RULES["about"], optional=True)
    contact_name = Line(N_("Person to call"), _RULES["contact_name"], optional=True)
    contact_phone = Line(N_("Telephone number"), _RULES["contact_phone"], optional=True)
    promises = Text(N_("What do agreements promise?"), _RULES["promises"], **PROMISED)


def _reason(code: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        return clean.text(raw, call_publication.REASON_LIMIT, required=code)

    return read


class ExtendForm(ConsoleForm):
    """A later close, and why."""

    PLACES = {
        "date-missing": "closes_at",
        "closing-earlier": "closes_at",
        "hour-missing": "closes_at",
        "hour-twice": "closes_at",
        "extend-reason-missing": "reason",
    }
    closes_at = Line(N_("New close"), instant)
    reason = Text(
        N_("Why does it close later?"),
        _reason("extend-reason-missing"),
        description=N_("This reason is public."),
    )


class CancelForm(ConsoleForm):
    """Giving a call up: one reason."""

    reason = Text(
        N_("Why is this call given up?"),
        _reason("cancel-reason-missing"),
        description=N_("This reason is public."),
    )


class OfficerForm(ConsoleForm):
    """Inviting someone to run a call too."""

    PLACES = dict.fromkeys(
        ("officer-already", "invitations-too-many", "invitations-today"), "email"
    )
    email = Line(
        N_("Their e-mail address"),
        lambda raw: clean.email(raw, required="email-unreadable"),
        description=N_("They get a letter with a link. They need no account beforehand."),
    )


class OutsideCallForm(ConsoleForm):
    """A call that someone else runs."""

    PLACES = {"territory-unknown": "territory_code"}
    funder = Line(N_("Who gives the money?"), _OUTSIDE["funder"])
    title = Line(N_("Title"), _OUTSIDE["title"])
    link = Line(N_("Web address of the call"), _OUTSIDE["link"])
    closes_on = Line(N_("Last day"), days.read, optional=True)
    territory_code = Place(N_("Territory"))
    about = Text(N_("In a few words, what is it for?"), _OUTSIDE["about"], optional=True)

    @staticmethod
    def typed(stored: Mapping[str, Any]) -> dict[str, Any]:
        """Write what is stored as someone would type it."""
        day = stored["closes_on"]
        return {**stored, "closes_on": day.isoformat() if day else ""}
