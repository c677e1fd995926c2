"""Each kind of subject: who may know of it, and what is new there; newcomers are tried too."""

from datetime import timedelta

import pytest

from consult.models import ListedPerson, Outcome, RoomDocument, RoomEvent
from consult.queries import consultations, followed
from tests import matters, open_calls
from tests.polls import DAY, close, opened

ANYONE = consultations.Reader()


@pytest.fixture
def window(now):
    return followed.Window("ada@exemple.fr", now - timedelta(days=7), now, now)


@pytest.fixture
def place(make):
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme)
    return consultation, theme, question


def named(session, kind, key, now, reader=ANYONE):
    return session.execute(followed.named({kind: [key]}, reader, now)).all()


def news(session, kind, key, window):
    selects = followed.kinds()[kind].news(key, window)
    return {row.key: row.what for query in selects for row in session.execute(query)}


@pytest.mark.parametrize("kind", sorted(followed.kinds()))
def test_a_kind_says_all_that_the_letters_need(session, kind, window, now):
    module = followed.kinds()[kind]
    assert module.LABEL and module.LABELS and isinstance(module.RANK, int)
    assert module.named.__doc__ and module.news.__doc__
    assert named(session, kind, "0" * 18, now) == []
    assert news(session, kind, "0" * 18, window) == {}


def test_the_nearest_kind_comes_first():
    ranks = {name: module.RANK for name, module in followed.kinds().items()}
    assert sorted(ranks, key=ranks.get) == [
        "statement",
        "question",
        "organisation",
        "consultation",
        "call",
        "frame",
        "matter",
        "room",
        "territory",
    ]


def test_subjects_of_several_kinds_are_read_at_once(session, make, place, now):
    consultation, _theme, question = place
    structure = make.organisation()
    answer = make.answer(question, organisation_id=structure.id)
    asked = {
        "consultation": [consultation.id],
        "question": [question.id],
        "statement": [answer.id],
        "organisation": [structure.id],
        "territory": ["C-988"],
    }
    rows = {row.kind: row for row in session.execute(followed.named(asked, ANYONE, now))}
    assert {kind: [row.key] for kind, row in rows.items()} == asked
    assert rows["consultation"].path == f"/consultations/{consultation.slug}"
    assert rows["question"].path.startswith(f"/consultations/{consultation.slug}/questions/")
    assert rows["statement"].path == f"/answers/{answer.id}"
    assert rows["organisation"].path == f"/organisations/{structure.slug}"
    assert rows["territory"].time_zone == "Pacific/Noumea"


def test_what_one_may_not_see_cannot_be_followed(session, make, now):
    draft = make.consultation(published_at=None)
    listed = make.consultation(access="listed")
    session.add(ListedPerson(consultation_id=listed.id, email="ada@exemple.fr"))
    session.commit()
    hidden = make.theme(make.consultation(), hidden=True)
    question = make.question(hidden)
    answer = make.answer(make.question(), state="pending")
    structure = make.organisation()
    make.answer(make.question(), organisation_id=structure.id, state="hidden")
    ada = consultations.Reader(email="ada@exemple.fr")
    for kind, key in (
        ("consultation", draft.id),
        ("consultation", listed.id),
        ("question", question.id),
        ("statement", answer.id),
        ("statement", make.comment(make.answer(make.question())).id),
        ("organisation", structure.id),
    ):
        assert named(session, kind, key, now) == [], kind
    assert named(session, "consultation", listed.id, now, ada)


def test_a_consultation_tells_what_others_wrote_and_still_shows(session, make, place, window, now):
    consultation, theme, question = place
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    told = make.participant()
    make.contribution(consultation, told, notify_email="ada@exemple.fr")
    kept = [make.answer(question), make.proposal(theme)]
    make.answer(question, participant_id=ada.id)
    make.answer(question, participant_id=told.id)
    make.answer(question, state="hidden")
    make.answer(question, state="pending", published_at=None)
    make.answer(question, published_at=now - timedelta(days=8))
    make.answer(question, published_at=now + timedelta(minutes=1))
    make.answer(make.question(make.theme(consultation, hidden=True)))
    make.comment(kept[0])
    found = news(session, "consultation", consultation.id, window)
    assert set(found) == {one.id for one in kept}


