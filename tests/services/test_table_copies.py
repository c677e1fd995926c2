"""Lines that the database copies: in full, and let go of when the reader leaves."""

import pytest
from sqlalchemy import literal_column, select
from sqlalchemy import text as sql

from consult.services import table_copies


def series(last):
    column = literal_column("n || ' %, \"ok\"'").label("cell")
    return select(column).select_from(sql(f"generate_series(1, {last}) n"))


@pytest.fixture
def copying(session):
    if not table_copies.possible(session):
        pytest.skip("this database does not copy")
    return session


def test_the_lines_come_in_blocks_and_all_of_them(copying):
    blocks = list(table_copies.lines(copying, series(20_000)))
    rows = b"".join(blocks).split(b"\r\n")
    assert (len(rows), rows[0], rows[-1]) == (20_001, b'"1 %, ""ok"""', b"")
    assert 1 < len(blocks) < 20
    assert list(table_copies.lines(copying, series(0))) == []


def test_who_leaves_before_the_end_leaves_the_connection_whole(copying):
    blocks = table_copies.lines(copying, series(1_000_000))
    assert next(blocks).startswith(b'"1 %')
    blocks.close()
    copying.rollback()
    assert copying.execute(sql("select 1")).scalar_one() == 1
