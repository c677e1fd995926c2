"""Amounts of money: whole cents, read as one language writes them or refused, never guessed.

An amount that two languages would read differently is read by the declared one; what no reading of
that language allows is refused, so that nobody receives a hundred times more or less.
"""

import re

from .errors import RuleBroken

MOST = 10**15  # ten thousand billion euros: the sum of many such amounts still fits a database
_NARROW, _FIXED = "\u202f", "\u00a0"
_SPACES = re.compile(f"[{_NARROW}{_FIXED}]")
_WHOLE = r"(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
_FORMS = {
    # 1234,56 and 1 234,56; 1 234.5, for a comma keyboards lack; 1.234,56, which has one reading.
    "fr": re.compile(
        rf"(?P<whole>{_WHOLE})(?:[,.](?P<part>[0-9]{{1,2}}))?"
        r"|(?P<grouped>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<rest>[0-9]{1,2})"
    ),
    # 1234.56, 1,234.56 and 1 234.56.
    "en": re.compile(
        rf"(?P<whole>{_WHOLE})(?:\.(?P<part>[0-9]{{1,2}}))?"
        r"|(?P<grouped>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<rest>[0-9]{1,2}))?"
    ),
}
_EXAMPLES = {"fr": f"1{_NARROW}234,56", "en": "1,234.56"}
_PLAIN = re.compile(r"([0-9]{1,30})(?:\.([0-9]{1,2}))?")
_SIGN = re.compile(r"^[-−–]\s*(?=[0-9])")


def read(typed: str, locale: str) -> int:
    """Return the cents of an amount in euros typed as people of a language write it.

    Raises amount-missing, amount-negative, amount-too-large or amount-unreadable, whose `example`
    shows how to write it.
    """
    text = _SPACES.sub(" ", typed).strip()
    if not text:
        raise RuleBroken("amount-missing")
    bare = text.removeprefix("€").removesuffix("€").strip()
    if _SIGN.match(bare):
        raise RuleBroken("amount-negative")
    form = _FORMS[locale].fullmatch(bare)
    if form is None or text.count("€") > 1:
        raise RuleBroken("amount-unreadable", example=_EXAMPLES[locale])
    whole = re.sub("[ .,]", "", form["whole"] or form["grouped"])
    cents = _cents(whole, form["part"] or form["rest"])
    if cents > MOST:
        raise RuleBroken("amount-too-large", most=written(MOST, locale))
    return cents


def plain(text: str) -> int:
    """Return the cents of an amount as files and commands write it: 1234.56, of any size."""
    bare = text.strip()
    if not bare:
        raise RuleBroken("amount-missing")
    if _SIGN.match(bare):
        raise RuleBroken("amount-negative")
    form = _PLAIN.fullmatch(bare)
    if form is None:
        raise RuleBroken("amount-unreadable", example="1234.56")
    return _cents(form[1], form[2])


def as_plain(cents: int) -> str:
    """Write cents as `plain` reads them."""
    return f"{cents // 100}.{cents % 100:02}"


def written(cents: int, locale: str) -> str:
    """Write cents as people of a language do: 3 200 €, 333,34 €; €3,200, €333.34."""
    whole, part = divmod(cents, 100)
    if locale == "fr":
        digits = f"{whole:,}".replace(",", _NARROW) + (f",{part:02}" if part else "")
        return f"{digits}{_FIXED}€"
    return f"€{whole:,}" + (f".{part:02}" if part else "")


def _cents(whole: str, part: str | None) -> int:
    return 100 * int(whole) + int((part or "").ljust(2, "0"))
