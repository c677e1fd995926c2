"""The rules proper to each kind of question, case by case."""

import pytest

from consult.domain.errors import RuleBroken
from consult.domain.questions import (
    actors,
    choice,
    choices,
    long_text,
    number,
    ranking,
    scale,
    short_text,
    yes_no,
)

COLOURS = {"choices": ["Rouge", "Vert", "Bleu"]}
OPEN = {**COLOURS, "allow_other": "on"}


def refused(code, call, *args, **facts):
    with pytest.raises(RuleBroken) as broken:
        call(*args)
    assert broken.value.code == code
    assert broken.value.status == 422
    for name, fact in facts.items():
        assert broken.value.facts[name] == fact


def form(**fields):
    return {
        name.replace("_", "-"): value if isinstance(value, list) else [value]
        for name, value in fields.items()
    }


class TestTexts:
    def test_20_000_characters_and_not_one_more(self):
        options = long_text.normalise_options({})
        assert long_text.read(form(value="é" * 20_000), options) == "é" * 20_000
        refused("text-too-long", long_text.read, form(value="é" * 20_001), options, over=1)
        refused("text-too-long", long_text.read_json, "😀" * 20_120, options, over=120)

    def test_a_line_has_its_own_length(self):
        options = short_text.normalise_options({"max_length": "5"})
        assert short_text.read(form(value=" a \r\n b "), options) == "a b"
        refused("text-too-long", short_text.read, form(value="abcdefg"), options, over=2)
        refused("options-out", short_text.normalise_options, {"max_length": "301"}, max=300)

    def test_two_texts_for_one_question(self):
        refused("one-answer-only", long_text.read, form(value=["a", "b"]), {"max_length": 9})

    def test_only_their_number_is_summed_up(self):
        assert long_text.summarise(["a", "b"], {}) == [("Answers", 2)]


class TestChoice:
    options = choice.normalise_options(OPEN)

    def test_one_option(self):
        assert choice.read(form(value="Vert"), self.options) == "Vert"
        refused("option-unknown", choice.read, form(value="Mauve"), self.options)
        refused("one-answer-only", choice.read, form(value=["Vert", "Bleu"]), self.options)
        refused("text-unreadable", choice.read_json, ["Vert"], self.options)

    def test_other_brings_its_words(self):
        other = {"other": "Mauve"}
        assert choice.read(form(value="~other", detail="Mauve"), self.options) == other
        assert choice.read(form(detail="Mauve"), self.options) == other
        assert choice.as_text(other, self.options) == "Mauve"
        refused("other-missing", choice.read, form(value="~other", detail=" "), self.options)

    def test_other_only_where_it_is_offered(self):
        closed = choice.normalise_options(COLOURS)
        refused("option-unknown", choice.read, form(value="~other", detail="Mauve"), closed)
        refused("answer-empty", choice.read, form(detail="Mauve"), closed)
        refused("text-unreadable", choice.read_json, {"other": "Mauve"}, closed)
        assert choice.summarise(["Vert"], closed) == [("Rouge", 0), ("Vert", 1), ("Bleu", 0)]

    def test_counts_other_together(self):
        table = choice.summarise(["Vert", {"other": "a"}, {"other": "b"}], self.options)
        assert table == [("Rouge", 0), ("Vert", 1), ("Bleu", 0), ("Other", 2)]

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            (None, "options-choices-few"),
            (3, "options-choices-few"),
            ({"a": 1, "b": 2}, "options-choices-few"),
            ("seul\n \n", "options-choices-few"),
            ("a\na", "options-choices-twice"),
            ("a\n~other", "options-choices-tilde"),
            ([str(place) for place in range(51)], "options-choices-many"),
            (["a", 2], "text-unreadable"),
        ],
    )
    def test_what_an_organiser_may_offer(self, given, code):
        refused(code, choice.normalise_options, {"choices": given} if given else {})

    def test_choices_come_one_a_line(self):
        assert choice.normalise_options({"choices": "a\r\n b \n"})["choices"] == ["a", "b"]


