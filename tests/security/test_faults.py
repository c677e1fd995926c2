"""The database fails at each statement in turn: nothing is ever half done."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult.extensions import db
from consult.models import (
    Consultation,
    Contribution,
    Decision,
    JournalEntry,
    Mail,
    Reading,
    Revision,
    Stance,
    Statement,
    Submission,
)
from consult.queries import counters
from tests.security.people import Agent

MOST = 60
MADE = (Statement, Stance, Revision, Contribution, JournalEntry, Decision, Mail, Reading)


class Faults:
    """Fails the statement of rank `at` that writes or reads, then lets the rest pass."""

    def __init__(self, engine):
        self.engine, self.at, self.seen = engine, None, 0

    def strike(self, _connection, _cursor, statement, *_rest):
        if self.at is None or statement.startswith("PRAGMA"):
            return
        self.seen += 1
        if self.seen == self.at:
            raise OperationalError(statement, {}, Exception("the disk is gone"))

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self.strike)
        return self

    def __exit__(self, *_error):
        event.remove(self.engine, "before_cursor_execute", self.strike)


def state(session):
    """How many of everything that an act makes, and what each text says."""
    session.rollback()
    numbers = [session.scalar(select(func.count()).select_from(table)) for table in MADE]
    columns = (Statement.id, Statement.state, Statement.version, Statement.body, Statement.decision)
    texts = session.execute(select(*columns).order_by(Statement.id)).all()
    opinions = session.execute(
        select(Stance.statement_id, Stance.value).order_by(Stance.statement_id)
    ).all()
    return numbers, texts, opinions


def consistent(session):
    """Nothing counted wrong, no form taken without what it made."""
    session.rollback()
    for what, recount in counters.RECOUNTS.items():
        assert session.scalars(recount()).all() == [], what
    orphans = select(func.count()).select_from(Submission).where(Submission.statement_id.is_(None))
    assert session.scalar(orphans) == 0


@pytest.fixture
def place(app, make, session):
    """An open consultation with one of everything, and an organiser who may decide."""
    organiser = make.account("organiser")
    features = {f"allows_{name}": True for name in ("ideas", "arguments", "amendments")}
    consultation = make.consultation(owner_id=organiser.id, **features)
    theme = make.theme(consultation, number=1)
    make.question(theme, number=1)
    proposal = make.proposal(theme, body="Le texte de départ.")
    amendment = make.amendment(proposal, body="Le texte amendé.", value={"on_version": 1})
    person, chief = Agent(app), Agent(app).enter(way_in(app, organiser))
    slug = f"/consultations/{consultation.slug}"
    mine = person.post(f"{slug}/questions/1-1/send", {"value": "À moi", "key": "mine"})
    assert mine.status == 303
    answer = session.scalars(select(Statement.id).where(Statement.kind == "answer")).one()
    return {
        "answer": (person, f"{slug}/questions/1-1/send", {"value": "Deux", "key": "answer-key"}),
        "stance": (person, f"/proposals/{proposal.id}/stance", {"value": "agree"}),
        "idea": (
            person,
            f"{slug}/proposals/send",
            {"theme": theme.id, "title": "Une idée", "body": "Son texte", "key": "idea-key"},
        ),
        "amendment": (
            person,
            f"/proposals/{proposal.id}/amendments/new",
            {"body": "Un autre texte", "key": "amendment-key", "signed_as": "none"},
        ),
        "decision": (
            chief,
            f"/amendments/{amendment.id}/decision",
            {"verdict": "accepted", "reason": "Plus clair", "text": "Le texte amendé.",
             "version": "1"},
        ),
        **moderation(session, make, proposal, chief),
        "withdrawal": (person, f"/statements/{answer}/withdraw", {"reason": ""}),
        "correction": (person, f"/statements/{answer}/edit", {"value": "Corrigé", "version": "1"}),
    }  # fmt: skip


def moderation(session, make, proposal, chief):
    """Two texts that wait, whose author is told, and a decision that can be undone."""
    read = {"text": f"{make.comment(proposal).id}.1.published", "decision": "hide.attack"}
    assert chief.post("/moderation/decisions", read).status == 303
    batch = session.scalars(select(Decision.batch_id)).one()
    consultation = session.get_one(Consultation, proposal.consultation_id)
    told = make.contribution(consultation, notify_email="moi@exemple.fr")
    facts = {"state": "pending", "contribution_id": told.id, "published_at": None}
    waiting = [make.comment(proposal, **facts) for _ in range(2)]
    data = {"text": [f"{one.id}.1.pending" for one in waiting], "decision": "hide.attack"}
    return {
        "moderation": (chief, "/moderation/decisions", data | {"following": proposal.id}),
        "undoing": (chief, "/moderation/undo", {"batch": batch}),
    }


def way_in(app, account):
    """A one-time link of an account."""
    with app.app_context():
        from consult import clock
        from consult.services import accounts

        link, _ = accounts.new_link(db.session(), account.email, now=clock.now())
        db.session.commit()
    return link


ACTS = ["answer", "stance", "idea", "amendment", "decision", "withdrawal", "correction",
        "moderation", "undoing"]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_a_database_that_fails_anywhere_leaves_nothing_half_done(app, session, place, act):
    agent, url, data = place[act]
    assert agent.token
    with app.app_context():
        engine = db.engine
    before, done = state(session), None
    with Faults(engine) as faults:
        for rank in range(1, MOST):
            faults.at, faults.seen = rank, 0
            answer = agent.post(url, data)
            struck, faults.at = faults.seen >= rank, None
            with Session(engine) as look:
                consistent(look)
                after = state(look)
            if not struck:
                done = answer
                break
            if answer.status == 503:
                assert after == before, f"half done at statement {rank}"
            else:
                assert answer.status < 400, f"{answer.status} at statement {rank}: {answer.text}"
    assert done is not None, "never passed"
    assert done.status == 303
    assert after != before
