"""The cells of an export, as the database writes them (compared in tests of services.exports)."""

from sqlalchemy.dialects import postgresql

from consult.queries import export_tables


def test_each_column_is_the_text_of_a_cell_and_opinions_are_sums():
    query = export_tables.statements("c", "answer", ["key", "body", "agree"])
    said = str(query.compile(dialect=postgresql.dialect()))
    assert list(query.selected_columns.keys()) == ["key", "body", "agree"]
    assert "statement.agree + statement.declared_agree" in said
    assert "ORDER BY statement.created_at, statement.id" in said
