"""Plain texts shown as paragraphs: everything is escaped, addresses become links."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.prose import paragraphs, readable


def test_blank_lines_make_paragraphs_and_newlines_stay():
    assert paragraphs("Un.\nDeux.\n\n \nTrois.") == "<p>Un.<br>\nDeux.</p>\n<p>Trois.</p>"
    assert paragraphs("") == paragraphs(None) == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Voir https://a.fr/b.", "https://a.fr/b"),
        ("(https://a.fr/b)", "https://a.fr/b"),
        ("https://fr.wikipedia.org/wiki/A_(b)", "https://fr.wikipedia.org/wiki/A_(b)"),
        ("http://a.fr/?x=1&y=2, puis", "http://a.fr/?x=1&amp;y=2"),
        ("« https://a.fr » !", "https://a.fr"),
    ],
)
def test_an_address_is_a_link_that_vouches_for_nothing(text, address):
    assert f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>' in paragraphs(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "ftp://a", "http://"])
def test_what_is_not_of_the_web_is_no_link(text):
    assert "<a" not in paragraphs(text)


PIECES = [*"<>\"'&()\n", "\n\n", "http://", "https://a.fr/", "javascript:"]


@given(st.lists(st.sampled_from(PIECES) | st.text("abé <>&\"'/.", max_size=5)).map("".join))
def test_no_text_makes_markup_of_its_own(text):
    tree = html5lib.parseFragment(str(paragraphs(text)), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in ("DOCUMENT_FRAGMENT", "p", "br", "a")
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "http").startswith("http")
    shown = "".join("".join(tree.itertext()).split())
    assert shown == "".join(text.split())


def test_what_no_page_holds_is_left_out():
    assert readable("a\x00b\ud800\u0085c\n") == "abc\n"
