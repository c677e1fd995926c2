"""consult synthesis, as an operator runs it."""

from consult import clock
from consult.cli import application
from consult.extensions import db
from tests.factories import Maker
from tests.syntheses import publish, usual


def test_every_form_is_written_and_the_same_each_time(consult, tmp_path):
    with application():
        make = Maker(db.session(), clock.now())
        publish(make, usual(), make.consultation(territory_code=None))
    for kind in ("docx", "json"):
        out = tmp_path / f"carnet.{kind}"
        consult("synthesis", "carnet", "--as", kind, "--out", out)
        assert out.stat().st_size > 500
    again = tmp_path / "again"
    consult("synthesis", "carnet", "--as", "docx", "--out", again)
    assert again.read_bytes() == (tmp_path / "carnet.docx").read_bytes()
    missing = consult("synthesis", "rien", "--as", "pdf", "--out", tmp_path / "no", status=1)
    assert missing.stderr.strip() == "There is no published synthesis at rien."
    lost = consult("synthesis", "carnet", "--as", "json", "--out", tmp_path / "no" / "o", status=1)
    assert "cannot be written" in lost.stderr
    consult("synthesis", "carnet", "--as", "exe", "--out", again, status=2)
    assert not (tmp_path / "no").exists()
