"""The console's forms: names of fields are names of columns, and nothing else is read."""

from datetime import datetime
from functools import partial
from typing import Any

from wtforms import FileField, HiddenField

from ...domain import clean, local_times
from ...domain import outcomes as verdicts
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...i18n import sentence
from ...services import consultations, publication, themes
from .fields import Choice, ConsoleForm, Line, Place, Radios, Text, Tick

_RULES = consultations.FIELDS
_LISTS = consultations.LISTS


class WhoForm(ConsoleForm):
    """Screen 2: three fields."""

    title = Line(
        N_("Title"), _RULES["title"], description=N_("In a few words, as people would say it.")
    )
    asked_by = Line(N_("Who asks?"), _RULES["asked_by"])
    purpose = Text(
        N_("Why this consultation?"),
        _RULES["purpose"],
        description=N_("What people write will serve to..."),
    )


class EditForm(WhoForm):
    """Everything a consultation says of itself; all but the first three is under Advanced."""

    PLACES = {
        "follows-itself": "follows_id",
        "tags-too-many": "tags",
        "stages-too-many": "stage_open",
    }
    will_decide = Text(N_("What will be decided"), _RULES["will_decide"], optional=True)
    will_not_decide = Text(N_("What will not be decided"), _RULES["will_not_decide"], optional=True)
    access = Radios(
        N_("Who can answer?"),
        offered=[
            ("open", N_("Open to all")),
            ("email", N_("Checked e-mail")),
            ("listed", N_("On a list")),
        ],
    )
    moderation = Radios(
        N_("When are answers read?"),
        offered=[
            ("after", N_("After they are published")),
            ("before", N_("Before they are published")),
        ],
    )
    results = Radios(
        N_("When are the counts of opinions shown?"),
        offered=[("live", N_("At once")), ("after_close", N_("After the close"))],
    )
    allows_ideas = Tick(N_("People can propose ideas"))
    allows_arguments = Tick(N_("People can argue for and against"))
    allows_sources = Tick(N_("People can add sources"))
    allows_amendments = Tick(N_("People can propose changes to a text"))
    allows_comments = Tick(N_("People can comment"))
    tags = Line(
        N_("Subjects"), _LISTS["tags"], optional=True, description=N_("Separated by commas.")
    )
    stage_preparation = Line(
        N_("Your words for the preparation"),
        _LISTS["stage_preparation"],
        optional=True,
        description=N_("Several steps: separate them by commas."),
    )
    stage_open = Line(N_("Your words while it is open"), _LISTS["stage_open"], optional=True)
    stage_closed = Line(N_("Your words for the close"), _LISTS["stage_closed"], optional=True)
    stage_synthesis = Line(
        N_("Your words for the summary"), _LISTS["stage_synthesis"], optional=True
    )
    stage_outcome = Line(N_("Your words for the outcomes"), _LISTS["stage_outcome"], optional=True)
    follows_id = Choice(N_("This consultation follows"))
    contact_name = Line(N_("Person to call"), _RULES["contact_name"], optional=True)
    contact_phone = Line(N_("Telephone number"), _RULES["contact_phone"], optional=True)

    def values(self) -> dict[str, Any]:
        """Return what was read; lists go back as typed, for the service to read."""
        found = super().values()
        return found | {name: self[name].data for name in _LISTS}


class DatesForm(ConsoleForm):
    """Screen 3: two fields, and under Advanced the territory, its zone and what follows."""

    PLACES = {
        "dates-order": "closes_at",
        "closing-past": "closes_at",
        "opening-past": "opens_at",
        "consultation-closed": "closes_at",
        "edition-dates": "closes_at",
        "synthesis-promise-missing": "synthesis_at",
        "territory-unknown": "territory_code",
    }
    opens_at = Line(N_("Opens on"), str)
    closes_at = Line(N_("Closes on"), str)
    territory_code = Place(N_("Territory"))
    time_zone = Choice(N_("Time zone"))
    synthesis_at = Line(N_("Summary promised for"), str, optional=True)
    outcome_at = Line(N_("Outcomes published on"), str, optional=True)
    DATES = ("opens_at", "closes_at", "synthesis_at", "outcome_at")

    def read(self, zone: str) -> publication.Schedule | None:
        """Return the dates typed in a zone; None, with sentences, when one cannot be read."""
        found: dict[str, datetime | None] = {}
        for name in self.DATES:
            field = self[name]
            try:
                found[name] = local_times.read(clean.line(field.data), zone)
            except RuleBroken as broken:
                field.errors = [*field.errors, sentence(broken)]
        for name in ("opens_at", "closes_at"):
            if name in found and found[name] is None:
                self[name].errors = [*self[name].errors, sentence(RuleBroken("date-missing"))]
        if self.errors:
            return None
        return publication.Schedule(
            time_zone=zone, territory_code=self.territory_code.data or None, **found
        )


