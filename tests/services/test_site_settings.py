"""The site's own settings."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Setting
from consult.services import site_settings


def stored(session):
    return {row.key: row.value for row in session.scalars(select(Setting))}


def test_settings_are_written_then_replaced(session, now):
    values = {"site_name": "Grand Est", "help_phone": "03 00 00 00 00", "demo_data": "1"}
    site_settings.save(session, values=values, actor="account:x", now=now)
    site_settings.save(session, values={"site_name": "Région"}, actor="account:x", now=now)
    session.commit()
    assert stored(session) == {"site_name": "Région", "help_phone": "03 00 00 00 00"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"site_name": ""}, "site-name-missing"),
        ({"help_email": "moi"}, "email-unreadable"),
        ({"publisher": "x" * 201}, "text-too-long"),
    ],
)
def test_what_cannot_be_is_refused(session, now, values, code):
    with pytest.raises(RuleBroken, match=code):
        site_settings.save(session, values=values, actor="account:x", now=now)
    assert stored(session) == {}
