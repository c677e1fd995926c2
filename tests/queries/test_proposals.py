"""What a proposal's page reads: its place, its lists, its versions."""

from consult.models import Stance
from consult.queries import paging, proposals, statements
from consult.queries.consultations import Reader
from consult.queries.statements import Scope


def test_the_detail_holds_the_place_and_the_reader_s_own_opinion(session, make, now):
    theme = make.theme()
    proposal = make.proposal(theme, territory_code="D-54")
    person = make.participant()
    facts = {"participant_id": person.id, "created_at": now, "updated_at": now}
    session.add(Stance(statement_id=proposal.id, value=1, **facts))
    session.commit()
    row = session.execute(proposals.detail(proposal.id, Reader(), person.id, now)).one()
    assert (row.Theme.id, row.territory_name, row.mine) == (theme.id, "Meurthe-et-Moselle", 1)
    assert session.execute(proposals.detail(proposal.id, Reader(), None, now)).one().mine is None


def test_the_beginning_of_each_list_is_read_at_once(session, make):
    proposal, other = make.proposal(make.theme()), make.proposal(make.theme())
    for _ in range(4):
        make.comment(proposal)
        make.argument(proposal, side="for")
        make.argument(proposal, side="against", state="pending")
        make.comment(other)
    lists = (
        ("comment", None, statements.OLDEST, 2),
        ("argument", "for", statements.SUPPORTED, 9),
        ("argument", "against", statements.NEWEST, 9),
    )
    asked = {"parent_id": proposal.id, "participant_id": None}
    rows = session.execute(proposals.replies(lists), asked).all()
    kinds = [(row.kind, row.side) for row in rows]
    assert kinds.count(("comment", None)) == 3
    assert kinds.count(("argument", "for")) == 4
    assert kinds.count(("argument", "against")) == 0


def test_pages_of_replies_follow_each_other(session, make):
    proposal = make.proposal(make.theme())
    made = [make.comment(proposal).id for _ in range(5)]
    seen, cursor = [], None
    while True:
        query = proposals.page(
            Scope("comment", parent_id=proposal.id),
            None,
            order=statements.OLDEST,
            cursor=cursor,
            limit=2,
        )
        rows, cursor = paging.cut(
            session.execute(query).all(), statements.keys(statements.OLDEST), 2
        )
        seen += [row.id for row in rows]
        if cursor is None:
            break
    assert seen == made


def test_only_shown_themes_take_ideas(session, make):
    consultation = make.consultation()
    second = make.theme(consultation, position=2)
    first = make.theme(consultation, position=1)
    make.theme(consultation, hidden=True)
    found = session.scalars(proposals.themes(consultation.id)).all()
    assert [theme.id for theme in found] == [first.id, second.id]
