"""The embedded database: what is deleted is wiped from its file."""

from sqlalchemy import create_engine

from consult import extensions


def test_what_is_deleted_leaves_no_bytes_in_the_file(tmp_path):
    file, secret = tmp_path / "x.sqlite", "awa@exemple.fr"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table person (email text)")
        connection.exec_driver_sql("insert into person values (?)", (secret,))
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        assert secret.encode() in file.read_bytes()
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from person")
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    engine.dispose()
    assert secret.encode() not in file.read_bytes()
    assert "secure_delete=ON" in extensions.PRAGMAS
