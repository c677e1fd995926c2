import pytest

from consult.domain import browsers

LIKE_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         ("Firefox", "Linux")),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE_GECKO} Chrome/140.0 Safari/537.36",
         ("Chrome", "Windows")),
        (f"Mozilla/5.0 (Windows NT 10.0) {LIKE_GECKO} Chrome/140.0 Safari/537.36 Edg/140.0",
         ("Edge", "Windows")),
        (f"Mozilla/5.0 (Linux; Android 10; K) {LIKE_GECKO} Chrome/140.0 Mobile Safari/537.36",
         ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari/604.1",
         ("Safari", "iPhone")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15",
         ("Safari", "Mac")),
        ("curl/8.5.0", None),
        ("Mozilla/5.0 (X11; Linux x86_64) <b>", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_session_is_named_as_people_name_their_machines(said, names):
    assert browsers.named(said) == names
