import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import differences
from tests.patience import no_hang

texts = st.text(alphabet="ab .\né", max_size=60)


def rebuilt(pieces, *ops):
    return "".join(text for op, text in pieces if op in ops)


def check(before, after):
    pieces = differences.compare(before, after)
    assert rebuilt(pieces, "same", "removed") == before
    assert rebuilt(pieces, "same", "added") == after
    assert all(text for _, text in pieces)
    assert all(one[0] != two[0] for one, two in zip(pieces, pieces[1:], strict=False))
    return pieces


@given(before=texts, after=texts)
def test_both_texts_can_be_rebuilt(before, after):
    check(before, after)


def test_shows_the_words_that_changed():
    assert check("Le chat noir dort. Il rêve.", "Le chat blanc dort. Il rêve.") == [
        ("same", "Le chat "),
        ("removed", "noir "),
        ("added", "blanc "),
        ("same", "dort. Il rêve."),
    ]


def test_nothing_changed():
    assert check("Un texte.", "Un texte.") == [("same", "Un texte.")]
    assert check("", "") == []
    assert check("", "Un texte.") == [("added", "Un texte.")]


def test_long_texts_are_compared_by_sentences():
    sentences = [f"La phrase numéro {place} ne change pas. " for place in range(800)]
    changed = [*sentences[:400], "Une autre phrase. ", *sentences[401:]]
    pieces = check("".join(sentences), "".join(changed))
    assert ("removed", sentences[400]) in pieces
    assert ("added", "Une autre phrase. ") in pieces


@pytest.mark.parametrize("pattern", ["w{} {}", "{0}{1}. ", "{1} w{0}\n"])
def test_no_text_holds_the_server(pattern):
    def text(mark, length):
        return " ".join(pattern.format(place % 110, mark) for place in range(length))

    for length in (700, 1900, 6000):
        with no_hang():
            check("début " + text("x", length), "départ " + text("y", length))
