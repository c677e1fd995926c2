"""The letters that tell an author, and who reported, what the second reading decided, and why."""

from ... import clock
from ...domain import second_readings as rules
from ...i18n import gettext
from ...models import Project, SecondReading
from ..moderation import letters
from ..reports import letters as reports


def decided(item: letters.Item, reading: SecondReading) -> None:
    """Tell the author of a text what someone else decided about it; tell who reported it."""
    of_project = isinstance(item, Project)
    lines = [
        gettext("The second reading of your project is done.")
        if of_project
        else gettext("The second reading of your text is done."),
        gettext(rules.OUTCOMES[str(reading.outcome)]),
        gettext("The reason given:"),
        reading.reason,
        gettext("Someone else than the first time read your project. No machine decides here.")
        if of_project
        else gettext("Someone else than the first time read your text. No machine decides here."),
    ]
    if reading.outcome == rules.CONFIRMED:
        lines.append(gettext("You can also go before a judge."))
    key = f"second-reading:{reading.decision_id}"
    letters.send(item, letters.title_of(item), lines, key=key)
    reports.read_again(reading, clock.now())
