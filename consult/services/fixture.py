"""Known people and objects in an empty database, for checks made from outside."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import questions, roles, searching
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Authenticator,
    Consultation,
    ListedPerson,
    Participant,
    Question,
    Statement,
    Theme,
    new_id,
)
from . import (
    accounts,
    closings,
    contributions,
    fixture_calls,
    fixture_invitations,
    fixture_projects,
    fixture_rooms,
    fixture_splits,
    fixture_syntheses,
    journal,
    passwords,
    second_steps,
    tokens,
)

CROWD = 100
DAY = timedelta(days=1)
ROLES: Mapping[str, tuple[str, ...]] = {
    "citizen_a": (),
    "citizen_b": (),
    "unverified": (),
    "banned": (),
    "mediator": (roles.MEDIATOR,),
    **dict.fromkeys(fixture_rooms.FACILITATORS, ()),
    "co_organiser": (),  # of the open consultation
    "organiser": (roles.ORGANISER,),
    "organiser_other": (roles.ORGANISER,),
    "local_authority_a": (roles.LOCAL_AUTHORITY,),
    "local_authority_b": (roles.LOCAL_AUTHORITY,),
    "auditor": (roles.AUDITOR,),
    "administrator": (roles.ADMINISTRATOR,),
}
CHOICES = {"choices": ["Le matin", "Le midi", "Le soir"]}
OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "choice": CHOICES | {"allow_other": True},
    "choices": CHOICES | {"max": 2},
    "ranking": CHOICES,
    "number": {"min": 0, "max": 100},
}
FEATURES = ("ideas", "arguments", "sources", "amendments", "comments")
CONSULTATIONS: Mapping[str, Mapping[str, Any]] = {
    "open": {},
    "closed": {"opens": -20, "closes": -10},
    "upcoming": {"opens": 5},
    "draft": {"published_at": None},
    "private": {"access": "listed"},
    "email": {"access": "email"},
    "moderated": {"moderation": "before"},
    "hidden_results": {"results": "after_close"},
    "other": {"owner": "organiser_other"},
    "draft_other": {"owner": "organiser_other", "published_at": None},
}


@dataclass(frozen=True)
class Person:
    """Someone to act as: an address, a token for programs, a one-time way in."""

    account: Account
    token: str
    link: str | None
    password: str
    totp: str | None

    @property
    def email(self) -> str:
        """The address of the account."""
        return self.account.email


@dataclass(frozen=True)
class Thing:
    """An object to try things on: its id, its page, and the number that follows it up."""

    id: str
    path: str
    tracking_number: str | None = None


@dataclass
class Fixture:
    """All that was made, by name."""

    password: str
    people: dict[str, Person] = field(default_factory=dict)
    crowd: list[Person] = field(default_factory=list)
    things: dict[str, Thing] = field(default_factory=dict)


def fill(session: Session, *, now: datetime) -> Fixture:
    """Fill an empty database, or raise fixture-not-empty (409)."""
    for table in (Account, Consultation, Participant):
        if session.scalar(select(table.id).limit(1)) is not None:
            raise RuleBroken("fixture-not-empty", 409)
    made = Fixture(password=secrets.token_urlsafe(12))
    for role, granted in ROLES.items():
        made.people[role] = _person(session, made.password, role, granted, now)
    closings.close(
        session,
        made.people["banned"].account.id,
        reason="attack",
        words="Plusieurs messages attaquent des personnes.",
        by=made.people["administrator"].account,
        now=now,
    )
    made.crowd = [_person(session, made.password, f"crowd_{n:03}", (), now) for n in range(CROWD)]
    session.execute(update(Account).values(password=passwords.HASHER.hash(made.password)))
    for name, facts in CONSULTATIONS.items():
        _Desk(session, made, name, facts, now).furnish()
    people = {name: person.account for name, person in made.people.items()}
    invited = fixture_invitations.send(session, people["administrator"], now=now).items()
    made.things |= {f"invitation_{k}": Thing(v[0], f"/role-invitations/{v[1]}") for k, v in invited}
    opened, closed = (made.things[f"consultation_{name}"].id for name in ("open", "closed"))
    known = {
        **fixture_rooms.things(session, people, [p.account for p in made.crowd], opened, now=now),
        **fixture_calls.furnish(session, people, now=now),
        **fixture_projects.things(session, people, now=now),
        **fixture_splits.things(session, people, now=now),
        **fixture_syntheses.things(session, people, closed, now=now),
    }
    made.things |= {name: Thing(*found) for name, found in known.items()}
    journal.record(session, "fixture.made", "system", actor="system", now=now)
    session.flush()
    return made


def _person(
    session: Session, password: str, name: str, granted: tuple[str, ...], now: datetime
) -> Person:
    """Make an account; following a way in would confirm an address, so `unverified` has none.

    Whoever holds a role that needs one has a second step, whose secret is printed.
    """
    email = f"{name.replace('_', '-')}@fixture.invalid"
    account = accounts.by_email(session, email, now=now)
    account.name = name
    account.confirmed_at = None if name == "unverified" else now
    for role in granted:
        accounts.grant(session, account, role, now=now)
    _token, secret = tokens.issue(session, account=account, name="check", now=now)
    link = None
    if account.confirmed_at is not None:
        link, _code = accounts.new_link(session, email, now=now)
    totp = None
    if name == "co_organiser" or second_steps.needs(account):
        totp = second_steps.begin(session, account, now=now)
        session.get_one(Authenticator, account.id).confirmed_at = now
        account.second_step = "app"
    return Person(account, secret, link, password, totp)


class _Desk:
    """Makes one consultation and what stands in it."""

    def __init__(
        self, session: Session, made: Fixture, name: str, facts: Mapping[str, Any], now: datetime
    ) -> None:
        self.session = session
        self.made = made
        self.name = name
        self.now = now
        self.consultation = self._consultation(dict(facts))
        self.theme = Theme(
            consultation_id=self.consultation.id, number=1, label="I", position=1, title="Thème"
        )
        self.session.add(self.theme)
        self.session.flush()

    def furnish(self) -> None:
        """Put a question and an answer everywhere, and every object in the open one."""
        slug = self.consultation.slug
        self.made.things[f"consultation_{self.name}"] = Thing(
            self.consultation.id, f"/consultations/{slug}"
        )
        question = self._question("long_text", 1)
        self.made.things[f"question_{self.name}"] = Thing(
            question.id, f"/consultations/{slug}/questions/1-1"
        )
        if self.name == "open":
            self._everything(question)
        elif self.name == "private":
            email = self.made.people["citizen_a"].email
            self.session.add(ListedPerson(consultation_id=self.consultation.id, email=email))
        elif self.name == "moderated":
            self._keep("answer_pending", self._answer(question, "pending"))
        elif self.name in ("closed", "hidden_results"):
            self._keep(f"answer_{self.name}", self._answer(question, "published"))

    def _everything(self, question: Question) -> None:
        for state in ("published", "hidden", "to_correct", "withdrawn"):
            self._keep(f"answer_{state}", self._answer(question, state))
        proposal = self._statement("proposal", title="Une proposition")
        self._keep("proposal_open", proposal)
        for kind, facts in (
            ("argument", {"side": "for"}),
            ("source", {"link": "https://example.org/"}),
            ("amendment", {"body": "Une autre rédaction.", "value": {"on_version": 1}}),
            ("comment", {}),
        ):
            reply = self._statement(kind, parent_id=proposal.id, **facts)
            self._keep(f"{kind}_open", reply)
        others = [kind for kind in questions.QUESTION_KINDS if kind != "long_text"]
        for number, kind in enumerate(others, start=2):
            path = f"/consultations/{self.consultation.slug}/questions/1-{number}"
            self.made.things[f"question_{kind}"] = Thing(self._question(kind, number).id, path)

    def _keep(self, name: str, statement: Statement) -> None:
        contribution = contributions.of(
            self.session, self.consultation, str(statement.participant_id), now=self.now
        )
        path = f"/{statement.kind}s/{statement.id}"
        self.made.things[name] = Thing(statement.id, path, contribution.tracking_number)

    def _consultation(self, facts: dict[str, Any]) -> Consultation:
        title = f"Consultation {self.name}"
        consultation = Consultation(
            id=new_id(),
            slug=f"consultation-{self.name.replace('_', '-')}",
            template="law",
            owner_id=self.made.people[facts.pop("owner", "organiser")].account.id,
            title=title,
            asked_by="L’organisatrice",
            purpose="Pour vérifier.",
            territory_code="R-44",
            opens_at=self.now + facts.pop("opens", -10) * DAY,
            closes_at=self.now + facts.pop("closes", 30) * DAY,
            search=searching.normalise(title),
            created_at=self.now - 30 * DAY,
            **{"published_at": self.now - 21 * DAY} | facts,
            **{f"allows_{feature}": True for feature in FEATURES},
        )
        self.session.add(consultation)
        self.session.flush()
        return consultation

    def _question(self, kind: str, number: int) -> Question:
        wording = f"Une question, {kind} ?"
        question = Question(
            consultation_id=self.consultation.id,
            theme_id=self.theme.id,
            number=number,
            kind=kind,
            wording=wording,
            options=questions.kind(kind).normalise_options(OPTIONS.get(kind, {})),
            search=searching.normalise(wording),
        )
        self.session.add(question)
        self.session.flush()
        return question

    def _answer(self, question: Question, state: str) -> Statement:
        return self._statement("answer", question_id=question.id, state=state)

    def _statement(self, kind: str, **facts: Any) -> Statement:
        """Write a text by citizen_a, in their contribution to this consultation."""
        account = self.made.people["citizen_a"].account
        author, _token = accounts.new_participant(self.session, account_id=account.id, now=self.now)
        contribution = contributions.of(self.session, self.consultation, author.id, now=self.now)
        facts = {"body": f"Un texte, {kind}.", "state": "published"} | facts
        shown = facts["state"] == "published"
        statement = Statement(
            kind=kind,
            consultation_id=self.consultation.id,
            theme_id=self.theme.id,
            participant_id=author.id,
            contribution_id=contribution.id,
            search=searching.normalise(f"{facts.get('title', '')} {facts['body']}"),
            created_at=self.now - DAY,
            updated_at=self.now - DAY,
            published_at=self.now - DAY if shown else None,
            **facts,
        )
        self.session.add(statement)
        self.session.flush()
        return statement