def test_a_consultation_tells_its_dates_once(session, make, window, now):
    day = timedelta(days=1)
    opened = make.consultation(opens_at=now - day, closes_at=now + 30 * day)
    closed = make.consultation(closes_at=now - day)
    told = make.consultation(closes_at=now - 9 * day, outcome_at=now - day)
    still = make.consultation()
    for one, what in ((opened, "opened"), (closed, "closed"), (told, "told")):
        assert list(news(session, "consultation", one.id, window).values()) == [what]
    assert news(session, "consultation", still.id, window) == {}


def test_a_close_is_told_only_to_who_has_not_answered(session, make, window, now):
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    soon = now + timedelta(days=5)
    due, done = make.consultation(closes_at=soon), make.consultation(closes_at=soon)
    make.answer(make.question(make.theme(done)), participant_id=ada.id)
    withdrawn = make.consultation(closes_at=soon)
    make.answer(make.question(make.theme(withdrawn)), participant_id=ada.id, state="withdrawn")
    assert list(news(session, "consultation", due.id, window).values()) == ["closing"]
    assert news(session, "consultation", done.id, window) == {}
    assert list(news(session, "consultation", withdrawn.id, window).values()) == ["closing"]


def test_a_question_tells_its_answers_and_the_organisers(session, make, place, window, now):
    consultation, theme, question = place
    answer = make.answer(question)
    make.answer(make.question(theme))
    said = make.save(
        Outcome(
            consultation_id=consultation.id,
            question_id=question.id,
            verdict="kept",
            body="Oui.",
            created_at=now,
            updated_at=now,
        )
    )
    found = news(session, "question", question.id, window)
    assert found == {answer.id: "answer", said.id: "outcome"}
    assert said.id in news(session, "consultation", consultation.id, window)


def test_a_text_tells_what_is_under_it_and_what_became_of_it(session, make, place, window, now):
    consultation, theme, _question = place
    proposal = make.proposal(theme, version=2, participant_id=make.participant().id)
    under = {make.comment(proposal).id: "comment", make.argument(proposal).id: "argument"}
    under[make.source(proposal).id] = "source"
    under[make.amendment(proposal).id] = "amendment"
    said = make.save(
        Outcome(
            consultation_id=consultation.id,
            statement_id=proposal.id,
            verdict="kept",
            body="Oui.",
            created_at=now,
            updated_at=now,
        )
    )
    found = news(session, "statement", proposal.id, window)
    under |= {said.id: "outcome", f"version:{proposal.id}": "version"}
    assert found == under


def test_an_organisation_tells_what_is_signed_for_it(session, make, place, window):
    structure = make.organisation()
    mine = make.answer(place[2], organisation_id=structure.id)
    make.answer(place[2])
    assert news(session, "organisation", structure.id, window) == {mine.id: "answer"}


def test_a_territory_tells_of_new_consultations_near_it(session, make, window, now):
    day = timedelta(days=1)
    near = make.consultation(published_at=now - day, territory_code="R-44")
    make.consultation(published_at=now - day, territory_code="C-988")
    make.consultation(published_at=now - day, territory_code="R-44", access="listed")
    make.consultation(territory_code="R-44")
    assert news(session, "territory", "M-54395", window) == {near.id: "consultation"}


def test_replies_to_ones_own_texts_are_told_once(session, make, place, window, now):
    from consult.services import notifications

    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    mine = make.answer(place[2], participant_id=ada.id)
    fresh, told = make.comment(mine), make.comment(mine)
    make.comment(mine, participant_id=ada.id)
    make.comment(make.answer(place[2]))
    make.comment(make.answer(place[2], participant_id=ada.id, state="hidden"))
    letter = notifications.Letter("ada@exemple.fr", "x", "x", f"reply:{told.id}")
    notifications.put(session, letter, now=now)
    assert [row.key for row in session.execute(followed.replies(window))] == [fresh.id]


