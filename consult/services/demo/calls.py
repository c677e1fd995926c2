"""The open calls of the demonstration: two rules, a surplus, an odd cent, one in preparation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from ... import demo
from ...domain import chain, searching
from ...models import (
    Account,
    Assessment,
    CallEnvelope,
    CallOfficer,
    OpenCall,
    Principle,
    Project,
    ProjectCarrier,
    Territory,
)
from .. import splits
from . import afterwards, keys
from .people import People

OFFICER = "agente"
DAY = timedelta(days=1)
SAID = ("slug", "title", "opened_by", "about", "may_apply", "rule")
MAY_SAY = ("audience", "surplus", "themes", "needs_two")
TOLD = ("title", "for_whom", "what", "asked", "place")


def write(session: Session, people: People) -> None:
    """Write each call with its projects, checked; propose or publish the splits that are due."""
    officer = session.get_one(Account, people.accounts[OFFICER])
    said = demo.read("calls")
    afterwards.pots(session, officer, said["pot"], partial(_day, people.now))
    for about in said["call"]:
        _Writer(session, people, officer, about).write()


def _day(now: datetime, days: int) -> datetime:
    return now.replace(hour=11, minute=0, second=0, microsecond=0) + days * DAY


class _Writer:
    """Writes one call."""

    def __init__(
        self, session: Session, people: People, officer: Account, about: Mapping[str, Any]
    ) -> None:
        self.session, self.people, self.officer = session, people, officer
        self.about = about
        self.call = self._call()
        self.principles = self._principles()

    def write(self) -> None:
        """Write the projects, then decide."""
        for number, said in enumerate(self.about.get("project", ()), start=1):
            self._project(number, said)
        self.call.projects = len(self.about.get("project", ()))
        self.session.flush()
        for when, act in (("published", splits.publish), ("proposed", splits.propose)):
            if when in self.about:
                at = self._day(self.about[when])
                digest = splits.compute(self.session, self.call, now=at).digest
                wanted = splits.Wanted(digest, 1)
                act(self.session, self.call, wanted, by=self.officer, now=at)
        for number, said in enumerate(self.about.get("project", ()), start=1):
            project = self.session.get_one(Project, self._key(number))
            afterwards.tell(self.session, project, said, by=self.officer, day=self._day)

    def _key(self, number: int) -> str:
        return keys.of("project", f"{self.about['key']}/{number}")

    def _day(self, days: int) -> datetime:
        return _day(self.people.now, days)

    def _territory(self, code: str | None) -> str | None:
        return code if code and self.session.get(Territory, code) else None

    def _call(self) -> OpenCall:
        about = self.about
        call = OpenCall(
            id=keys.of("call", about["key"]),
            owner_id=self.officer.id,
            territory_code=self._territory(about.get("territory")),
            opens_at=self._day(about["opens"]),
            closes_at=self._day(about["closes"]),
            floor_cents=100 * about.get("floor", 0),
            cap_cents=100 * about["cap"] if "cap" in about else None,
            contact_name="Nadia",
            contact_phone="01 99 00 12 34",
            search=searching.normalise(f"{about['title']} {about['about']}"),
            created_at=self._day(min(about["opens"], 0) - 10),
            **{name: about[name] for name in SAID},
            **{name: about[name] for name in MAY_SAY if name in about},
        )
        if not about.get("draft"):
            self._lock(call)
        self.session.add(call)
        self.session.flush()
        run = {"account_id": self.officer.id, "created_at": call.created_at}
        self.session.add(CallOfficer(call_id=call.id, **run))
        for position, given in enumerate(about["envelope"], start=1):
            cents = {"funder": given["funder"], "amount_cents": 100 * given["amount"]}
            cents["pot_id"] = keys.of("pot", given["pot"]) if "pot" in given else None
            row = keys.of("envelope", f"{about['key']}/{position}")
            self.session.add(CallEnvelope(id=row, call_id=call.id, position=position, **cents))
        self.session.flush()
        return call

    def _lock(self, call: OpenCall) -> None:
        about = self.about
        call.published_at = self._day(about["opens"] - 5)
        call.seed = sha256(f"demo/{about['key']}".encode()).hexdigest()
        call.terms = {"rule": about["rule"], "envelopes": about["envelope"], "seed": call.seed}
        call.terms_digest = sha256(chain.encode(call.terms).encode()).hexdigest()

    def _principles(self) -> list[Principle]:
        found = [
            Principle(
                id=keys.of("principle", f"{self.about['key']}/{position}"),
                call_id=self.call.id,
                position=position,
                title=title,
                hint=hint,
            )
            for position, (title, hint) in enumerate(self.about["principles"], start=1)
        ]
        self.session.add_all(found)
        self.session.flush()
        return found

    def _project(self, number: int, said: Mapping[str, Any]) -> None:
        at = self._day(self.about["opens"] + number)
        project = Project(
            id=self._key(number),
            call_id=self.call.id,
            number=number,
            state="submitted",
            title=said["title"],
            for_whom=said["for_whom"],
            what=said["what"],
            place=said.get("place", ""),
            territory_code=self._territory(said.get("territory")),
            theme=said.get("theme"),
            asked_cents=100 * said["asked"],
            search=searching.normalise(" ".join(str(said.get(name, "")) for name in TOLD)),
            created_at=at,
            updated_at=at,
            submitted_at=at,
        )
        self.session.add(project)
        self.session.flush()
        carrier = self.people.organisation(said["carrier"])
        once = {"leads": True, "once_call_id": self.call.id}
        self.session.add(ProjectCarrier(project_id=project.id, organisation_id=carrier, **once))
        for position, principle in enumerate(self.principles, start=1):
            self._check(project, principle, said.get("to_complete", {}), position)

    def _check(
        self, project: Project, principle: Principle, lacks: Mapping[str, Any], position: int
    ) -> None:
        """Say that a project respects a principle, or what it lacks."""
        told = {"verdict": "yes"}
        if lacks.get("principle") == position:
            told = {"verdict": "to_complete", "reason": lacks["reason"], "fix": lacks["fix"]}
        read = {"account_id": self.officer.id, "assessed_at": self._day(self.about["opens"] + 15)}
        row = {"project_id": project.id, "principle_id": principle.id, "version": 1}
        self.session.add(Assessment(**row, **read, **told))
