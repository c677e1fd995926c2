"""A number, with a unit and bounds where the organiser sets them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

LABEL = N_("Number")
HIGHEST = 10**15
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,30})(?:[.,][0-9]{1,9})?")
_DIGITS = 15  # what a JSON number keeps exactly everywhere
_ROWS = 20
_BINS = 10

Number = int | float


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the unit, the bounds and the greatest number of decimals."""
    low, high = _bound(raw.get("min")), _bound(raw.get("max"))
    if low is not None and high is not None and low > high:
        raise RuleBroken("options-bounds")
    decimals = _raw.setting(raw, "decimals", 2, 0, 6)
    return {"min": low, "max": high, "unit": clean.line(raw.get("unit"), 40), "decimals": decimals}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Number:
    """Return the number typed, as French or English people write it: 1 234,5 or 1234.5."""
    typed = clean.line(_raw.single(raw, "value"), required="answer-empty")
    return _checked(_parsed(typed), options)


def read_json(raw: object, options: Mapping[str, Any]) -> Number:
    """Return the number received."""
    return _checked(_from_json(raw), options)


def as_text(value: Number, options: Mapping[str, Any]) -> str:
    """Return the number with a decimal comma, and its unit."""
    return f"{_written(value)} {options['unit']}".strip()


def form_value(value: Number, options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the number as it is typed."""
    return {"value": [_written(value)]}


def summarise(values: Iterable[Number], options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Count each number, or ten ranges of equal width when there are more than twenty numbers."""
    counts = Counter(values)
    if len(counts) <= _ROWS:
        return [(as_text(value, options), counts[value]) for value in sorted(counts)]
    low, high = Decimal(str(min(counts))), Decimal(str(max(counts)))
    width = (high - low) / _BINS
    ranges: Counter[int] = Counter()
    for value, count in counts.items():
        ranges[min(_BINS - 1, int((Decimal(str(value)) - low) / width))] += count
    edges = [_written(float(low + width * place)) for place in range(_BINS + 1)]
    return [(f"{edges[place]} – {edges[place + 1]}", ranges[place]) for place in range(_BINS)]


def _parsed(typed: str) -> Decimal:
    unified = re.sub("[\u00a0\u202f]", " ", typed).replace("−", "-")
    if not _NUMBER.fullmatch(unified):
        raise RuleBroken("number-unreadable")
    return Decimal(unified.replace(" ", "").replace(",", "."))


def _from_json(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise RuleBroken("value-unreadable")
    if not abs(raw) <= HIGHEST:  # written so that NaN, which is not above, is refused
        raise RuleBroken("number-out", min=-HIGHEST, max=HIGHEST)
    return Decimal(repr(raw))


def _bound(raw: object) -> Number | None:
    if raw is None or raw == "":
        return None
    free = {"min": None, "max": None, "decimals": 6}
    number = _parsed(clean.line(raw)) if isinstance(raw, str) else _from_json(raw)
    return _checked(number, free)


def _checked(number: Decimal, options: Mapping[str, Any]) -> Number:
    low = -HIGHEST if options["min"] is None else options["min"]
    high = HIGHEST if options["max"] is None else options["max"]
    if not Decimal(str(low)) <= number <= Decimal(str(high)):
        raise RuleBroken("number-out", min=_written(low), max=_written(high))
    if number == number.to_integral_value():
        return int(number)
    plain = number.normalize().as_tuple()
    decimals = -int(plain.exponent)
    if decimals > options["decimals"] or len(plain.digits) > _DIGITS:
        raise RuleBroken("number-decimals", max=options["decimals"])
    return float(number)


def _written(value: Number) -> str:
    plain = Decimal(str(value)).quantize(Decimal("1.000000"))
    text = f"{plain:f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
