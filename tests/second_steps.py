"""Setting up a second step as the person would."""

import re

import pyotp

PAGE = "/account/second-step"


def secret_in(page):
    groups = re.search(r'<code class="groups">(.*?)</code>', page.text)[1]
    return "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", groups))


def set_up(browser, now):
    """Set the application up; return its secret and the last page."""
    page = browser.submit(browser.get(PAGE), f"{PAGE}/app")
    secret = secret_in(page)
    return secret, browser.submit(page, f"{PAGE}/app/confirm", code=pyotp.TOTP(secret).at(now))
