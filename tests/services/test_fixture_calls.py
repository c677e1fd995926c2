"""The known calls: one open, one closed, one in preparation."""

from consult.domain import open_calls
from consult.models import OpenCall
from consult.services import fixture_calls


def test_each_known_call_stands_where_its_name_says(session, make, now):
    names = ("local_authority_a", "local_authority_b")
    accounts = {name: make.account("local_authority") for name in names}
    made = fixture_calls.furnish(session, accounts, now=now)
    for name in fixture_calls.CALLS:
        call = session.get_one(OpenCall, made[name][0])
        assert open_calls.phase(call, now) == name.removeprefix("open_call_")
