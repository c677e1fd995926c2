from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Statement
from consult.queries import paging

COLUMNS = (Statement.created_at, Statement.id)


def keys(row):
    return (row.created_at, row.id)


def test_pages_follow_each_other_without_a_gap(session, make):
    question = make.question()
    ids = [make.answer(question).id for _ in range(7)]
    seen, cursor = [], None
    for _page in range(4):
        query = paging.after(
            select(*COLUMNS), COLUMNS, descending=True, cursor_text=cursor, limit=2
        )
        rows, cursor = paging.cut(session.execute(query).all(), keys, limit=2)
        seen += [row.id for row in rows]
    assert cursor is None
    assert seen == ids[::-1]


@pytest.mark.parametrize("raw", ["-1", "é", "a", "%00", "W10", "bnVsbA", "W1tdLFtdXQ", "[" * 5000])
def test_a_cursor_that_was_tampered_with_is_a_missing_page(raw):
    with pytest.raises(RuleBroken, match="page-unknown"):
        paging.read(raw, (datetime, str))


@given(raw=st.text(max_size=40))
def test_no_text_breaks_the_reader(raw):
    try:
        values = paging.read(raw, (datetime, str))
    except RuleBroken:
        return
    assert isinstance(values[0], datetime)


def test_a_cursor_reads_back():
    at = datetime(2026, 1, 2, 3, tzinfo=UTC)
    assert paging.read(paging.cursor([at, "x"]), (datetime, str)) == [at, "x"]


@pytest.mark.parametrize("values", [["x", 2], [True, "x"], [2**70, "x"], [1.5, "x\x00"]])
def test_each_value_has_its_kind(values):
    with pytest.raises(RuleBroken, match="page-unknown"):
        paging.read(paging.cursor(values), (float if values[0] == 1.5 else int, str))