class ThemeForm(ConsoleForm):
    """A theme: its number as the organiser writes it, its title, a few words."""

    PLACES = {
        "theme-number-taken": "label",
        "number-fixed": "label",
        "numeral-unreadable": "label",
        "theme-number-missing": "label",
    }
    label = Line(
        N_("Number"), themes.FIELDS["label"], description=N_("As you write it: III, 3 or C.")
    )
    title = Line(N_("Title"), themes.FIELDS["title"])
    introduction = Text(N_("Introduction"), themes.FIELDS["introduction"], optional=True)
    hidden = Tick(N_("Hide this theme: only you see it"))


class CloseForm(ConsoleForm):
    """Closing early: one reason."""

    PLACES = {"close-reason-missing": "reason"}
    reason = Text(
        N_("Why does it close early?"),
        lambda raw: clean.text(raw, publication.REASON_LIMIT, required="close-reason-missing"),
        description=N_("This reason is public."),
    )


class CopyForm(ConsoleForm):
    """Copying: a title and a territory."""

    PLACES = {"territory-unknown": "territory_code"}
    title = Line(N_("Title of the copy"), _RULES["title"])
    territory_code = Place(N_("Territory"))


class OutcomeForm(ConsoleForm):
    """What became of a question or a text."""

    PLACES = {
        "verdict-unknown": "verdict",
        "outcome-missing": "body",
        "outcome-link-unknown": "link",
        "link-unreadable": "link",
    }
    verdict = Radios(N_("What became of it?"), offered=list(verdicts.LABELS.items()))
    body = Text(
        N_("Your answer"),
        lambda raw: clean.text(raw, required="outcome-missing"),
        description=N_("Say what you keep, what you do not keep, and why."),
    )
    decision = Line(
        N_("The article or the decision it led to"),
        partial(clean.line, limit=verdicts.DECISION_LIMIT),
        optional=True,
    )
    link = Line(
        N_("Where to read it"),
        clean.line,
        optional=True,
        description=N_("The address of a page: a vote, a subject, an article, or another site."),
    )


class ListedForm(ConsoleForm):
    """People to add to the list: pasted, or in a file."""

    PLACES = {"listed-empty": "people", "listed-too-many": "people", "text-too-long": "people"}
    people = Text(
        N_("E-mail addresses"),
        lambda raw: raw or "",
        optional=True,
        description=N_("One on each line, or copied from a table. A name beside is left out."),
    )
    file = FileField(
        N_("Or a file"),
        description=N_("A table saved as CSV, or a text. 10,000 lines at most."),
    )


class LettersForm(ConsoleForm):
    """Letters with a code: so many, or one for each name."""

    PLACES = {"codes-number": "number", "codes-too-many": "number", "text-too-long": "names"}
    key = HiddenField()
    number = Line(N_("How many letters?"), lambda raw: raw or "", optional=True)
    names = Text(
        N_("Or the names to print, one on each line"), lambda raw: raw or "", optional=True
    )
    keeps_names = Tick(
        N_("Keep the names here, beside the number of each letter"),
        description=N_("Otherwise they are printed, then forgotten."),
    )


class InviteForm(ConsoleForm):
    """Inviting someone to organise too."""

    PLACES = dict.fromkeys(
        ("organiser-already", "invitations-too-many", "invitations-today"), "email"
    )
    email = Line(
        N_("Their e-mail address"),
        lambda raw: clean.email(raw, required="email-unreadable"),
        description=N_("They get a letter with a link. They need no account beforehand."),
    )


class DocumentForm(ConsoleForm):
    """A file and its title."""

    PLACES = {"file-missing": "file", "file-kind": "file", "file-too-large": "file"}
    title = Line(N_("Title"), lambda raw: clean.line(raw, 200), optional=True)
    file = FileField(
        N_("File"),
        description=N_("PDF, Word, Excel, OpenDocument, image or text, 10 MB at most."),
    )


class LawForm(ConsoleForm):
    """A whole text, to be cut into its articles."""

    PLACES = {"text-without-articles": "text", "law-empty": "text"}
    text = Text(
        N_("The text"),
        lambda raw: clean.text(raw, 500_000, required="law-empty"),
        description=N_("Paste it whole. Each article begins with its number on its own line."),
    )
    theme_id = Choice(N_("Theme"))
