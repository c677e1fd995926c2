import pytest

from consult.domain.signatures import Signature
from consult.formats import records
from consult.services import import_rows, imports


@pytest.fixture
def maker(session, make, now):
    return import_rows.Maker(session, make.consultation().id, now, imports.derive_id)


def test_texts_share_one_space_of_keys_and_the_others_have_their_own(maker):
    assert maker.id("answer", "1") == maker.id("proposal", "1")
    assert len({maker.id(kind, "1") for kind in ("answer", "person", "theme", "question")}) == 4
    assert maker.id("answer", "") is None


def test_an_unknown_territory_is_left_out_and_never_guessed(maker):
    known = records.Proposal(key="a", territory_code="D-54", body="x")
    unknown = records.Proposal(key="b", territory_code="D-99", body="x")
    assert maker.row(known)["territory_code"] == "D-54"
    assert maker.row(unknown)["territory_code"] is None


def test_the_first_commune_of_a_file_loads_the_communes(maker):
    toul = records.Proposal(key="a", territory_code="M-54528", body="x")
    nowhere = records.Proposal(key="b", territory_code="M-00000", body="x")
    assert maker.row(toul)["territory_code"] == "M-54528"
    assert maker.row(nowhere)["territory_code"] is None
    maker.session.rollback()


def test_one_organisation_for_all_who_sign_for_it(maker):
    signed = Signature("organisation", "Les Petits Ateliers")
    rows = [maker.row(records.Proposal(key=k, body="x", signature=signed)) for k in "ab"]
    assert rows[0]["organisation_id"] == rows[1]["organisation_id"] is not None


def test_every_text_has_the_same_columns(maker):
    kinds = (
        records.Answer(key="1", question_keys=("q", "r"), body="x"),
        records.Proposal(key="2", body="x", number=4),
        records.Argument(key="3", parent_key="2", side="for", body="x"),
        records.Source(key="4", parent_key="2", link="https://exemple.fr/"),
        records.Amendment(key="5", parent_key="2", body="x", decision="accepted"),
        records.Comment(key="6", parent_key="1", body="x"),
    )
    rows = [maker.row(record) for record in kinds]
    assert len({tuple(row) for row in rows}) == 1
    assert rows[1]["position"] == 4
    assert rows[4]["decision"] == "accepted"
    assert len(maker.ties(kinds)) == 1


def test_only_instants_are_left_out_of_the_comparison(maker):
    row = maker.row(records.Proposal(key="a", body="x"))
    assert not import_rows.differs(row, row | {"created_at": None, "updated_at": None})
    assert import_rows.differs(row, row | {"body": "y"})
