import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Account
from consult.services import accounts


def test_a_link_works_once(session, now):
    token, _code = accounts.new_link(session, "ada@exemple.fr", now=now)
    account, _participant = accounts.follow_link(session, token, now=now)
    assert account.confirmed_at == now
    with pytest.raises(RuleBroken, match="link-used"):
        accounts.follow_link(session, token, now=now)
    assert len(session.scalars(select(Account)).all()) == 1


def test_five_wrong_codes_close_the_way(session, now):
    _token, code = accounts.new_link(session, "ada@exemple.fr", now=now)
    wrong = "000000" if code != "000000" else "111111"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(RuleBroken) as refused:
            accounts.follow_code(session, "ada@exemple.fr", wrong, now=now)
        assert refused.value.facts == {"left": left}
    with pytest.raises(RuleBroken, match="link-unknown"):
        accounts.follow_code(session, "ada@exemple.fr", code, now=now)