class TestChoices:
    options = choices.normalise_options({**OPEN, "min": "2", "max": "3"})

    def test_between_the_two_numbers(self):
        assert choices.read(form(value=["Bleu", "Rouge"]), self.options) == ["Rouge", "Bleu"]
        refused("choices-too-few", choices.read, form(value=["Vert"]), self.options, min=2)
        four = form(value=["Rouge", "Vert", "Bleu", "~other"], detail="x")
        refused("choices-too-many", choices.read, four, self.options, max=3)

    def test_the_same_twice(self):
        refused("option-twice", choices.read, form(value=["Vert", "Vert"]), self.options)
        twice = ["Vert", {"other": "a"}, {"other": "b"}]
        refused("option-twice", choices.read_json, twice, self.options)

    def test_a_text_typed_counts_as_ticked(self):
        value = choices.read(form(value=["Vert"], detail="Mauve"), self.options)
        assert value == ["Vert", {"other": "Mauve"}]
        assert choices.as_text(value, self.options) == "Vert\nMauve"
        table = choices.summarise([value], self.options)
        assert table == [("Rouge", 0), ("Vert", 1), ("Bleu", 0), ("Other", 1)]

    def test_only_a_list(self):
        refused("value-unreadable", choices.read_json, "Vert", self.options)

    def test_more_than_there_are(self):
        refused("options-out", choices.normalise_options, {**COLOURS, "max": 4}, max=3)
        refused("options-out", choices.normalise_options, {**COLOURS, "min": 3, "max": 2}, max=2)


class TestScale:
    options = scale.normalise_options({"min": 0, "max": "4", "max_label": "Très bien"})

    def test_a_step(self):
        assert scale.read(form(value="0"), self.options) == 0
        assert scale.as_text(4, self.options) == "4 (Très bien)"
        assert scale.as_text(0, self.options) == "0"

    @pytest.mark.parametrize("typed", ["5", "-1", "1e3", "0.5", "٣", "1" * 30])
    def test_outside(self, typed):
        refused("scale-out", scale.read, form(value=typed), self.options, min=0, max=4)

    def test_json_is_a_whole_number(self):
        for raw in (True, "3", 3.0):
            refused("value-unreadable", scale.read_json, raw, self.options)
        refused("scale-out", scale.read_json, 2**63, self.options)

    def test_counts_each_step(self):
        rows = [("0", 1), ("1", 0), ("2", 0), ("3", 2), ("4 (Très bien)", 0)]
        assert scale.summarise([3, 0, 3], self.options) == rows

    def test_bounds(self):
        assert scale.normalise_options({})["max"] == 5
        refused("options-out", scale.normalise_options, {"min": 5, "max": 5}, min=6, max=15)
        refused("options-out", scale.normalise_options, {"min": "1e3"})


class TestRanking:
    options = ranking.normalise_options({**COLOURS, "min": 2})

    def test_in_order_of_preference(self):
        raw = form(rank_0="3", rank_1="", rank_2="1")
        assert ranking.read(raw, self.options) == ["Bleu", "Rouge"]
        assert ranking.as_text(["Bleu", "Rouge"], self.options) == "1. Bleu\n2. Rouge"
        table = ranking.summarise([["Bleu", "Rouge"]], self.options)
        assert table == [("Rouge", 0), ("Vert", 0), ("Bleu", 1)]

    def test_ranks(self):
        refused("rank-twice", ranking.read, form(rank_0="1", rank_1="1"), self.options, rank=1)
        refused("rank-out", ranking.read, form(rank_0="4"), self.options, max=3)
        refused("rank-out", ranking.read, form(rank_0="premier"), self.options)
        refused("choices-too-few", ranking.read, form(rank_0="1"), self.options, min=2)

    def test_json(self):
        refused("option-unknown", ranking.read_json, ["Vert", "Mauve"], self.options)
        refused("option-twice", ranking.read_json, ["Vert", "Vert"], self.options)

    def test_all_unless_it_is_said(self):
        assert ranking.normalise_options(COLOURS)["min"] == 3


