"""The form of a project: what is asked of everyone first, the rest after."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import request
from wtforms import Form, HiddenField

from ...domain import clean
from ...domain import projects as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...i18n import locale, sentence
from ...models import OpenCall
from ...services import drafts
from ..console.fields import ConsoleForm, Line, Place, Radios, Text

NEW = "new"
SPARE = 3
OTHER_PLACES = {
    "project-title-missing": "title",
    "for-whom-missing": "for_whom",
    "what-missing": "what",
    "asked-missing": "asked",
    "cost-missing": "cost",
    "cost-below-funding": "cost",
    "carrier-cap": "asked",
    "priority-missing": "priority",
    "theme-unknown": "theme",
    "project-email-missing": "contact_email",
    "organisation-missing": "carrier",
    "organisation-held": "carrier",
    "organisation-carries": "carrier",
    "organisation-alike": "carrier",
    "carrier-missing": "lead",
    "carrier-once": "lead",
    "territory-unknown": "territory_code",
}
line = partial(clean.line, limit=rules.NAME_LIMIT)
words = partial(clean.text, limit=rules.WORDS_LIMIT)


def amount(raw: Any) -> int | None:
    """Read an amount as the language of the page writes it."""
    return rules.amount(raw, locale())


class Held(Radios):
    """A choice among one's organisations, and one to declare; none yet is no fault of a draft."""

    def pre_validate(self, form: Form) -> None:
        """Refuse what is not offered; nothing chosen is for the rule to say."""
        if self.data not in (None, ""):
            super().pre_validate(form)


class ProjectForm(ConsoleForm):
    """What a project says."""

    PLACES = OTHER_PLACES
    key = HiddenField()
    title = Line(
        N_("Name of the project"),
        lambda raw: clean.line(raw, rules.TITLE_LIMIT, required="project-title-missing"),
    )
    for_whom = Text(N_("For whom?"), words, description=N_("For example the elders of a village."))
    what = Text(N_("What do you want to do?"), words)
    place = Line(N_("Where?"), line, optional=True, description=N_("For example the town hall."))
    territory_code = Place(N_("Territory"))
    asked = Line(N_("Amount you ask for, in euros"), amount)
    lead = Held(N_("Which organisation leads the project?"))
    carrier = Line(N_("Its name"), line, optional=True)
    function = Line(N_("My function in it"), partial(clean.line, limit=120), optional=True)
    partners = Text(
        N_("Who carries it with you?"),
        rules.partners,
        optional=True,
        description=N_("One organisation a line. They are told by letter."),
    )
    group_name = Line(
        N_("Name of the group"),
        line,
        optional=True,
        description=N_(
            "If you are a group without a form of its own, hosted by this organisation."
        ),
    )
    priority = Held(N_("Class of the project"))
    theme = Held(N_("What is it about?"))
    cost = Line(N_("Total cost, in euros"), amount, optional=True)
    other = Line(N_("Other funding, in euros"), amount, optional=True)
    help_wanted = Text(
        N_("Help you look for"),
        words,
        optional=True,
        description=N_("Equipment, a place, know-how: people can offer it on your page."),
    )
    help_offered = Text(N_("Help you offer to others"), words, optional=True)
    contact_name = Line(N_("Name of the person to reach"), line, optional=True)
    contact_email = Line(
        N_("Their e-mail address"),
        clean.email,
        description=N_("It is never shown. Those who run the call read it."),
    )
    contact_phone = Line(
        N_("Their phone number"), partial(clean.line, limit=rules.PHONE_LIMIT), optional=True
    )

    def offer(self, call: OpenCall, held: Sequence[Any]) -> None:
        """Offer the organisations that the writer acts for, and the classes of the call."""
        own = [(row.id, row.name) for row in held]
        self.lead.offer([*own, (NEW, N_("Another organisation, that I declare here"))])
        if not own or not self.lead.data:
            self.lead.data = own[0][0] if own else NEW
        self.priority.offer(_numbered(call.priorities))
        self.theme.offer(_numbered(call.themes))
        self.rows = {side: typed_lines(side) for side in (rules.COST, rules.OTHER)}
        self.lines: tuple[rules.Line, ...] = ()
        self.line_error = ""

    def validate(self, *extra: Any, **more: Any) -> bool:
        """Read every field, then the lines of the budget."""
        good = super().validate(*extra, **more)
        try:
            found = [rules.lines(side, *sent_lines(side), locale()) for side in self.rows]
        except RuleBroken as broken:
            self.line_error = sentence(broken)
            self.form_errors.append(self.line_error)
            return False
        self.lines = tuple(line for side in found for line in side)
        return good

    def facts(self, call: OpenCall) -> rules.Facts:
        """Return what the form says."""
        same = ("title", "for_whom", "what", "place", "group_name", "help_wanted", "help_offered")
        contact = ("contact_name", "contact_email", "contact_phone")
        is_new = self.lead.data == NEW
        return rules.Facts(
            **{name: self[name].clean for name in (*same, *contact)},
            territory_code=self.territory_code.clean,
            asked_cents=self.asked.clean or None,
            cost_cents=rules.total(_typed(self.cost), self.lines, rules.COST),
            other_cents=rules.total(_typed(self.other), self.lines, rules.OTHER),
            priority=rules.priority(self.priority.data, call.priorities),
            theme=rules.theme(self.theme.data, call.themes),
            lines=self.lines,
            lead="" if is_new else self.lead.data,
            declared=(self.carrier.clean, self.function.clean) if is_new else ("", ""),
            partners=self.partners.clean or (),
        )


def _numbered(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(names, start=1)]


def _typed(field: Any) -> int | None:
    return field.clean if field.clean != "" else None


class CompletingForm(ConsoleForm):
    """What may still be said after the close."""

    PLACES = OTHER_PLACES
    for_whom = ProjectForm.for_whom
    what = ProjectForm.what
    place = ProjectForm.place
    help_wanted = ProjectForm.help_wanted
    help_offered = ProjectForm.help_offered

    def facts(self) -> rules.Facts:
        """Return what the form says; the rest is not read."""
        return rules.Facts(title="", **self.values())


def sent_lines(side: str) -> tuple[list[str], list[str]]:
    """Return the labels and the amounts typed for one side of the budget."""
    return request.form.getlist(f"{side}_label"), request.form.getlist(f"{side}_amount")


def typed_lines(side: str) -> list[tuple[str, str]]:
    """Return the lines typed, fit to be shown, and a few empty ones."""
    labels, amounts = sent_lines(side)
    pairs = zip(map(drafts.plain, labels), map(drafts.plain, amounts), strict=False)
    typed = [pair for pair in pairs if any(pair)][: rules.MOST_LINES]
    return padded(typed)


def padded(typed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Add empty lines to those of a budget."""
    return typed + [("", "")] * (SPARE if len(typed) < rules.MOST_LINES else 0)


def of_facts(facts: rules.Facts, written: Any) -> dict[str, Any]:
    """Return the fields of a form that says what a project says; `written` writes an amount."""
    amounts = {"asked": facts.asked_cents, "cost": facts.cost_cents, "other": facts.other_cents}
    same = ("title", "for_whom", "what", "place", "group_name", "help_wanted", "help_offered")
    contact = ("contact_name", "contact_email", "contact_phone")
    return {
        **{name: getattr(facts, name) for name in (*same, *contact)},
        **{name: "" if cents is None else written(cents) for name, cents in amounts.items()},
        "territory_code": facts.territory_code,
        "lead": facts.lead,
        "partners": "\n".join(facts.partners),
        "priority": str(facts.priority or ""),
        "theme": str(facts.theme or ""),
    }
