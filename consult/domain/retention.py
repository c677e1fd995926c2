"""How long what concerns people is kept: the one place of these delays, shown as they are."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .kinds import N_

DAYS: Final = "days"
MONTHS: Final = "months"


@dataclass(frozen=True)
class Delay:
    """So many days or months, and the sentence that says so to the people concerned."""

    number: int
    unit: str
    sentence: str

    def before(self, now: datetime) -> datetime:
        """Return the instant that lies this delay before `now`."""
        if self.unit == DAYS:
            return now - timedelta(days=self.number)
        years, month = divmod(now.year * 12 + now.month - 1 - self.number, 12)
        day = min(now.day, monthrange(years, month + 1)[1])
        return now.replace(year=years, month=month + 1, day=day)


ACCOUNT = Delay(
    36,
    MONTHS,
    N_("An account that nobody uses: %(num)s months. A letter warns its owner first."),
)
WARNING = Delay(
    30, DAYS, N_("After this letter, its owner has %(num)s days to sign in and keep it.")
)
SESSION = Delay(30, DAYS, N_("A sign-in, with its device: %(num)s days."))
LINK = Delay(1, DAYS, N_("A link to sign in, once it has expired: %(num)s day."))
INVITATION = Delay(30, DAYS, N_("An invitation that was not used: %(num)s days after its end."))
TOKEN = Delay(12, MONTHS, N_("A token that was revoked: %(num)s months."))
MAIL = Delay(30, DAYS, N_("A letter that we sent you: %(num)s days."))
DRAFT = Delay(12, MONTHS, N_("A draft that nobody touches: %(num)s months."))
REPORT = Delay(6, MONTHS, N_("Your name and address in a report: %(num)s months after our answer."))
NOTIFIED = Delay(
    24, MONTHS, N_("The address where you are told of your answer: %(num)s months after the close.")
)
LISTED = Delay(
    12, MONTHS, N_("The list of those invited to a consultation: %(num)s months after the close.")
)
FOLLOW = Delay(7, DAYS, N_("An address that nobody confirms: %(num)s days."))
COPY = Delay(
    30, DAYS, N_("The copy of the site made before it is updated: %(num)s days, the latest alone.")
)
LOGS = Delay(12, MONTHS, N_("The technical logs of the server: %(num)s months at most."))

ALL = (
    ACCOUNT,
    WARNING,
    SESSION,
    LINK,
    INVITATION,
    TOKEN,
    MAIL,
    DRAFT,
    REPORT,
    NOTIFIED,
    LISTED,
    FOLLOW,
    COPY,
    LOGS,
)
