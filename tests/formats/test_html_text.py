import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.formats.html_text import tidy, to_text, typed


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Du texte\r\nsimple", "Du texte\nsimple"),
        ("a < b & c > d", "a < b & c > d"),
        ("<p>Un</p>\r\n\r\n<p>Deux</p>", "Un\n\nDeux"),
        ("<p>L&#39;&Eacute;tat&nbsp;!</p>", "L'État !"),
        ("<p>a<br>b<br />c</p>", "a\nb\nc"),
        ("<p>Or :</p><ul><li>un</li><li><p>deux</p></li></ul><p>Fin</p>",
         "Or :\n\n- un\n- deux\n\nFin"),
        ("<ol><li>un</li><li>deux</li></ol>", "1. un\n2. deux"),
        ("<ul><li>un<ul><li>deux</li></ul></li></ul>", "- un\n  - deux"),
        ('<p>Voir <a href="http://x.fr/a">la page</a>.</p>', "Voir la page (http://x.fr/a)."),
        ('<a href="http://x.fr">http://x.fr</a>', "http://x.fr"),
        ('<a href="http://x.fr"></a>', "http://x.fr"),
        ('<p>Vu <img alt="logo" src="http://x.fr/l.png"></p>', "Vu logo (http://x.fr/l.png)"),
        ("<script>alert(1)</script><p>ok</p>", "ok"),
        ("<h2>Titre</h2>Texte<div>bloc</div>", "Titre\n\nTexte\n\nbloc"),
        ("<p>jamais fermé", "jamais fermé"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ],
)  # fmt: skip
def test_html_is_read_as_paragraphs(html, text):
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("a<br>\r\nb", "a\nb"),
        ("a</br>b<br />c", "a\nb\nc"),
        ("<insérez ici> &amp; <b>", "<insérez ici> &amp; <b>"),
    ],
)
def test_a_typed_text_keeps_what_looks_like_markup(plain, text):
    assert typed(plain) == text


@given(st.text())
def test_nothing_typed_breaks_the_reader(text):
    assert to_text(text) == tidy(to_text(text))
    to_text(f"<p>{text}</p>")
