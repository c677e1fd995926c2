from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.follows import IN_FLIGHT
from consult.services import digests, follows
from tests.services.test_follows import ANYONE

HOME = follows.Home("Europe/Paris", "fr")
TUESDAY = datetime(2026, 11, 24, 7, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ada(session, now):
    person = follows.subscribe(session, "ada@exemple.fr", home=HOME, now=now)
    follows.choose(session, person, "weekly", now=now)
    session.commit()
    return person


def follow(session, name, now):
    what = follows.subject(session, name, reader=ANYONE, now=now)
    follows.follow(session, "ada@exemple.fr", what, home=HOME, now=now)
    session.commit()


def gather(session, person, window):
    groups, others = digests.gather(session, person, window, base_url="http://localhost", say=str)
    assert others == 0
    return groups


def test_a_letter_is_due_on_its_hour_to_who_proved_the_address(session, ada, now):
    follows.subscribe(session, "unproven@exemple.fr", home=HOME, now=now)
    session.commit()
    assert digests.due(session, now=TUESDAY - timedelta(seconds=1)) == []
    assert digests.due(session, now=TUESDAY) == [ada]


def test_a_week_is_taken_once(session, ada, now):
    again = follows.find(session, "ada@exemple.fr")
    window = digests.take(session, ada, now=TUESDAY)
    assert (window.since, window.until) == (now, TUESDAY - IN_FLIGHT)
    assert ada.next_digest_at == TUESDAY + 7 * DAY
    assert digests.due(session, now=TUESDAY) == []
    stale = type("Stale", (), {"id": ada.id, "next_digest_at": TUESDAY})
    assert again is ada and stale.next_digest_at != ada.next_digest_at
    assert digests.key(ada, window) == f"digest:{ada.id}:2026-W48"
    digests.told(ada, window)
    assert ada.told_until == TUESDAY - IN_FLIGHT


def test_of_two_workers_one_takes_the_week(session, ada):
    from sqlalchemy.orm import Session

    with Session(session.get_bind(), expire_on_commit=False) as other:
        (theirs,) = digests.due(other, now=TUESDAY)
        other.commit()
        assert digests.take(session, ada, now=TUESDAY)
        session.commit()
        assert digests.take(other, theirs, now=TUESDAY) is None


def test_a_missed_week_joins_the_next_one(session, ada, now):
    assert digests.take(session, ada, now=TUESDAY + DAY) is None
    assert ada.told_until == now
    window = digests.take(session, ada, now=TUESDAY + 7 * DAY)
    assert window.since == now


def test_a_clock_that_jumps_ahead_and_back_sends_one_letter(session, ada):
    assert digests.take(session, ada, now=TUESDAY + timedelta(hours=1))
    assert digests.due(session, now=TUESDAY - DAY) == []
    assert digests.due(session, now=TUESDAY + timedelta(hours=2)) == []


def test_who_wants_no_letter_gets_none_and_no_backlog_either(session, ada):
    ada.letters = "none"
    session.commit()
    assert digests.take(session, ada, now=TUESDAY) is None
    assert ada.told_until == TUESDAY - IN_FLIGHT


def test_nothing_new_is_no_letter(session, make, ada, now):
    follow(session, f"consultation:{make.consultation().id}", now)
    window = digests.take(session, ada, now=TUESDAY)
    assert gather(session, ada, window) == []


def test_each_thing_is_told_once_where_it_is_nearest(session, make, ada, now):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    account = make.account(email="ada@exemple.fr")
    mine = make.answer(
        question,
        participant_id=make.participant(account_id=account.id).id,
        published_at=now - DAY,
    )
    for name in (f"consultation:{consultation.id}", f"question:{question.id}"):
        follow(session, name, now)
    later = now + timedelta(hours=1)
    answer = make.answer(question, published_at=later, body="Un  texte\u2028sur deux lignes")
    comment = make.comment(mine, published_at=later)
    proposal = make.proposal(make.theme(consultation), published_at=later + timedelta(hours=1))
    window = digests.take(session, ada, now=TUESDAY)
    groups = gather(session, ada, window)
    assert [(one.label, [piece.link for piece in one.pieces]) for one in groups] == [
        ("Consultation", [f"http://localhost/proposals/{proposal.id}"]),
        ("", [f"http://localhost/comments/{comment.id}"]),
        ("Question", [f"http://localhost/answers/{answer.id}"]),
    ]
    assert groups[2].pieces[0].text == "Un texte sur deux lignes"
    assert groups[1].title == digests.OWN_TITLE


def test_what_is_hidden_when_the_letter_leaves_is_not_in_it(session, make, ada, now):
    question = make.question()
    follow(session, f"question:{question.id}", now)
    answer = make.answer(question, published_at=now + timedelta(hours=1))
    answer.state = "hidden"
    session.commit()
    window = digests.take(session, ada, now=TUESDAY)
    assert gather(session, ada, window) == []


def test_many_news_are_cut_and_it_is_said(session, make, ada, now):
    question = make.question()
    follow(session, f"question:{question.id}", now)
    for number in range(20):
        make.answer(question, published_at=now + timedelta(minutes=number + 1))
    window = digests.take(session, ada, now=TUESDAY)
    (group,) = gather(session, ada, window)
    assert len(group.pieces) == 8
    assert group.left
    assert [piece.at for piece in group.pieces] == sorted(
        (piece.at for piece in group.pieces), reverse=True
    )
