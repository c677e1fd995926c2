"""The form of a question: the same words for every kind, then the options of its own."""

from collections.abc import Mapping
from typing import Any

from ...domain import clean
from ...domain import questions as kinds
from ...domain.kinds import N_
from ...services import questions
from .fields import Choice, ConsoleForm, Line, Text, Tick

_RULES = questions.FIELDS
DETAILS = {
    "optional": N_("If they wish"),
    "required": N_("Always"),
    "none": N_("Never"),
}


def _short(raw: object) -> str:
    return clean.line(raw, 200)


class QuestionForm(ConsoleForm):
    """The words of a question."""

    OPTIONS: tuple[str, ...] = ()
    PLACES = {
        "options-choices-few": "choices",
        "options-choices-many": "choices",
        "options-choices-twice": "choices",
        "options-choices-tilde": "choices",
        "options-out": "max",
        "options-bounds": "max",
        "number-unreadable": "max",
    }
    wording = Text(N_("The question"), _RULES["wording"])
    easy_wording = Text(N_("The same in easy words"), _RULES["easy_wording"], optional=True)
    context = Text(N_("Context"), _RULES["context"], optional=True)
    why = Text(N_("Why this question?"), _RULES["why"], optional=True)
    help = Text(N_("Help to answer"), _RULES["help"], optional=True)
    example = Text(N_("Example of an answer"), _RULES["example"], optional=True)

    def values(self) -> dict[str, Any]:
        """Return the words, and the options of the kind apart."""
        found = super().values()
        options = {name: found.pop(name) for name in self.OPTIONS}
        return {**found, "options": options}


class _Choices:
    choices = Text(
        N_("Choices"),
        lambda raw: clean.text(raw, 12_000),
        description=N_("One on each line, 2 at least."),
    )


class _Other:
    allow_other = Tick(N_('Add "Other", with a few words'))


class _Length:
    max_length = Line(N_("Characters at most"), _short, optional=True)


class _Bounds:
    min = Line(N_("Least"), _short, optional=True)
    max = Line(N_("Most"), _short, optional=True)


class LongText(_Length, QuestionForm):
    """Options of a long text."""

    OPTIONS = ("max_length",)


class SingleChoice(_Choices, _Other, QuestionForm):
    """Options of a single choice."""

    OPTIONS = ("choices", "allow_other")


class SeveralChoices(_Choices, _Other, _Bounds, QuestionForm):
    """Options of several choices."""

    OPTIONS = ("choices", "allow_other", "min", "max")


class Scale(_Bounds, QuestionForm):
    """Options of a scale."""

    OPTIONS = ("min", "max", "min_label", "max_label")
    min_label = Line(N_("Words for the least"), _short, optional=True)
    max_label = Line(N_("Words for the most"), _short, optional=True)


class Ranking(_Choices, QuestionForm):
    """Options of a ranking."""

    OPTIONS = ("choices", "min")
    min = Line(N_("How many to rank, at least"), _short, optional=True)


class Number(_Bounds, QuestionForm):
    """Options of a number."""

    OPTIONS = ("min", "max", "unit", "decimals")
    unit = Line(N_("Unit"), _short, optional=True)
    decimals = Line(N_("Digits after the decimal point, at most"), _short, optional=True)


class YesNo(QuestionForm):
    """Options of yes or no."""

    OPTIONS = ("yes", "no", "detail")
    yes = Line(N_("Your word for yes"), _short, optional=True)
    no = Line(N_("Your word for no"), _short, optional=True)
    detail = Choice(N_("Do people say why?"), offered=list(DETAILS.items()))


class Actors(QuestionForm):
    """Options of a list of actors."""

    OPTIONS = ("max",)
    max = Line(N_("Actors at most"), _short, optional=True)


FORMS: Mapping[str, type[QuestionForm]] = {
    "long_text": LongText,
    "short_text": LongText,
    "choice": SingleChoice,
    "choices": SeveralChoices,
    "scale": Scale,
    "ranking": Ranking,
    "number": Number,
    "yes_no": YesNo,
    "actors": Actors,
}


def form_class(kind: str) -> type[QuestionForm]:
    """Return the form of a kind; one that has no options of its own takes the words alone."""
    kinds.kind(kind)
    return FORMS.get(kind, QuestionForm)


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored values as the form shows them: a list of choices is one a line."""
    options = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in values["options"].items()
    }
    return {**values, **{name: "" if v is None else v for name, v in options.items()}}
