import pytest

from consult.domain import room_letters
from consult.domain.errors import RuleBroken


def test_a_form_has_a_number_that_nobody_guesses():
    assert room_letters.form("a" * 22) == "a" * 22
    for raw in (None, "", "a" * 15, "a" * 41, "é" * 20, "a b" * 8, ["a" * 22], "a" * 22 + "\n"):
        with pytest.raises(RuleBroken, match="form-unknown"):
            room_letters.form(raw)


def test_a_part_is_a_kind_and_a_name():
    assert room_letters.part("all") == ("", "")
    assert room_letters.part("role:member") == ("role", "member")
    for raw in (None, "", "member", "role:", ":member", "role:é", 3, "role:" + "a" * 40, "all\n"):
        with pytest.raises(RuleBroken, match="room-part-unknown"):
            room_letters.part(raw)


def test_so_many_letters_a_week():
    room_letters.check_number(room_letters.A_WEEK - 1)
    with pytest.raises(RuleBroken) as refusal:
        room_letters.check_number(room_letters.A_WEEK)
    assert (refusal.value.code, refusal.value.status) == ("room-letters-enough", 429)


def test_a_mark_tells_nothing_of_the_title():
    assert room_letters.mark("Un titre") == room_letters.mark("Un titre")
    assert room_letters.mark("Un titre") != room_letters.mark("Un titre ")
    assert len(room_letters.mark("x")) == 32
