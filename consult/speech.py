"""The words of a language wherever they are needed: a page, a letter, a text that is kept."""

from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations
from zoneinfo import ZoneInfo

from babel import dates, numbers

from .package import folder


@lru_cache
def catalogue(locale: str) -> GNUTranslations:
    """Return the compiled catalogue of a locale, read once."""
    file = folder("translations") / locale / "LC_MESSAGES" / "messages.mo"
    with file.open("rb") as source:
        return GNUTranslations(source)


def day(value: datetime | date, zone: str, locale: str) -> str:
    """Write a day in full: 30 avril 2017, in the named zone."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return _day(value, locale)


@lru_cache(maxsize=4_096)
def _day(value: date, locale: str) -> str:
    text = dates.format_date(value, format="long", locale=locale)
    return text.replace("1 ", "1er ", 1) if locale == "fr" and value.day == 1 else text


class Speech:
    """What is said in one language, whoever reads: a text that is kept has its own."""

    def __init__(self, locale: str, zone: str) -> None:
        self.locale = locale
        self.zone = zone

    def gettext(self, message: str, **facts: object) -> str:
        """Return a message with its facts filled in."""
        found = catalogue(self.locale).gettext(message)
        return found % facts if facts else found

    def ngettext(self, one: str, many: str, num: int, **facts: object) -> str:
        """Return the form of a message that suits a number."""
        said = catalogue(self.locale).ngettext(one, many, num)
        return said % {"num": self.number(num), **facts}

    def number(self, value: int) -> str:
        """Write a whole number with the marks of thousands of the language."""
        return str(numbers.format_decimal(value, locale=self.locale))

    def day(self, value: datetime | date) -> str:
        """Write a day in full, in the zone."""
        return day(value, self.zone, self.locale)
