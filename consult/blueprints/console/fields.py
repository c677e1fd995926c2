"""The fields of the console's forms: each is read by the rule of its service, and kept as typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import TextAreaField as Area
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput

from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Territory
from ...services import territories
from ..territories import naming

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
Stored = tuple[Mapping[str, Any], str]  # by the names of the fields, and its stamp
CHOOSE = N_("Choose one of the answers offered.")


class Read:
    """A field whose text is read by a rule; `data` stays what was typed, `clean` is the value."""

    clean: Any = ""

    def __init__(
        self, label: str, read: Callable[[Any], Any], *, optional: bool = False, **options: Any
    ) -> None:
        super().__init__(label, **options)  # type: ignore[call-arg]
        self.read = read
        if optional:
            self.flags.optional = True  # type: ignore[attr-defined]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed; two values for one field are not one value."""
        self.data = valuelist[0] if len(valuelist) == 1 else ""

    def _value(self) -> str:
        return _UNSHOWABLE.sub("", str(self.data)) if self.data is not None else ""

    def pre_validate(self, form: Form) -> None:
        """Read what was typed by the rule."""
        try:
            self.clean = self.read(self.data)
        except RuleBroken as broken:
            raise ValidationError(sentence(broken)) from broken


class Line(Read, StringField):
    """A text of one line."""


class Text(Read, Area):
    """A text of several lines."""


class Pick:
    """A choice in a list of values and labels, refused in our own words."""

    def __init__(self, label: str, offered: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(label, **options)  # type: ignore[call-arg]
        self.offer(offered)

    def offer(self, offered: Sequence[tuple[str, str]]) -> None:
        """Set what the list offers; labels are said in the reader's language."""
        self.choices = [
            SelectChoice(value, gettext(label) if label else "") for value, label in offered
        ]

    def pre_validate(self, form: Form) -> None:
        """Refuse what the list does not offer."""
        offered = {choice.value for choice in self.choices}
        if str(self.data) not in offered:  # type: ignore[attr-defined]
            raise ValidationError(gettext(CHOOSE))

    @property
    def clean(self) -> Any:
        """The value chosen."""
        return self.data  # type: ignore[attr-defined]


class Choice(Pick, SelectField):
    """One line of a list that opens."""


class Place(StringField):
    """A territory, typed: `data` is its code, `typed` its words, `found` what these may mean."""

    typed: str | None = None
    kept = ""
    found: Sequence[tuple[str, str]] = ()

    def __init__(self, label: str, *, optional: bool = True, **options: Any) -> None:
        super().__init__(label, **options)
        if optional:
            self.flags.optional = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the code chosen; two of them are none."""
        self.data = valuelist[0] if len(valuelist) == 1 else ""

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Keep the words beside the code."""
        super().process(formdata, *args, **options)
        if formdata is not None:
            self.typed = "".join(formdata.getlist(f"{self.name}_name")[:1])
            self.kept = "".join(formdata.getlist(f"{self.name}_kept")[:1])

    def pre_validate(self, form: Form) -> None:
        """Find the territory that was meant."""
        try:
            self.data = self._code()
        except RuleBroken as broken:
            if broken.code == "territory-several":
                self.found = naming.found(self.words, groupings=True)
            raise ValidationError(sentence(broken)) from broken

    def _code(self) -> str:
        found = territories.named(
            db.session(), self.typed, self.data, kept=self.kept, groupings=True
        )
        return found.code if found else ""

    @property
    def words(self) -> str:
        """What the field shows: what was typed, else the name of the territory stored."""
        if self.typed is None:
            return db.session.get_one(Territory, self.data).name if self.data else ""
        return _UNSHOWABLE.sub("", self.typed)

    @property
    def code(self) -> str:
        """The code chosen or kept, fit to be shown."""
        return _UNSHOWABLE.sub("", self.data or self.kept)

    @property
    def clean(self) -> str:
        """The code of the territory, "" for none."""
        return self.data or ""


class Radios(Pick, RadioField):
    """One button among a few."""


class Several(SelectMultipleField):
    """Boxes of which one may tick several; the service says what is not offered."""

    option_widget = CheckboxInput()

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, validate_choice=False, choices=[], **options)

    @property
    def clean(self) -> list[str]:
        """The values ticked, as they were sent."""
        return list(self.data or ())

    def told(self, values: Sequence[str]) -> str:
        """Say values by their labels."""
        return ", ".join(label for value, label in self.choices if value in values)


class Tick(BooleanField):
    """A box."""

    @property
    def clean(self) -> bool:
        """Whether it is ticked."""
        return bool(self.data)


class ConsoleForm(Form):
    """A form of the console: labels in the reader's language, refusals beside their field.

    `version` is the stamp of what was stored when the form was shown.
    """

    version = HiddenField()
    PLACES: Mapping[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stale: list[tuple[str, str]] = []
        for field in self:
            field.label.text = gettext(field.label.text) if field.label.text else ""
            field.description = gettext(field.description) if field.description else ""

    def values(self) -> dict[str, Any]:
        """Return what was read, by the names of the fields; nothing else of the request."""
        return {field.name: field.clean for field in self if hasattr(field, "clean")}

    def refuse(self, broken: RuleBroken) -> None:
        """Put the sentence of a refusal beside its field, else at the top."""
        name = self.PLACES.get(broken.code)
        if name in self:
            self[name].errors = [*self[name].errors, sentence(broken)]
        else:
            self.form_errors.append(sentence(broken))

    def compare(self, stored: Mapping[str, Any], version: str) -> None:
        """Show what someone else stored beside what was typed; sending again replaces it."""
        self.version.data = version
        self.stale = [
            (field.label.text, _said(field, stored[field.name]))
            for field in self
            if field.name in stored and _told(stored[field.name]) != _told(field.data)
        ]


def _said(field: Any, value: Any) -> str:
    return field.told(value) if isinstance(field, Several) else str(value)


def _told(value: Any) -> str:
    return " ".join(str(value or "").split())


def attempt(
    form: ConsoleForm, act: Callable[[], Any], stored: Callable[[], Stored] | None = None
) -> int:
    """Read a form and run what it asks for; return 0 once committed, else the refusal's status.

    When it was refused because of what someone else did (409), the form compares what was typed
    with what is `stored`, and sending it again replaces that.
    """
    if not form.validate():
        return 422
    try:
        act()
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        form.refuse(broken)
        if broken.status == 409 and stored is not None:
            form.compare(*stored())
        return broken.status
    return 0
