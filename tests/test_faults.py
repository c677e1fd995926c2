"""What fails is left in the data folder as long as it lasts."""

from consult import faults


def test_what_fails_is_written_when_it_changes_and_goes_when_it_passes(tmp_path):
    file = tmp_path / faults.NAME
    faults.keep(tmp_path, {})
    assert faults.read(tmp_path) == {} and not file.exists()
    faults.keep(tmp_path, {"reply 1": 1})
    written = file.stat().st_ino
    faults.keep(tmp_path, {"reply 1": 1})
    assert faults.read(tmp_path) == {"reply 1": 1} and file.stat().st_ino == written
    faults.keep(tmp_path, {"reply 1": 2, "job send_mail": 1})
    assert faults.read(tmp_path) == {"reply 1": 2, "job send_mail": 1}
    faults.keep(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_says_nothing(tmp_path):
    for content in ("", "{", "[1]", "null"):
        (tmp_path / faults.NAME).write_text(content)
        assert faults.read(tmp_path) == {}
