"""A passkey is made and used with a device that Chromium imitates."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FORM = "form[data-passkey]"


@pytest.fixture
def person(visitors, site):
    """Someone whose browser holds a device, at an address in letters: a number has no passkey."""
    kept = site.base

    def make(transport="internal"):
        site.base = kept.replace("127.0.0.1", "localhost")
        visitor = visitors(scripts=True, width=320)
        session = visitor.context.new_cdp_session(visitor.page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": transport,
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        visitor.device = (session, made["authenticatorId"])
        return visitor

    yield make
    site.base = kept


def leave(visitor):
    visitor.open("/account").press("form[action='/sign-out'] button")


@pytest.mark.parametrize("transport", ["internal", "usb"])
def test_a_passkey_is_added_then_signs_in(person, site, transport):
    visitor = person(transport)
    visitor.sign_in(f"cle-{transport}@demo.invalid")
    visitor.open("/account/passkeys")
    assert visitor.page.locator("[data-passkey-without]").count() == 0
    visitor.fill("#name", "Mon téléphone")
    visitor.page.locator(f"{FORM} button").click()
    visitor.page.wait_for_selector("b:has-text('Mon téléphone')")
    visitor.look()
    leave(visitor)
    visitor.open("/sign-in")
    visitor.page.locator(f"{FORM} button").click()
    visitor.page.wait_for_selector("text=Mon espace")
    visitor.open("/account")
    assert f"cle-{transport}@demo.invalid" in visitor.text()
    visitor.open("/account/passkeys")
    assert "Jamais" not in visitor.text()


def test_a_passkey_is_the_second_step(person):
    visitor = person()
    email = "seconde-etape@demo.invalid"
    visitor.sign_in(email)
    visitor.open("/account/passkeys")
    visitor.page.locator(f"{FORM} button").click()
    visitor.page.wait_for_selector("form[action='/account/passkeys/remove']")
    visitor.open("/account/second-step")
    visitor.press("form[action='/account/second-step/passkey'] button")
    assert visitor.page.locator("ol code").count() == 10
    leave(visitor)
    visitor.sign_in(email)
    assert visitor.path == "/sign-in/second-step"
    visitor.page.locator(f"{FORM} button").click()
    visitor.page.wait_for_selector("text=Mon espace")
    visitor.open("/account")
    assert email in visitor.text()


def test_a_device_that_refuses_is_said_and_the_button_stays(person):
    visitor = person()
    session, device = visitor.device
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    visitor.open("/sign-in/passkey")
    visitor.page.locator(f"{FORM} button").click()
    visitor.page.wait_for_selector(f"{FORM} [role=status]:not([hidden])")
    visitor.look()
    assert visitor.page.locator(f"{FORM} button[aria-disabled]").count() == 0
    assert visitor.path == "/sign-in/passkey"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey"])
def test_without_scripts_the_other_ways_are_offered(visitors, path):
    visitor = visitors(scripts=False, width=320).open(path)
    assert visitor.page.locator("[data-passkey-without]").is_visible()
    assert not visitor.page.locator(FORM).is_visible()
