import pytest

FIXED = (
    "/",
    "/help",
    "/accessibility",
    "/legal",
    "/privacy",
    "/data",
    "/source",
    "/site-map",
    "/consultations",
)


@pytest.mark.parametrize("path", FIXED)
def test_each_fixed_page_is_there(browser, path):
    assert browser.get(path).status == 200
