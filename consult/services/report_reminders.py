"""Those who carry a project are reminded of the report they owe: three letters, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ..domain import days, reporting
from ..queries import project_reports as queries


@dataclass(frozen=True)
class Reminder:
    """A letter to write: to whom, about which project, by when, and the key that sends it once."""

    email: str
    project_id: str
    title: str
    call: str
    due_on: date
    key: str


def due(session: Session, *, now: datetime, more: int = 0) -> Iterator[Reminder]:
    """Yield the reminders to send now, some at a time; whoever has no address gets none."""
    for step in reporting.STEPS:
        for row in session.execute(queries.awaited(step, now.date(), more)):
            published = days.today(row.published_at, row.time_zone)
            yield Reminder(
                email=row.contact_email or row.email,
                project_id=row.id,
                title=row.title,
                call=row.call,
                due_on=reporting.due_on(published, row.asked),
                key=f"{queries.MARK}:{row.id}:{step}",
            )
