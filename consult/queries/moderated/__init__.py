"""What is moderated: each family of texts is a module here, found by name.

A family has `KINDS`, the kinds of its texts; `ITEM`, their table; `KEY`, the name of the column by
which a decision, a reading or a report leads to one of them; and these parts of a query on `ITEM`:
`state()`, `is_in(state)`, `due(state)`, `in_reach(by)`, `role_here(by)`, `room_of()`,
`runs_place(by)`, `narrowed_to(filters)`. `rows(by, now)` selects its texts whole, by the names of
`_columns`; `places(by)` where those that wait come from; `WORDS` are the columns to be compared;
`told_in()` and `named(ids)` give the consultation or the call that a text is of.
`services.moderated` changes them.
"""

import sys
from types import ModuleType
from typing import Any

from ...domain.kinds import discover


def families() -> dict[str, ModuleType]:
    """Return every family of what is moderated, by name."""
    return discover(sys.modules[__name__])


def of(row: Any) -> ModuleType:
    """Return the family of what a decision, a reading or a report is about."""
    return next(one for one in families().values() if getattr(row, one.KEY) is not None)


def of_item(item: Any) -> ModuleType:
    """Return the family of a text."""
    return next(one for one in families().values() if isinstance(item, one.ITEM))
