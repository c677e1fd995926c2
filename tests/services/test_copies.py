"""A consultation made from another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Question, Stage, Statement, Tag, Theme
from consult.services import copies


@pytest.fixture
def source(make, session):
    owner = make.account("organiser")
    consultation = make.consultation(
        owner_id=owner.id, will_decide="Le tracé", contact_phone="01", allows_ideas=True
    )
    make.answer(make.question(make.theme(consultation, label="III", number=3)))
    make.question(make.theme(consultation, label="V", number=5, hidden=True))
    session.add(Tag(consultation_id=consultation.id, label="bus"))
    session.add(Stage(consultation_id=consultation.id, position=1, label="Constat", phase="open"))
    session.commit()
    return consultation


def copy(session, source, owner, now, **values):
    values = {"title": "Copie", "territory_code": "C-988"} | values
    made = copies.copy(session, source, owner_id=owner.id, now=now, **values)
    session.commit()
    return made


def labels(session, consultation):
    query = select(Theme.label).where(Theme.consultation_id == consultation.id)
    return list(session.scalars(query.order_by(Theme.position)))


def test_a_copy_takes_the_structure_and_no_one(session, make, source, now):
    other = make.account("organiser")
    made = copy(session, source, other, now)
    assert made.slug == "copie"
    assert (made.owner_id, made.published_at, made.opens_at) == (other.id, None, None)
    assert (made.territory_code, made.time_zone) == ("C-988", "Pacific/Noumea")
    assert (made.will_decide, made.allows_ideas, made.contact_phone) == ("Le tracé", True, "")
    assert labels(session, made) == ["III"]
    asked = session.scalars(select(Question).where(Question.consultation_id == made.id)).one()
    assert asked.answers == 0
    assert session.scalar(
        select(func.count()).select_from(Tag).where(Tag.consultation_id == made.id)
    )
    assert session.scalar(select(Stage.label).where(Stage.consultation_id == made.id)) == "Constat"


def test_the_owner_copies_the_hidden_themes_too(session, make, source, now):
    from consult.models import Account

    owner = session.get_one(Account, source.owner_id)
    assert labels(session, copy(session, source, owner, now)) == ["III", "V"]


def test_an_unknown_territory_is_refused(session, make, source, now):
    with pytest.raises(RuleBroken, match="territory-unknown"):
        copy(session, source, make.account("organiser"), now, territory_code="X")


@pytest.fixture
def sequel(make, source, session):
    consultation = make.consultation(follows_id=source.id)
    return make.question(make.theme(consultation))


def first_question(session, source):
    return session.scalars(
        select(Question).where(Question.consultation_id == source.id).order_by(Question.id)
    ).first()


def carry(session, target, origin, now):
    count = copies.carry_over(session, target, source=origin, actor="account:x", now=now)
    session.commit()
    return count


def test_answers_come_over_once_with_a_link(session, make, source, sequel, now):
    origin = first_question(session, source)
    make.answer(origin, state="hidden")
    make.answer(origin, state="pending")
    assert carry(session, sequel, origin, now) == 1
    assert carry(session, sequel, origin, now) == 0
    made = session.scalars(select(Statement).where(Statement.question_id == sequel.id)).one()
    old = session.get_one(Statement, made.carried_from_id)
    assert (made.body, made.created_at, made.state) == (old.body, old.created_at, "published")
    session.refresh(sequel)
    assert sequel.answers == 1


def test_proposals_come_over_once_with_a_link_and_without_opinions(session, make, source, now):
    origin = make.theme(source)
    old = make.proposal(origin, title="Un bus de nuit", position=3, agree=4, signature="Ada")
    make.proposal(origin, state="withdrawn")
    make.answer(make.question(origin))
    target = make.theme(make.consultation(follows_id=source.id))
    assert carry(session, target, origin, now) == 1
    assert carry(session, target, origin, now) == 0
    made = session.scalars(select(Statement).where(Statement.theme_id == target.id)).one()
    assert (made.kind, made.carried_from_id, made.title) == ("proposal", old.id, old.title)
    assert (made.body, made.position, made.signature) == (old.body, 3, "Ada")
    assert (made.question_id, made.agree) == (None, 0)
    entry = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.act == "theme.carried-over")
        .order_by(JournalEntry.id)
    )
    assert [one.facts["count"] for one in entry] == [1, 0]


def test_a_theme_takes_no_answers_of_a_question(session, make, source, sequel, now):
    with pytest.raises(RuleBroken, match="carry-kind"):
        carry(
            session, session.get_one(Theme, sequel.theme_id), first_question(session, source), now
        )


def test_parallel_carries_bring_each_answer_once(session, make, source, sequel, now):
    origin = first_question(session, source)
    for _ in range(5):
        make.answer(origin)

    def one(_number):
        with Session(session.get_bind()) as own:
            return carry(
                own, own.get_one(Question, sequel.id), own.get_one(Question, origin.id), now
            )

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(one, range(3))) == 6


def test_only_the_same_kind_and_the_consultation_followed(session, make, source, sequel, now):
    with pytest.raises(RuleBroken, match="carry-elsewhere"):
        carry(session, sequel, make.question(), now)
    scale = make.question(make.theme(source), kind="scale", options={"min": 1, "max": 5})
    with pytest.raises(RuleBroken, match="carry-kind"):
        carry(session, sequel, scale, now)
