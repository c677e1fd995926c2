"""The help given to those who read: what each page shows of it."""

from dataclasses import dataclass

from ...extensions import db
from ...models import Aid, Consultation
from ...queries import aids as queries
from ...services import aid_kinds, aids


@dataclass(frozen=True)
class Panel:
    """A kind of help: its name, the last time it was asked for, whether it can be given here."""

    name: str
    kind: aid_kinds.AidKind
    last: Aid | None
    able: bool


def panels(consultation: Consultation, *names: str) -> list[Panel]:
    """Return what is said of the kinds of help, or of some of them."""
    shown = names or tuple(aid_kinds.KINDS)
    rows = db.session.scalars(queries.latest(consultation.id, shown))
    last = {one.kind: one for one in rows}
    return [Panel(name, aid_kinds.kind(name), last.get(name), aids.is_able(name)) for name in shown]
