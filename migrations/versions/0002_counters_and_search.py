"""Counters kept by the database, the search index, and a journal nobody can rewrite."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Wilson's lower bound, 95 %, of "agree" among all opinions, declared ones included.
A = "({r}.agree + {r}.declared_agree)"
N = "(" + A + " + {r}.mixed + {r}.declared_mixed + {r}.disagree + {r}.declared_disagree)"
Z2 = "3.8414588206941236"
WILSON = (
    f"CASE WHEN {N} <= 0 THEN 0.0 ELSE "
    f"(1.0 * {A} / {N} + {Z2} / (2.0 * {N}) - sqrt({Z2} * "
    f"(1.0 * {A} / {N} * (1 - 1.0 * {A} / {N}) + {Z2} / (4.0 * {N})) / {N}))"
    f" / (1 + {Z2} / {N}) END"
)
TALLIES = "agree, mixed, disagree, declared_agree, declared_mixed, declared_disagree"


def count_children(row, sign, states):
    """Return the updates that add or take a published statement from what counts it."""
    one = f"(CASE WHEN {row}.state = 'published' THEN {sign} ELSE 0 END)"
    per_kind = ", ".join(
        f"{column} = {column} + (CASE WHEN {row}.kind = '{kind}' THEN {one} ELSE 0 END)"
        for column, kind in states
    )
    return [
        f"UPDATE statement SET {per_kind}, replies = replies + {one} "
        f"WHERE id = {row}.parent_id AND {row}.state = 'published'",
        f"UPDATE question SET answers = answers + {one} WHERE {row}.kind = 'answer' "
        f"AND {row}.state = 'published' AND (id = {row}.question_id OR id IN "
        f"(SELECT question_id FROM answer_question WHERE statement_id = {row}.id))",
        f"UPDATE consultation SET "
        f"answers = answers + (CASE WHEN {row}.kind = 'answer' THEN 1 ELSE 0 END) * {sign}, "
        f"proposals = proposals + (CASE WHEN {row}.kind = 'proposal' THEN 1 ELSE 0 END) * {sign} "
        f"WHERE id = {row}.consultation_id AND {row}.state = 'published' "
        f"AND {row}.kind IN ('answer', 'proposal')",
    ]


CHILDREN = (
    ("comments", "comment"),
    ("arguments", "argument"),
    ("sources", "source"),
    ("amendments", "amendment"),
)
PLACES = "state, kind, parent_id, question_id, consultation_id"


def tally(row, sign):
    """Return the update that adds or takes one stance."""
    return (
        "UPDATE statement SET "
        + ", ".join(
            f"{column} = {column} {sign} (CASE WHEN {row}.value = {value} THEN 1 ELSE 0 END)"
            for column, value in (("agree", 1), ("mixed", 0), ("disagree", -1))
        )
        + f" WHERE id = {row}.statement_id"
    )


def further(row, sign):
    """Return the update for a further question of a published answer."""
    return (
        f"UPDATE question SET answers = answers {sign} 1 WHERE id = {row}.question_id AND EXISTS "
        f"(SELECT 1 FROM statement WHERE id = {row}.statement_id AND state = 'published' "
        f"AND (question_id IS NULL OR question_id <> {row}.question_id))"
    )


RULES = [
    ("stance_added", "AFTER INSERT ON stance", [tally("NEW", "+")]),
    ("stance_changed", "AFTER UPDATE OF value ON stance", [tally("OLD", "-"), tally("NEW", "+")]),
    ("stance_taken", "AFTER DELETE ON stance", [tally("OLD", "-")]),
    ("statement_added", "AFTER INSERT ON statement", count_children("NEW", 1, CHILDREN)),
    (
        "statement_moved",
        f"AFTER UPDATE OF {PLACES} ON statement",
        count_children("OLD", -1, CHILDREN) + count_children("NEW", 1, CHILDREN),
    ),
    ("statement_taken", "BEFORE DELETE ON statement", count_children("OLD", -1, CHILDREN)),
    ("further_added", "AFTER INSERT ON answer_question", [further("NEW", "+")]),
    ("further_taken", "BEFORE DELETE ON answer_question", [further("OLD", "-")]),
]
SQLITE_SEARCH = [
    "CREATE TABLE statement_search_row (row INTEGER PRIMARY KEY, statement_id TEXT UNIQUE NOT NULL)",
    "CREATE VIRTUAL TABLE statement_search USING fts5(words, content='', "
    "tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_added AFTER INSERT ON statement WHEN NEW.search <> '' BEGIN "
    "INSERT INTO statement_search_row (statement_id) VALUES (NEW.id); "
    "INSERT INTO statement_search (rowid, words) VALUES ((SELECT row FROM statement_search_row "
    "WHERE statement_id = NEW.id), NEW.search); END",
    "CREATE TRIGGER search_changed AFTER UPDATE OF search ON statement "
    "WHEN NEW.search <> OLD.search BEGIN "
    "INSERT INTO statement_search (statement_search, rowid, words) SELECT 'delete', row, OLD.search "
    "FROM statement_search_row WHERE statement_id = OLD.id; "
    "INSERT OR IGNORE INTO statement_search_row (statement_id) VALUES (NEW.id); "
    "INSERT INTO statement_search (rowid, words) VALUES ((SELECT row FROM statement_search_row "
    "WHERE statement_id = NEW.id), NEW.search); END",
    "CREATE TRIGGER search_taken AFTER DELETE ON statement BEGIN "
    "INSERT INTO statement_search (statement_search, rowid, words) SELECT 'delete', row, OLD.search "
    "FROM statement_search_row WHERE statement_id = OLD.id; "
    "DELETE FROM statement_search_row WHERE statement_id = OLD.id; END",
]


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        upgrade_sqlite()
    else:
        upgrade_postgresql()


def upgrade_sqlite():
    for name, when, updates in RULES:
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {'; '.join(updates)}; END")
    score = f"UPDATE statement SET score = {WILSON.format(r='NEW')} WHERE id = NEW.id"
    op.execute(
        f"CREATE TRIGGER score_changed AFTER UPDATE OF {TALLIES} ON statement BEGIN {score}; END"
    )
    op.execute(f"CREATE TRIGGER score_added AFTER INSERT ON statement BEGIN {score}; END")
    for statement in SQLITE_SEARCH:
        op.execute(statement)
    op.execute(
        "INSERT INTO statement_search_row (statement_id) SELECT id FROM statement WHERE search <> ''"
    )
    op.execute(
        "INSERT INTO statement_search (rowid, words) SELECT row, search FROM statement_search_row "
        "JOIN statement ON statement.id = statement_id"
    )
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{event.lower()} BEFORE {event} ON journal_entry "
            "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
        )


def function(name, body, result="NULL"):
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {body}; RETURN {result}; END $body$"
    )


def upgrade_postgresql():
    for name, when, updates in RULES:
        function(f"on_{name}", "; ".join(updates), "OLD" if when.startswith("BEFORE") else "NULL")
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION on_{name}()")
    function("on_score", f"NEW.score := {WILSON.format(r='NEW')}", "NEW")
    op.execute(
        f"CREATE TRIGGER score BEFORE INSERT OR UPDATE OF {TALLIES} ON statement "
        "FOR EACH ROW EXECUTE FUNCTION on_score()"
    )
    op.execute(
        "ALTER TABLE statement ADD COLUMN search_vector tsvector GENERATED ALWAYS AS "
        "(array_to_tsvector(string_to_array(nullif(search, ''), ' '))) STORED"
    )
    op.execute("CREATE INDEX ix_statement_search_vector ON statement USING gin (search_vector)")
    function("on_journal", "RAISE EXCEPTION 'the journal only grows'")
    op.execute(
        "CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION on_journal()"
    )


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, when, _updates in RULES:
        table = when.rsplit(" ", 1)[1]
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION on_{name}()")
    if sqlite:
        for name in (
            "score_changed",
            "score_added",
            "search_added",
            "search_changed",
            "search_taken",
            "journal_no_update",
            "journal_no_delete",
        ):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE statement_search")
        op.execute("DROP TABLE statement_search_row")
        return
    op.execute("DROP TRIGGER score ON statement")
    op.execute("DROP TRIGGER journal_only_grows ON journal_entry")
    op.execute("DROP FUNCTION on_score()")
    op.execute("DROP FUNCTION on_journal()")
    op.execute("ALTER TABLE statement DROP COLUMN search_vector")
