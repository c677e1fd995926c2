import pytest

from consult.queries import territories


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("FR", {"FR", "R-44", "D-54", "D-51", "C-988"}),
        ("R-44", {"R-44", "D-54", "D-51"}),
        ("D-54", {"D-54"}),
        ("nowhere", set()),
    ],
)
def test_within_goes_down_the_tree(session, code, expected):
    assert set(session.scalars(territories.within(code))) == expected


def test_inside_nothing_in_particular_is_everything(session):
    assert len(session.execute(territories.inside(None)).all()) == 5
    names = {row.name for row in session.execute(territories.inside("R-44"))}
    assert names == {"Grand Est", "Meurthe-et-Moselle", "Marne"}
