from datetime import date, timedelta

from consult.domain import reporting

DAY = date(2027, 6, 1)


def test_a_report_is_due_when_its_payment_waits_for_it_else_a_year_later():
    assert reporting.due_on(date(2026, 6, 1), DAY) == DAY
    assert reporting.due_on(date(2026, 6, 1), None) == date(2027, 6, 1)


def test_each_reminder_has_thirty_days_of_its_own():
    sent = []
    for number in range(-40, 80):
        today = DAY + timedelta(days=number)
        for step in reporting.STEPS:
            first, last = reporting.window(step, today)
            if first <= DAY <= last:
                sent.append((step, number))
    for step, start in reporting.STEPS.items():
        days = [number for one, number in sent if one == step]
        assert days == list(range(start, start + 30))
