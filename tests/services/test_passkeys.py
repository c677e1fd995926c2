import json
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Passkey
from consult.services import accounts, passkeys, second_steps
from tests.authenticators import Device


@pytest.fixture
def asked(now):
    """A maker of challenges, as the web makes them."""

    def make(**facts):
        facts = {"since": now, "origin": "http://localhost", "rp_id": "localhost"} | facts
        return passkeys.Asked(secrets.token_urlsafe(32), **facts)

    return make


@pytest.fixture
def add(session, asked, now):
    def add_one(account, device=None, **facts):
        device, one = device or Device(), asked()
        sent = device.make(passkeys.to_add(session, account, one, site_name="Le site"))
        passkeys.add(session, account, one, sent, name=facts.get("name", ""), now=now)
        session.commit()
        return device

    return add_one


@pytest.fixture
def use(session, asked, now):
    def use_one(device, *, only=None, at=now, one=None, **signing):
        one = one or asked()
        sent = device.sign(passkeys.to_use(session, None, one), **signing)
        return passkeys.use(session, one, sent, now=at, only=only)

    return use_one


def refused(status=422):
    def check(error):
        return error.code == "passkey-refused" and error.status == status

    return pytest.raises(RuleBroken, check=check)


def kept(session):
    return session.scalars(select(Passkey).order_by(Passkey.id)).all()


def acts(session):
    return session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()


def test_a_passkey_is_kept_then_signs_in(session, make, add, use, now):
    account, other = make.account(), make.account()
    add(other)
    device = add(account, name="  Mon\ttéléphone ")
    found = next(one for one in kept(session) if one.account_id == account.id)
    assert (found.name, found.transports, found.last_used_at) == (
        "Mon téléphone",
        "hybrid,internal",
        None,
    )
    assert use(device).id == account.id
    assert use(device, only=account.id).id == account.id
    session.refresh(found)
    assert (found.sign_count, found.last_used_at) == (2, now)
    assert {"account.passkey-added", "account.passkey-used"} <= set(acts(session))
    assert [one.id for one in passkeys.held(session, account.id)] == [found.id]


def test_what_is_asked_of_the_browser(session, make, add, asked):
    account = make.account()
    device = add(account)
    one = asked()
    options = passkeys.to_add(session, account, one, site_name="")
    assert options["authenticatorSelection"] == {
        "residentKey": "preferred",
        "requireResidentKey": False,
        "userVerification": "required",
    }
    assert options["challenge"] == one.challenge and options["rp"]["name"] == "consult"
    assert options["attestation"] == "none"
    own = json.loads(device.sign({"challenge": "x"}))["id"]
    assert [shown["id"] for shown in options["excludeCredentials"]] == [own]
    used = passkeys.to_use(session, account, asked())
    assert [shown["id"] for shown in used["allowCredentials"]] == [own]
    assert used["userVerification"] == "required"
    assert passkeys.to_use(session, None, asked())["allowCredentials"] == []


def test_a_challenge_serves_once(session, make, add, use, asked, now):
    device, one = add(make.account()), asked()
    sent = device.sign(passkeys.to_use(session, None, one))
    passkeys.use(session, one, sent, now=now)
    with pytest.raises(RuleBroken, match="already-used"):
        passkeys.use(session, one, sent, now=now)
    again = asked()
    with refused():
        passkeys.use(session, again, sent, now=now)


def test_a_challenge_lives_five_minutes(make, add, use, now):
    device = add(make.account())
    use(device, at=now + timedelta(minutes=5))
    with pytest.raises(RuleBroken, match="passkey-late"):
        use(device, at=now + timedelta(minutes=5, seconds=1))


def test_a_copy_that_signs_with_an_old_count_is_refused(session, make, add, use):
    account = make.account()
    device = add(account)
    use(device, count=7)
    for count in (7, 3, 0):
        with refused():
            use(device, count=count)
    assert kept(session)[0].sign_count == 7
    assert acts(session).count("account.passkey-refused") == 3
    use(device, count=8)


def test_a_device_that_never_counts_is_taken(make, add, use):
    device = add(make.account(), Device(counts=False))
    for _ in range(2):
        use(device)


def test_another_use_between_the_check_and_the_write_is_refused(session, make, add, use):
    device = add(make.account())
    use(device, count=5)
    passkey = kept(session)[0]
    session.execute(Passkey.__table__.update().values(sign_count=9))
    assert passkey.sign_count == 5  # what was read before the other use was written
    with refused():
        use(device, count=6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:81"},
        {"challenge": "AAAA"},
        {"type": "webauthn.create"},
        {"handle": "YXV0cmU"},
    ],
)
def test_a_signature_for_something_else_is_refused(make, add, use, wrong):
    device = add(make.account())
    with refused():
        use(device, **wrong)


