"""A consultation offered to rooms; the local edition that each opens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain import phases
from consult.domain.errors import RuleBroken
from consult.models import (
    Account,
    CommonQuestion,
    Consultation,
    CoOrganiser,
    EditionOffer,
    JournalEntry,
    Question,
    Room,
    Theme,
)
from consult.services import editions, exports, publication
from tests.rooms import tree

DAY = timedelta(days=1)


@pytest.fixture
def rooms(session, make, now):
    return tree(session, make, now)


@pytest.fixture
def organiser(make):
    return make.account("organiser")


@pytest.fixture
def source(make, organiser):
    found = make.consultation(owner_id=organiser.id)
    theme = make.theme(found)
    make.question(theme)
    make.question(theme, kind="choice", options={"choices": ["A", "B"]})
    hidden = make.theme(found, hidden=True)
    make.question(hidden)
    make.question(make.theme())  # of another consultation
    return found


@pytest.fixture
def offered(session, source, rooms, organiser, now):
    editions.offer(session, source, [rooms.local.id], account=organiser, now=now)
    session.commit()
    return source


def open_one(session, source, rooms, now):
    made = editions.open_one(session, source, rooms.local, account=rooms.by_local, now=now)
    session.commit()
    return made


def test_an_offer_is_made_once_to_each_room(session, source, rooms, organiser, now):
    ids = [rooms.hub.id, rooms.local.id]
    assert editions.offer(session, source, [*ids, ids[0]], account=organiser, now=now) == 2
    again = [*ids, rooms.other_hub.id]
    assert editions.offer(session, source, again, account=organiser, now=now) == 1
    with pytest.raises(RuleBroken, match="edition-rooms-missing"):
        editions.offer(session, source, [], account=organiser, now=now)


def test_only_a_public_consultation_before_its_close_is_offered(
    session, make, rooms, organiser, now
):
    for facts, code in (
        ({"published_at": None}, "edition-unpublished"),
        ({"published_at": now + DAY}, "edition-unpublished"),
        ({"access": "listed"}, "edition-private"),
        ({"closes_at": now - DAY}, "edition-late"),
    ):
        found = make.consultation(**facts)
        with pytest.raises(RuleBroken, match=code) as refused:
            editions.offer(session, found, [rooms.hub.id], account=organiser, now=now)
        assert refused.value.status == 409
    upcoming = make.consultation(opens_at=now + DAY)
    assert editions.offer(session, upcoming, [rooms.hub.id], account=organiser, now=now) == 1


def test_an_edition_keeps_the_shown_questions_and_its_room_runs_it(session, offered, rooms, now):
    made = open_one(session, offered, rooms, now)
    assert made.title == f"{offered.title} – Salle du 54"
    assert (made.territory_code, made.owner_id) == ("D-54", rooms.by_local.id)
    assert made.published_at is None and made.opens_at > now
    assert made.closes_at == offered.closes_at
    assert session.get(CoOrganiser, (made.id, rooms.by_local.id))
    pairs = session.execute(
        select(Question.wording, Question.kind, Question.options)
        .join(CommonQuestion, CommonQuestion.question_id == Question.id)
        .where(Question.consultation_id == made.id)
        .order_by(Question.number)
    ).all()
    shown = session.execute(
        select(Question.wording, Question.kind, Question.options)
        .join(CommonQuestion, CommonQuestion.source_id == Question.id)
        .order_by(Question.number)
    ).all()
    assert pairs == shown and len(pairs) == 2
    assert editions.source_of(session, made) is offered
    assert editions.source_of(session, offered) is None
    made.published_at = now
    with pytest.raises(RuleBroken, match="edition-of-edition"):
        editions.offer(session, made, [rooms.hub.id], account=rooms.by_local, now=now)


def test_the_edition_of_a_consultation_to_come_opens_with_it(session, make, rooms, organiser, now):
    source = make.consultation(opens_at=now + 3 * DAY, owner_id=organiser.id)
    make.question(make.theme(source))
    editions.offer(session, source, [rooms.local.id], account=organiser, now=now)
    assert open_one(session, source, rooms, now).opens_at == now + 3 * DAY


def test_an_edition_is_opened_once_and_only_when_offered(session, offered, rooms, now):
    with pytest.raises(RuleBroken, match="edition-not-offered") as refused:
        editions.open_one(session, offered, rooms.hub, account=rooms.by_hub, now=now)
    assert refused.value.status == 404
    open_one(session, offered, rooms, now)
    before = session.scalar(select(func.count()).select_from(Consultation))
    with pytest.raises(RuleBroken, match="edition-taken"):
        open_one(session, offered, rooms, now)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Consultation)) == before


def test_of_several_who_open_it_at_once_one_does(session, offered, rooms, now):
    engine = session.get_bind()
    ids = (offered.id, rooms.local.id, rooms.by_local.id)
    session.commit()

    def act(_number):
        with Session(engine) as own:
            held = own.get_one(Consultation, ids[0]), own.get_one(Room, ids[1])
            try:
                account = own.get_one(Account, ids[2])
                editions.open_one(own, *held, account=account, now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "done"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(act, range(3))) == ["done", "edition-taken", "edition-taken"]
    assert session.scalar(select(func.count(EditionOffer.edition_id))) == 1


def test_an_offer_is_taken_back_until_it_is_taken_up(session, offered, rooms, organiser, now):
    facts = {"account": organiser, "now": now}
    editions.take_back(session, offered, rooms.hub.id, **facts)  # never offered: nothing to do
    editions.take_back(session, offered, rooms.local.id, **facts)
    session.commit()
    assert session.scalar(select(EditionOffer.room_id)) is None
    editions.offer(session, offered, [rooms.local.id], **facts)
    open_one(session, offered, rooms, now)
    with pytest.raises(RuleBroken, match="edition-taken"):
        editions.take_back(session, offered, rooms.local.id, **facts)


def test_an_edition_stays_within_the_dates_of_its_consultation(session, offered, rooms, now):
    made = open_one(session, offered, rooms, now)
    good = {"opens_at": now + DAY, "closes_at": offered.closes_at}
    editions.check_dates(session, made, **good)
    editions.check_dates(session, offered, opens_at=None, closes_at=None)
    for changed in (
        {"opens_at": None},
        {"opens_at": offered.opens_at - DAY},
        {"closes_at": None},
        {"closes_at": offered.closes_at + timedelta(seconds=1)},
    ):
        with pytest.raises(RuleBroken, match="edition-dates"):
            editions.check_dates(session, made, **{**good, **changed})
    dates = publication.Schedule("Europe/Paris", now + DAY, offered.closes_at + DAY)
    stamp = publication.consultations.stamp(publication.schedule_of(made))
    with pytest.raises(RuleBroken, match="edition-dates"):
        publication.schedule(session, made, dates=dates, version=stamp, actor="x", now=now)


def test_the_editions_close_early_with_their_source_for_its_reason(
    session, make, offered, rooms, now
):
    edition = open_one(session, offered, rooms, now)
    other = make.consultation(closes_at=now + 30 * DAY)
    at = now + 2 * DAY
    edition.published_at = now
    said = {"reason": "Le projet change.", "actor": "account:x", "now": at}
    publication.close_early(session, offered, **said)
    session.commit()
    assert (edition.closed_early_at, edition.closed_early_reason) == (at, "Le projet change.")
    assert phases.of(edition, at) == phases.CLOSED and other.closed_early_at is None
    told = select(JournalEntry.facts).where(JournalEntry.act == "consultation.closed-early")
    assert {"source": offered.id} in session.scalars(told.order_by(JournalEntry.id)).all()


def test_an_edition_that_was_still_a_draft_is_not_published_after_an_early_close(
    session, offered, rooms, now
):
    edition = open_one(session, offered, rooms, now)
    publication.close_early(session, offered, reason="Fini.", actor="account:x", now=now)
    with pytest.raises(RuleBroken, match="edition-late"):
        publication.publish(session, edition, actor="account:x", now=now)


def test_the_export_of_an_edition_names_its_source_and_the_common_questions(
    session, make, offered, rooms, now
):
    edition = open_one(session, offered, rooms, now)
    theme = session.scalars(select(Theme).where(Theme.consultation_id == edition.id)).first()
    own = make.question(theme, number=9)
    found = list(exports.stream(session, edition))
    assert found[0].edition_of == offered.slug
    asked = {one.key: one.common_key for one in found if one.type == "question"}
    pairs = select(CommonQuestion.question_id, CommonQuestion.source_id)
    pairs = {row.question_id: row.source_id for row in session.execute(pairs)}
    assert asked.pop(own.id) == "" and asked and asked.items() <= pairs.items()
    plain = list(exports.stream(session, offered))
    assert plain[0].edition_of == ""
    assert not any(one.common_key for one in plain if one.type == "question")
