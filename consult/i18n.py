"""Languages and time zones: catalogues read once, dates and numbers as people write them.

Catalogue lookups use one context variable instead of the extension's own functions, which
cost more than the database on a page of rows (docs/decisions/0009).
"""

from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, numbers
from flask import Flask, current_app, g, request
from jinja2 import Environment, pass_environment, pass_eval_context
from jinja2.filters import do_truncate
from jinja2.nodes import EvalContext
from markupsafe import Markup

from . import speech
from .domain import money
from .domain.errors import RuleBroken
from .messages import MESSAGES
from .speech import catalogue

LOCALES = ("fr", "en")
PARIS = "Europe/Paris"
_current: ContextVar[NullTranslations] = ContextVar("catalogue")
_untranslated = NullTranslations()


def gettext(message: str, **facts: Any) -> str:
    """Return `message` in the request's language, with its facts filled in."""
    found = _current.get(_untranslated).gettext(message)
    return found % facts if facts else found


def ngettext(one: str, many: str, num: int, **facts: Any) -> str:
    """Return the form of the message that suits `num`."""
    return _current.get(_untranslated).ngettext(one, many, num) % {"num": number(num), **facts}


def sentence(broken: RuleBroken) -> str:
    """Turn a broken rule into a sentence for the person."""
    message, facts = MESSAGES.get(broken.code, broken.code), dict(broken.facts)
    if "cents" in facts:
        facts["amount"] = euros(facts["cents"])
    for name, value in facts.items():
        facts[name] = number(value) if type(value) is int else value
    return gettext(message) % facts


def choose_locale() -> str:
    """Return the language asked for: the choice this browser keeps, else French."""
    if request.path.startswith("/api/v"):
        return request.accept_languages.best_match(LOCALES) or "fr"
    chosen = request.cookies.get(current_app.config["LANGUAGE_COOKIE_NAME"], "fr")
    return chosen if chosen in LOCALES else "fr"


def locale() -> str:
    """Return the current language's code."""
    try:
        code: str = g.locale_code
    except (AttributeError, RuntimeError):  # before the choice, or outside a request
        code = "fr"
    return code


def use(code: str) -> None:
    """Speak `code` from here on: at the start of a request, or of a letter."""
    if g:
        g.locale_code = code
    _current.set(catalogue(code))


def begin() -> None:
    """Choose the language at the start of a request."""
    use(choose_locale())


def number(value: float) -> str:
    """Write a number with the language's separators."""
    return _number(value, locale())


@lru_cache(maxsize=4_096)
def _number(value: float, code: str) -> str:
    return numbers.format_decimal(value, locale=code)


def percent(value: float) -> str:
    """Write a share between 0 and 1 as a percentage without decimals."""
    return numbers.format_percent(value, format="#,##0 %", locale=locale())


def euros(cents: int) -> str:
    """Write cents as an amount in euros, without decimals where there are no cents."""
    return money.written(cents, locale())


def day(value: datetime | date, zone: str = PARIS) -> str:
    """Write a day in full: 30 avril 2017, in the named zone."""
    return speech.day(value, zone, locale())


def hour(value: datetime, zone: str = PARIS) -> str:
    """Write an hour: 23 h 59 in French, 11:59 PM in English."""
    local = value.astimezone(ZoneInfo(zone))
    if locale() == "fr":
        return f"{local.hour} h {local.minute:02d}"
    return dates.format_time(local, format="short", locale=locale())


def instant(value: datetime, zone: str = PARIS) -> str:
    """Write a day and an hour in the zone, and in Paris too where the two differ."""
    text = gettext("%(day)s at %(hour)s", day=day(value, zone), hour=hour(value, zone))
    there, here = value.astimezone(ZoneInfo(zone)), value.astimezone(ZoneInfo(PARIS))
    if there.utcoffset() == here.utcoffset():
        return text
    paris = hour(value) if there.date() == here.date() else f"{day(value)}, {hour(value)}"
    return gettext(
        "%(text)s, %(place)s time (%(paris)s in Paris)", text=text, place=place(zone), paris=paris
    )


def place(zone: str) -> str:
    """Name the city of a time zone in the language."""
    return dates.get_timezone_location(zone, locale=locale(), return_city=True)


@pass_eval_context
def written(place: EvalContext, message: str, /, **facts: Any) -> str:
    """Return a message for a template; where the page escapes, so are the facts put in it.

    Jinja's own calls three functions to do as much, and a page of rows says hundreds of messages.
    """
    found = _current.get(_untranslated).gettext(message)
    said = Markup(found) if place.autoescape else found
    return said % facts if facts or "%" in found else said


@pass_eval_context
def counted(place: EvalContext, one: str, many: str, count: int, /, **facts: Any) -> str:
    """Return the form of a message that suits a number, written as people do: 1 234, not 1234."""
    found = _current.get(_untranslated).ngettext(one, many, count)
    said = Markup(found) if place.autoescape else found
    return said % {"num": number(count), **facts}


@pass_environment
def shortened(environment: Environment, text: str, length: int = 255, *rest: Any) -> str:
    """Cut a text at a word, with the ellipsis that French and English write."""
    return do_truncate(environment, text, length, *(rest or (False, "…")))


def install(app: Flask) -> None:
    """Give the templates their language: gettext and the filters of dates and numbers."""
    app.jinja_env.globals.update(_=written, gettext=written, ngettext=counted)
    app.jinja_env.filters.update(
        number=number,
        percent=percent,
        euros=euros,
        day=day,
        hour=hour,
        instant=instant,
        place=place,
    )
    app.jinja_env.filters["truncate"] = shortened
    app.jinja_env.globals["locale"] = locale
    app.before_request(begin)
