"""The letter that tells an author what the second reading decided, and why."""

from ...domain import second_readings as rules
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, SecondReading, Statement
from ..moderation import letters


def decided(statement: Statement, reading: SecondReading) -> None:
    """Tell the author of a text what someone else decided about it."""
    consultation = db.session.get_one(Consultation, statement.consultation_id)
    lines = [
        gettext("The second reading of your text is done."),
        gettext(rules.OUTCOMES[str(reading.outcome)]),
        gettext("The reason given:"),
        reading.reason,
        gettext("Someone else than the first time read your text. No machine decides here."),
    ]
    if reading.outcome == rules.CONFIRMED:
        lines.append(gettext("You can also go before a judge."))
    letters.send(statement, consultation.title, lines, key=f"second-reading:{reading.decision_id}")