def test_a_matter_tells_its_steps_and_its_answer_unless_it_is_hidden(session, make, now):
    rooms = matters.tree(make)
    window = followed.Window("ada@exemple.fr", now - timedelta(days=7), now, now)
    made = matters.begun(session, rooms.a, rooms.ada, now)
    matters.does(session, made, "relay", rooms.a, rooms.ada, now)
    matters.does(session, made, "decide", rooms.hub, rooms.ada, now, outcome="pilot")
    matters.does(session, made, "acknowledge", rooms.a, rooms.ada, now)
    told = sorted(news(session, "matter", made.id, window).values())
    assert told == ["matter_answered", *["matter_moved"] * 3]  # opened, sent up, taken up
    assert [row.path for row in named(session, "matter", made.id, now)] == [f"/matters/{made.id}"]
    draft = matters.begun(session, rooms.a, rooms.ada, now, publish=False)
    secret = make.room("local", None, rooms.hub, is_private=True)
    hidden = matters.begun(session, secret, rooms.ada, now)
    for one in (draft, hidden):
        assert named(session, "matter", one.id, now) == []
    assert news(session, "matter", hidden.id, window) == {}


def test_a_room_tells_its_votes_documents_and_meetings_and_a_matter_its_votes(
    session, make, window, now
):
    room, private = make.room(), make.room(is_private=True)
    before = now - timedelta(days=3)
    keys = {}
    for place in (room, private):
        make.joins(make.account(), place, created_at=before - 60 * DAY)
        for at in (before, before - timedelta(days=30)):
            poll = opened(session, place, at, closes_at=at + DAY)
            close(session, poll, at)
            keys.setdefault("poll_counted", poll.id)
        poll = opened(session, place, before, closes_at=now + DAY)
        keys.setdefault("poll_opened", poll.id)
        for kind in ("decision", "resource"):
            facts = {"kind": kind, "title": "Règlement", "body": "x", "dated_on": before.date()}
            paper = RoomDocument(room_id=place.id, created_at=before, **facts)
            name = "room_decision" if kind == "decision" else "room_document"
            keys.setdefault(name, make.save(paper).id)
        facts = {"title": "Réunion", "starts_at": now, "ends_at": now + DAY, "time_zone": "UTC"}
        for gone in (None, now):
            event = RoomEvent(room_id=place.id, created_at=before, cancelled_at=gone, **facts)
            keys.setdefault("room_meeting", make.save(event).id)
    assert news(session, "room", room.id, window) == {key: what for what, key in keys.items()}
    assert news(session, "room", private.id, window) == {}
    (row,) = named(session, "room", room.id, now)
    assert (row.path, row.title) == (f"/rooms/{room.slug}", room.name)
    assert named(session, "room", private.id, now) == []
    matter = matters.begun(session, room, make.account(), before - DAY * 20)
    about = {"purpose": "matter_relay", "about": matter.id, "said": {"reasons": "x"}}
    matter.stage = "open"
    above = make.room("hub")
    room.parent_id = above.id
    session.commit()
    poll = opened(session, room, before, closes_at=before + DAY, **about)
    close(session, poll, before)
    assert news(session, "matter", matter.id, window) == {poll.id: "matter_voted"}


def test_a_call_tells_its_projects_and_its_end_once_it_is_public(session, make, window, now):
    call = open_calls.call(make)
    sent = open_calls.project(make, call)
    open_calls.project(make, call, moderation="hidden")
    draft = open_calls.call(make, published_at=None)
    assert news(session, "call", call.id, window) == {sent.id: "project"}
    call.cancelled_at, call.cancelled_reason = now, "Plus d’argent"
    session.commit()
    told = news(session, "call", call.id, window)
    assert told == {sent.id: "project", f"call_cancelled:{call.id}": "call_cancelled"}
    assert named(session, "call", call.id, now)[0].path == f"/open-calls/{call.slug}"
    assert named(session, "call", draft.id, now) == []
