"""The kinds of blocks: what each reads, needs and keeps; tables of figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import blocks
from consult.domain.blocks import _fields
from consult.domain.errors import RuleBroken

FULL = {
    "title": " Un  titre ",
    "body": "Un texte.",
    "rows": "Le matin : 12\nLe soir: 1 000",
    "link": "https://exemple.fr/",
    "verdict": "kept",
    "carrier": "La MJC",
    "picture": "06h1vm0vxd0nx1zar8",
    "alternative": "Un banc.",
    "evil": "<script>",
}


@pytest.mark.parametrize("name", sorted(blocks.KINDS))
def test_a_kind_says_what_it_is_and_reads_what_it_holds(name):
    kind = blocks.kind(name)
    assert kind.LABEL and kind.HINT and kind.RANK in (1, 2, 3)
    assert kind.TITLE or kind.BODY
    words = blocks.read(name, FULL)
    assert "evil" not in words.details
    assert set(words.details) <= set(kind.FIELDS)
    assert words.title == ("Un titre" if kind.TITLE else "")
    again = {"title": words.title, "body": words.body, **words.details}
    assert blocks.read(name, again) == words
    for need in kind.NEEDS:
        with pytest.raises(RuleBroken) as refused:
            blocks.read(name, FULL | {need: ""})
        assert refused.value.facts["field"] in kind.NEEDS
    with pytest.raises(RuleBroken, match="block-(incomplete|empty)"):
        blocks.read(name, {})


@pytest.mark.parametrize("name", sorted(blocks.KINDS))
@pytest.mark.parametrize("raw", ["\x00", ["a"], 2**63, "\ud800"])
def test_what_no_text_holds_is_refused_by_every_kind(name, raw):
    kind = blocks.kind(name)
    fields = [*(["title"] if kind.TITLE else []), *(["body"] if kind.BODY else []), *kind.FIELDS]
    for field in fields:
        with pytest.raises(RuleBroken):
            blocks.read(name, FULL | {field: raw})


def test_the_kinds_are_offered_in_order_and_a_newcomer_last():
    assert [name for name, _kind in blocks.ordered()][:2] == ["chapter", "section"]
    assert len(blocks.ordered()) == len(blocks.KINDS)
    assert [blocks.rank(name) for name in ("chapter", "section", "finding", "gone")] == [1, 2, 3, 3]


@pytest.mark.parametrize("raw", ["x", None, 3, ["chapter"], "__init__"])
def test_what_is_no_kind_is_refused(raw):
    with pytest.raises(RuleBroken, match="block-kind-unknown"):
        blocks.kind(raw)


@pytest.mark.parametrize(
    "raw", ["douze", "Le soir : -1", ": 3", "a : 1.5", "a : ٣", "a : " + "9" * 16]
)
def test_a_line_without_words_or_whole_number_is_named(raw):
    with pytest.raises(RuleBroken) as refused:
        _fields.rows(f"Bien : 1\n\n{raw}")
    assert (refused.value.code, refused.value.facts) == ("figure-unreadable", {"line": 2})


def test_a_table_has_so_many_rows_and_a_choice_so_many_words():
    with pytest.raises(RuleBroken, match="figure-too-long"):
        _fields.rows("a : 1\n" * 101)
    one = _fields.choice("Suite", {"kept": "Kept"})
    assert (one.read(None), one.read(""), one.read("kept")) == ("", "", "kept")
    with pytest.raises(RuleBroken, match="option-unknown"):
        one.read("other")


WORDS = st.text("abé :'=", min_size=1).map(str.strip).filter(lambda word: word.strip(" :"))


@given(st.lists(st.tuples(WORDS, st.integers(0, 10**14)), max_size=20))
def test_rows_come_back_as_they_were_written(rows):
    plain = [(" ".join(words.split()), number) for words, number in rows]
    assert _fields.rows(_fields.written(rows)) == plain
