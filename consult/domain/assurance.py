"""How surely a provider of identity knows someone: what was asked for, what was given."""

import re

_NUMBERED = re.compile(r"(.*?)([0-9]{1,4})", re.ASCII | re.DOTALL)


def is_enough(asked: str, given: object) -> bool:
    """Tell whether a level given is one of those asked for, or above one of them.

    Levels are words apart by spaces (`acr_values` of OpenID Connect), such as "eidas1". Of two that
    end in a number after the same words, the higher number is the surer. Any other word stands for
    itself alone, and nothing asked is always enough.
    """
    levels = asked.split()
    if not levels:
        return True
    if not isinstance(given, str):
        return False
    return any(given == level or _is_above(given, level) for level in levels)


def _is_above(given: str, level: str) -> bool:
    one, other = _NUMBERED.fullmatch(given), _NUMBERED.fullmatch(level)
    return bool(one and other and one[1] == other[1] and int(one[2]) >= int(other[2]))