class TestNumber:
    options = number.normalise_options({})

    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("1 234,5", 1234.5),
            ("1\u202f234,5", 1234.5),
            ("1234.5", 1234.5),
            ("−3", -3),
            ("007", 7),
            ("2,0", 2),
            ("-0", 0),
            ("1000000000000000", 10**15),
        ],
    )
    def test_as_people_write_it(self, typed, value):
        read = number.read(form(value=typed), self.options)
        assert read == value
        assert isinstance(read, type(value))

    @pytest.mark.parametrize(
        "typed", ["1e3", "NaN", "inf", "٣", "1 23", "1,2,3", "0x1", "1_000", "+1", ".5", "5.", "a"]
    )
    def test_unreadable(self, typed):
        refused("number-unreadable", number.read, form(value=typed), self.options)

    @pytest.mark.parametrize("raw", [2**63, -(10**400), float("inf"), float("nan"), 1e16])
    def test_out_of_reach(self, raw):
        refused("number-out", number.read_json, raw, self.options)
        refused("number-out", number.read, form(value="9" * 30), self.options)

    def test_decimals(self):
        refused("number-decimals", number.read, form(value="0,125"), self.options, max=2)
        refused("number-decimals", number.read, form(value="123456789012345,25"), self.options)
        for raw in (True, "3", None):
            refused("value-unreadable", number.read_json, raw, self.options)

    def test_bounds_and_unit(self):
        options = number.normalise_options({"min": "-1,5", "max": 20, "unit": " km "})
        assert options == {"min": -1.5, "max": 20, "unit": "km", "decimals": 2}
        assert number.as_text(1234.5, options) == "1234,5 km"
        assert number.as_text(10, options) == "10 km"
        refused("number-out", number.read, form(value="21"), options, min="-1,5", max="20")
        refused("options-bounds", number.normalise_options, {"min": 2, "max": 1})

    def test_counts_numbers_then_ranges(self):
        assert number.summarise([2, 1, 2], self.options) == [("1", 1), ("2", 2)]
        table = number.summarise(range(101), self.options)
        assert table[0] == ("0 – 10", 10)
        assert table[-1] == ("90 – 100", 11)
        assert sum(count for _, count in table) == 101


class TestYesNo:
    options = yes_no.normalise_options({})

    def test_with_and_without_detail(self):
        value = yes_no.read(form(value="yes", detail="Parce que\r\noui"), self.options)
        assert value == {"choice": "yes", "detail": "Parce que\noui"}
        assert yes_no.as_text(value, self.options) == "Oui\n\nParce que\noui"
        assert yes_no.read_json(False, self.options) == {"choice": "no", "detail": ""}
        assert yes_no.read_json("yes", self.options) == {"choice": "yes", "detail": ""}
        assert yes_no.summarise([value], self.options) == [("Oui", 1), ("Non", 0)]

    def test_detail_asked_or_not(self):
        asked = yes_no.normalise_options({"detail": "required", "yes": "Pour", "no": "Contre"})
        refused("detail-missing", yes_no.read, form(value="no"), asked)
        none = yes_no.normalise_options({"detail": "none"})
        assert yes_no.read(form(value="no", detail="x"), none)["detail"] == ""

    def test_refuses(self):
        refused("option-unknown", yes_no.read, form(value="maybe"), self.options)
        refused("text-unreadable", yes_no.read_json, {"choice": 1}, self.options)
        refused("option-unknown", yes_no.normalise_options, {"detail": "often"})
        refused("options-choices-twice", yes_no.normalise_options, {"yes": "A", "no": "A"})


class TestActors:
    options = actors.normalise_options({"max": 2})

    def test_reads_rows_in_order(self):
        raw = form(name_10="Fablab", name_2="Médiathèque", place_2="Nancy", link_10="https://a.fr")
        value = actors.read({**raw, "name-5": [" "]}, self.options)
        assert actors.as_text(value, self.options) == "Médiathèque, Nancy\nFablab, https://a.fr"

    def test_refuses(self):
        refused("actor-name-missing", actors.read, form(place_0="Nancy"), self.options)
        three = [{"name": name} for name in "abc"]
        refused("actors-too-many", actors.read_json, three, self.options, max=2)
        link = [{"name": "a", "link": "javascript:alert(1)"}]
        refused("link-unreadable", actors.read_json, link, self.options)
        refused("value-unreadable", actors.read_json, ["a"], self.options)

    def test_counts_names_whatever_their_case(self):
        values = [[{"name": "Fablab"}, {"name": "FABLAB"}], [{"name": "fablab"}], [{"name": "A"}]]
        assert actors.summarise(values, self.options) == [("FABLAB", 2), ("A", 1)]
