"""The queue's routes hang here; who reads it, and what they read it narrowed to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, url_for

from ... import access
from ...domain import roles
from ...queries import moderation as queues

bp = Blueprint("moderation", __name__, url_prefix="/moderation")
_SLUG = re.compile(r"[0-9A-Za-z_-]{1,80}")
_KEY = re.compile(r"[0-9A-Za-z]{1,18}")


@dataclass(frozen=True)
class Asked:
    """What the queue is asked for: a state, and what narrows it."""

    state: str = "pending"
    consultation: str | None = None
    call: str | None = None
    one: str | None = None
    kind: str | None = None
    passed: bool = False
    signs: bool = False
    like: str | None = None
    cursor: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether the texts asked for are public."""
        return self.state in ("published", queues.REPORTED)

    @property
    def filters(self) -> queues.Filters:
        """The same, as the queries ask for it."""
        ids = (self.one,) if self.one else None
        return queues.Filters(
            self.consultation, self.kind, ids, passed_on=self.passed, call=self.call
        )

    @property
    def lists_public(self) -> bool:
        """Whether what is public may be listed: not all that the site holds."""
        return bool(self.consultation or self.call or self.one)

    @property
    def given(self) -> dict[str, str]:
        """The names and values to carry in links and forms."""
        found = {
            "state": "" if self.state == "pending" else self.state,
            "consultation": self.consultation or "",
            "call": self.call or "",
            "one": self.one or "",
            "kind": self.kind or "",
            "passed": "1" if self.passed else "",
            "signs": "1" if self.signs else "",
            "like": self.like or "",
            "cursor": self.cursor or "",
        }
        return {name: value for name, value in found.items() if value}

    def url(self, **changes: object) -> str:
        """Return the address of the queue with something changed; the page begins again."""
        changed = replace(self, **{"cursor": None, **changes})  # type: ignore[arg-type]
        values: dict[str, Any] = {**changed.given}
        return url_for("moderation.queue", **values)


def asked(values: Mapping[str, str]) -> Asked:
    """Read what the queue is asked for; what is not a word of it is as good as absent."""

    def told(name: str, pattern: re.Pattern[str]) -> str | None:
        value = values.get(name, "")
        return value if pattern.fullmatch(value) else None

    state = values.get("state", "")
    place = Asked(
        consultation=told("consultation", _SLUG), call=told("call", _SLUG), one=told("one", _KEY)
    )
    shown = queues.STATES if place.lists_public else queues.STATES[:-1]
    kind = values.get("kind", "")
    waiting = state not in shown or state == "pending"
    return replace(
        place,
        state="pending" if waiting else state,
        kind=kind if kind in queues.KINDS else None,
        passed=waiting and values.get("passed") == "1",
        signs=waiting and values.get("signs") == "1",
        like=told("like", _KEY) if waiting else None,
        cursor=values.get("cursor") or None,
    )


def moderator() -> queues.Moderator:
    """Return who reads the queue, and what they are."""
    viewer = access.viewer()
    account = viewer.account
    if account is None:
        abort(403)
    held = viewer.roles()
    return queues.Moderator(
        account.id,
        sees_all=roles.ADMINISTRATOR in held,
        organises=roles.ORGANISER in held,
        joins=roles.CO_ORGANISER in held,
        facilitates=bool(held & roles.FACILITATORS),
        runs_calls=roles.CALL_OFFICER in held,
    )
