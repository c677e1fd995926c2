"""The weekly letter, hour by hour over four weeks with a false clock, on two sides of the earth."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from consult import one_by_one, tasks
from consult.blueprints.follows import jobs
from consult.extensions import db
from consult.models import Draft, Mail, Outcome
from consult.queries import consultations
from consult.services import follows
from tests.factories import Maker
from tests.security.test_faults import Faults

START = datetime(2027, 3, 15, 9, tzinfo=UTC)  # a Monday; the clocks of Paris change on the 28th
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
PARIS, NOUMEA = "Europe/Paris", "Pacific/Noumea"


@pytest.fixture
def now():
    return START


@pytest.fixture
def walk(app, session, clock):
    """Let the hours pass from one instant to another; return the letters written, by hour."""

    def go(start, end, step=HOUR):
        found, at = [], start
        while at <= end:
            clock.shift(at - datetime.now(UTC))
            with app.app_context():
                before = set(session.scalars(select(Mail.id)))
                jobs.send_digests(app)
            session.rollback()
            mails = session.scalars(select(Mail).where(Mail.id.not_in(before)))
            found += [(at, mail) for mail in mails]
            at += step
        return found

    return go


def follow(session, email, *names, zone=PARIS, now=START, locale="fr"):
    for name in names:
        what = follows.subject(session, name, reader=consultations.Reader(email=email), now=now)
        follows.follow(session, email, what, home=follows.Home(zone, locale), now=now)
    session.commit()
    return follows.find(session, email)


def local(at, zone):
    there = at.astimezone(ZoneInfo(zone))
    return there.strftime("%a %d %b %H:%M")


@pytest.fixture
def written(session):
    """A consultation that Ada and Noé follow, and what happens in it during four weeks."""
    make = Maker(session, START)
    consultation = make.consultation(
        title="Le numérique ici", published_at=START - DAY, closes_at=START + 26 * DAY
    )
    theme = make.theme(consultation)
    question = make.question(theme, wording="Que faut-il partager ?")
    noe = make.participant(account_id=make.account(email="noe@exemple.nc").id)
    name = f"consultation:{consultation.id}"
    follow(session, "ada@exemple.fr", name)
    follow(session, "noe@exemple.nc", name, zone=NOUMEA)
    make.answer(question, body="Un fablab.", published_at=START + HOUR)
    make.answer(question, body="Un texte masqué.", published_at=START + HOUR, state="hidden")
    make.answer(question, body="De Noé.", participant_id=noe.id, published_at=START + 2 * HOUR)
    # week 2: nothing. Week 3, after the clocks of Paris have changed:
    third = START + 2 * WEEK
    proposal = make.proposal(theme, title="Un prêt de matériel", published_at=third - DAY)
    make.save(
        Outcome(
            consultation_id=consultation.id,
            statement_id=proposal.id,
            verdict="kept",
            body="Nous le ferons.",
            created_at=third - HOUR,
            updated_at=third - HOUR,
        )
    )


def test_four_weeks_with_two_clocks_and_a_change_of_hour(walk, written):
    found = walk(START, START + 4 * WEEK)
    zones = {"ada@exemple.fr": PARIS, "noe@exemple.nc": NOUMEA}
    told = [(mail.recipient[:3], local(at, zones[mail.recipient])) for at, mail in found]
    assert told == [
        ("noe", "Tue 16 Mar 08:00"),
        ("ada", "Tue 16 Mar 08:00"),
        ("noe", "Tue 30 Mar 08:00"),
        ("ada", "Tue 30 Mar 08:00"),
        ("ada", "Tue 06 Apr 08:00"),
    ]
    first_noe, first_ada, third_noe, third_ada, fourth_ada = (mail.body for _at, mail in found)
    assert "Un fablab." in first_ada and "De Noé." in first_ada
    assert "Un fablab." in first_noe and "De Noé." not in first_noe
    assert not [body for body in (first_ada, first_noe) if "masqué" in body]
    for body in (third_ada, third_noe):
        assert "Un prêt de matériel" in body and "Nous le ferons." in body
        assert "Un fablab." not in body
    assert "vous n'avez pas répondu" in fourth_ada
    assert "Un prêt" not in fourth_ada
    assert all(mail.body.count("Le numérique ici") == 1 for _at, mail in found)
    assert all(mail.stop_path in mail.body for _at, mail in found)


def test_one_person_following_ten_things_gets_one_letter(session, walk, folder, app):
    make = Maker(session, START)
    structure = make.organisation(name="La médiathèque")
    names = ["territory:R-44", f"organisation:{structure.id}"]
    for _ in range(2):
        consultation = make.consultation(published_at=START - WEEK, opens_at=START + 2 * HOUR)
        theme = make.theme(consultation)
        question = make.question(theme)
        answer = make.answer(question, published_at=START - WEEK)
        proposal = make.proposal(theme, published_at=START - WEEK)
        names += [
            f"consultation:{consultation.id}",
            f"question:{question.id}",
            f"statement:{answer.id}",
            f"statement:{proposal.id}",
        ]
        long = "é" * 5_000
        make.answer(question, body=long, published_at=START + HOUR, organisation_id=structure.id)
        make.answer(make.question(theme), body=long, published_at=START + HOUR)
        for _each in range(12):
            make.comment(answer, body=long, published_at=START + HOUR)
            make.argument(proposal, body=long, published_at=START + HOUR)
            make.answer(question, body=long, published_at=START + HOUR)
    make.answer(
        make.question(), body="Signé", organisation_id=structure.id, published_at=START + HOUR
    )
    assert len(names) == 10
    follow(session, "ada@exemple.fr", *names)
    ((_at, mail),) = walk(START, START + DAY)
    assert mail.subject.startswith("Cette semaine")
    assert mail.body.count("\n== ") >= 6
    with app.app_context():
        assert tasks.send_mail(app) == 1
    written = (folder / "mail" / f"{mail.id}.eml").read_bytes()
    assert len(written) <= 30_000
    letter = message_from_bytes(written, policy=policy.default)
    assert letter["List-Unsubscribe"] == f"<http://localhost{mail.stop_path}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content_type() == "text/plain"


def test_a_site_that_was_down_tells_the_two_weeks_in_one_letter(session, walk):
    make = Maker(session, START)
    question = make.question()
    follow(session, "ada@exemple.fr", f"question:{question.id}")
    make.answer(question, body="Première semaine.", published_at=START + HOUR)
    make.answer(question, body="Deuxième semaine.", published_at=START + 3 * DAY)
    ((at, mail),) = walk(START + 3 * DAY, START + 2 * WEEK)
    assert local(at, PARIS) == "Tue 23 Mar 08:00"
    assert "Première semaine." in mail.body and "Deuxième semaine." in mail.body


def test_a_clock_that_jumps_sends_nothing_twice(session, walk):
    make = Maker(session, START)
    question = make.question()
    follow(session, "ada@exemple.fr", f"question:{question.id}")
    make.answer(question, published_at=START + HOUR)
    assert len(walk(START + DAY, START + DAY + HOUR)) == 1
    assert walk(START - WEEK, START + 6 * DAY, step=6 * HOUR) == []


def test_a_letter_speaks_the_language_of_its_reader(session, walk):
    make = Maker(session, START)
    question = make.question()
    follow(session, "ada@exemple.fr", f"question:{question.id}", locale="en")
    follow(session, "bea@exemple.fr", f"question:{question.id}")
    make.answer(question, published_at=START + HOUR)
    bodies = {mail.recipient: mail.body for _at, mail in walk(START + 20 * HOUR, START + DAY)}
    assert "New answer" in bodies["ada@exemple.fr"]
    assert "Nouvelle réponse" in bodies["bea@exemple.fr"]


def test_stopping_lasts_over_the_weeks(session, walk):
    make = Maker(session, START)
    question = make.question()
    ada = follow(session, "ada@exemple.fr", f"question:{question.id}")
    follows.stop_all(session, ada, now=START)
    session.commit()
    for week in range(4):
        make.answer(question, published_at=START + HOUR + week * WEEK)
    assert walk(START, START + 4 * WEEK, step=4 * HOUR) == []


def test_an_author_is_told_at_once_of_a_reply_and_only_once(app, session):
    make = Maker(session, START)
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    held = make.contribution(consultation, notify_email="ada@exemple.fr")
    answer = make.answer(question, contribution_id=held.id, participant_id=held.participant_id)
    make.comment(answer, body="Je suis d'accord.\nEt vous ?")
    with app.app_context():
        assert [jobs.send_replies(app), jobs.send_replies(app)] == [1, 0]
    mail = session.scalars(select(Mail)).one()
    assert (mail.recipient, mail.subject) == ("ada@exemple.fr", "Quelqu'un a commenté votre texte")
    assert "Je suis d'accord." in mail.body and f"/answers/{answer.id}" in mail.body
    assert mail.stop_path in mail.body


def test_a_draft_that_is_not_sent_is_reminded_of_once(app, session, clock):
    make = Maker(session, START)
    consultation = make.consultation(closes_at=START + 2 * DAY)
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    for _ in range(2):
        question = make.question(make.theme(consultation))
        facts = {"form": {"value": ["x"]}, "created_at": START, "updated_at": START}
        make.save(Draft(participant_id=ada.id, target=f"question:{question.id}", **facts))
    with app.app_context():
        assert [jobs.send_reminders(app), jobs.send_reminders(app)] == [1, 0]
    mail = session.scalars(select(Mail)).one()
    assert mail.subject.startswith("Votre brouillon n'est pas envoyé")
    assert "17 mars 2027" in mail.body


def test_the_worker_writes_and_forgets(app, session, monkeypatch, clock):
    from threading import Event

    make = Maker(session, START)
    what = follows.subject(
        session,
        f"question:{make.question().id}",
        reader=consultations.Reader(),
        now=START,
    )
    follows.ask(session, "ada@exemple.fr", what, home=follows.Home(), now=START - WEEK)
    session.commit()
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    turns = iter([True, False])
    tasks.work(app, Event(), alive=lambda: next(turns))
    session.rollback()
    assert follows.find(session, "ada@exemple.fr") is None
    with app.app_context():
        assert jobs.forget(app) == 0


def test_a_database_that_fails_at_any_moment_leaves_a_whole_letter_or_none(app, session, clock):
    make = Maker(session, START)
    question = make.question()
    follow(session, "ada@exemple.fr", f"question:{question.id}")
    make.answer(question, body="Un fablab.", published_at=START + HOUR)
    clock.shift(START + DAY - datetime.now(UTC))
    with app.app_context(), Faults(db.engine) as faults:
        for rank in range(1, 60):
            faults.at, faults.seen = rank, 0
            one_by_one.forget()
            try:
                written = jobs.send_digests(app)
            except OperationalError:
                db.session.rollback()
                written = 0
            if written:
                break
            faults.at = None
            session.rollback()
            assert session.scalar(select(func.count()).select_from(Mail)) == 0
            assert follows.find(session, "ada@exemple.fr").told_until == START
    assert rank > 8
    assert written == 1
    session.rollback()
    assert "Un fablab." in session.scalars(select(Mail)).one().body
