"""What an importer of calls yields: a call, then its projects, then perhaps another call."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call and its one envelope, in cents; `key` is what it is known by in its source."""

    type: ClassVar[str] = "call"
    key: str
    title: str
    funder: str
    amount_cents: int
    about: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the call before it, and what it asks in cents."""

    type: ClassVar[str] = "project"
    key: str
    title: str
    asked_cents: int
    theme: str = ""
    place: str = ""


CallRecord = Call | Project
