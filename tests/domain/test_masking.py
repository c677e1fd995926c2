"""Small cells of a table: added up, so that no total gives one of them back."""

from hypothesis import given
from hypothesis import strategies as st

from consult.domain.masking import FEWEST, Masked, masked

TABLES = st.lists(st.integers(min_value=0, max_value=40), max_size=12)


def test_a_table_without_small_cells_is_shown_as_it_is() -> None:
    rows = [("Nancy", 12), ("Metz", 5), ("Toul", 0)]
    assert masked(rows) == Masked(rows)


def test_small_cells_are_added_up() -> None:
    rows = [("Nancy", 12), ("Metz", 3), ("Toul", 4)]
    assert masked(rows) == Masked([("Nancy", 12)], 2, 7)


def test_one_small_cell_takes_the_next_one_with_it() -> None:
    rows = [("Nancy", 12), ("Metz", 3), ("Toul", 9)]
    assert masked(rows) == Masked([("Nancy", 12)], 2, 12)


def test_a_table_of_a_few_people_says_nothing_of_them() -> None:
    assert masked([("Nancy", 2), ("Metz", 1)]) == Masked([], 2, 0)
    assert masked([("Nancy", 3)]) == Masked([], 1, 0)


@given(TABLES)
def test_no_one_small_cell_can_be_told(numbers: list[int]) -> None:
    rows = [(str(place), number) for place, number in enumerate(numbers)]
    found = masked(rows)
    assert all(number == 0 or number >= FEWEST for _label, number in found.rows)
    assert found.folded == len(rows) - len(found.rows)
    if sum(numbers) >= FEWEST:
        assert sum(n for _label, n in found.rows) + found.together == sum(numbers)
        assert found.folded != 1
