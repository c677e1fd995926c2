from consult.models import Territory, TerritoryMember
from consult.queries import groupings


def test_groupings_come_with_what_they_hold_and_what_uses_them(session, make):
    for code, name in (("G-b", "Beta"), ("G-a", "Alpha")):
        session.add(Territory(code=code, name=name, kind="grouping", time_zone="Pacific/Noumea"))
    session.flush()
    for member in ("M-54395", "C-988"):
        session.add(TerritoryMember(group_code="G-a", member_code=member))
    session.flush()
    assert [tuple(row) for row in session.execute(groupings.listed())] == [
        ("G-a", "Alpha", "Pacific/Noumea", 2, 0),
        ("G-b", "Beta", "Pacific/Noumea", 0, 0),
    ]
    held = session.execute(groupings.members("G-a")).all()
    assert [row.code for row in held] == ["C-988", "M-54395"]
    assert session.execute(groupings.members("G-b")).all() == []
    session.rollback()