def test_nobody_signs_for_another(session, make, add, use):
    account, other = make.account(), make.account()
    device = add(account)
    with refused():
        use(device, only=other.id)
    thief = Device()
    thief.id, thief.handle = device.id, device.handle
    with refused():
        use(thief)
    unknown = Device()
    unknown.handle = device.handle
    with refused():
        use(unknown)


def test_who_is_shut_out_stays_out(session, make, add, use):
    account = make.account()
    device = add(account)
    account.active = False
    session.commit()
    with refused():
        use(device)


def test_a_device_that_asks_nothing_of_its_owner_will_not_do(session, make, add, use):
    account = make.account()
    with refused():
        add(account, Device(verifies=False))
    device = add(account)
    device.flags = 1
    with refused():
        use(device)


@pytest.mark.parametrize("of", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}])
def test_a_passkey_made_elsewhere_is_refused(session, make, add, of):
    with refused():
        add(make.account(), Device(**of))
    assert kept(session) == []


def test_a_passkey_is_kept_once_whoever_adds_it(session, make, add, asked, now):
    device = add(make.account())
    with pytest.raises(RuleBroken, match="passkey-known") as known:
        add(make.account(), device)
    assert known.value.status == 409
    assert len(kept(session)) == 1


def test_a_credential_too_long_to_keep_is_refused(make, add):
    device = Device()
    device.id = secrets.token_bytes(1100)
    with refused():
        add(make.account(), device)


def test_at_most_twenty(make, add, monkeypatch):
    monkeypatch.setattr(passkeys, "MOST", 1)
    account = make.account()
    add(account)
    with pytest.raises(RuleBroken, match="passkeys-too-many"):
        add(account)


FOREIGN = [
    "", "null", "[]", "{}", '"x"', "1e999", "{" * 15_000, "[" * 15_000, '{"id": 1}',
    '{"id":"\\ud800","rawId":"\\ud800","type":"public-key","response":{"clientDataJSON":"a",'
    '"authenticatorData":"a","signature":"a","attestationObject":"a"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ",'
    '"authenticatorData":"YQ","signature":"YQ","userHandle":"é","attestationObject":"YQ"}}',
    '{"id":"YQ","rawId":"YQ","type":["x"],"response":{"clientDataJSON":[],"signature":{}}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","authenticatorAttachment":"x","response":{}}',
    "\x00", "9" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("sent", FOREIGN, ids=range(len(FOREIGN)))
def test_anything_else_is_refused(session, make, asked, now, sent):
    account = make.account()
    with refused():
        passkeys.use(session, asked(), sent, now=now)
    with refused():
        passkeys.add(session, account, asked(), sent, name="", now=now)


def test_too_much_is_refused_unread(session, make, asked, now):
    with refused(413):
        passkeys.use(session, asked(), "x" * 20_001, now=now)


def test_a_name_that_cannot_be_kept_costs_nothing(session, make, asked, now):
    with pytest.raises(RuleBroken, match="text-unreadable"):
        passkeys.add(session, make.account(), asked(), "", name="\x00", now=now)
    with pytest.raises(RuleBroken, match="text-too-long"):
        passkeys.add(session, make.account(), asked(), "", name="x" * 61, now=now)


def test_a_passkey_is_removed_by_its_owner_alone(session, make, add, use, now):
    account, other = make.account(), make.account()
    device = add(account)
    passkey = kept(session)[0]
    number = accounts.open_session(session, account=account, address="", user_agent="", now=now)
    for who, which in ((other, passkey.id), (account, "0" * 18), (account, "")):
        with pytest.raises(RuleBroken, match="passkey-unknown") as unknown:
            passkeys.remove(session, who, which, here="", now=now)
        assert unknown.value.status == 404
    passkeys.remove(session, account, passkey.id, here="", now=now)
    session.commit()
    with refused():
        use(device)
    assert "account.passkey-removed" in acts(session)
    assert accounts.of_session(session, number, account.fs_uniquifier, now=now) is None


def test_the_last_one_stays_where_a_role_needs_it(session, make, add, now):
    account = make.account("organiser", second_step="")
    add(account)
    second_steps.by_passkey(session, account, here="", now=now)
    first = kept(session)[0]
    with pytest.raises(RuleBroken, match="second-step-required") as needed:
        passkeys.remove(session, account, first.id, here="", now=now)
    assert needed.value.status == 409
    add(account)
    passkeys.remove(session, account, first.id, here="", now=now)
    assert account.second_step == "passkey" and len(kept(session)) == 1


@pytest.mark.parametrize(("printed", "left"), [(True, "codes"), (False, "")])
def test_whoever_needs_none_falls_back(session, make, add, now, printed, left):
    account = make.account()
    add(account)
    codes = second_steps.by_passkey(session, account, here="", now=now)
    for code in () if printed else codes:
        second_steps.check(session, account, code, now=now)
    passkeys.remove(session, account, kept(session)[0].id, here="", now=now)
    assert account.second_step == left
